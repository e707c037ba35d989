"""What the pages are given by whoever puts the application together."""

from dataclasses import dataclass

from codes.signed.revocations import Revocations
from codes.signed.signing import Signing
from codes.signing_in import TextLimits
from store import Store
from store.blobs import BlobStore
from store.last_fixes import LastFixes
from web.rates import Rates
from web.tariff import Tariff


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
