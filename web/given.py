"""What the pages are given by whoever puts the application together."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from codes.signed.revocations import Revocations
from codes.signed.signing import Signing
from codes.signing_in import TextLimits
from monitoring.photos.reader import PhotoReader
from store import Store
from store.blobs import BlobStore
from store.last_fixes import LastFixes
from web.rates import Rates
from web.tariff import Tariff


@dataclass(frozen=True, slots=True)
class Tiles:
    """Pictures of the ground for maps; without any, outlines of buildings are drawn alone."""

    url: str = ""
    """With {z}, {x} and {y}; empty: none."""
    attribution: str = ""
    """Whom they are of, in plain words."""

    @property
    def origin(self) -> str:
        """From where a browser fetches them."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}" if self.url else ""


@dataclass(frozen=True)
class Given:
    """What the pages work with."""

    store: Store
    public_url: str
    """Where browsers find them."""
    blobs: BlobStore
    signing: Signing
    """Makes and reads the passes' QR codes; `web.qr` draws them."""
    revocations: Revocations
    """The signed list of revoked passes, for who checks QR codes without a network."""
    limits: TextLimits
    """What somebody at a browser may make us text."""
    tariff: Tariff
    """What texts cost."""
    rates: Rates
    """So many a minute from one network."""
    mails: bool
    """Whether e-mails can be sent."""
    last_fixes: LastFixes
    """The one last position of each patient's telephone."""
    photos: PhotoReader
    """Reads photos of faces, in a process of its own."""
    tiles: Tiles = Tiles()
