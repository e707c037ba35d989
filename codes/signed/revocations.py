"""The list of revoked passes for those who check QR codes without a network: all of it, or what came since.

Each process asks the database every few seconds at most, however many ask. A mark names a moment and what was revoked
in the minute before it: that minute is told again, since a transaction may commit late, and what is told twice does no
harm.
"""

import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from codes.signed.revocation_bytes import write_list
from codes.signed.revoked import LONG_AGO, OVERLAP, RevokedPasses, microseconds
from codes.signed.signing import Signing
from store import Store

FRESH = timedelta(seconds=5)
"""How long what was read, and a list that was made, is good enough."""
LINGER = 20
"""A list is made again after so many times what its making took, so that it never takes more than a twentieth."""
_LISTS = 64


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to be sent, and the mark by which what comes after it is asked for."""

    packed: bytes
    mark: str


class Revocations:
    """The list of one process. Threads may share it."""

    def __init__(self, store: Store, signing: Signing, timer: Callable[[], float]) -> None:
        """`timer` tells seconds, to know what making a list costs."""
        self._store = store
        self._signing = signing
        self._timer = timer
        self._lock = threading.Lock()
        self._revoked = RevokedPasses(store)
        self._made: dict[str | None, tuple[Listing, datetime]] = {}

    def listing(self, since: str | None = None) -> Listing | None:
        """All, or what was revoked since the mark `since`; None where that is nothing. Any other text: all."""
        began = _moment(since)
        wanted = since if began is not None else None
        with self._lock:
            now, as_of = self._look()
            if wanted is not None and began is not None and self._nothing_since(wanted, began):
                return None
            made = self._made.get(wanted)
            if made is not None and now < made[1]:
                return made[0]
            return self._make(wanted, began, as_of, now)

    def is_news(self, mark: str) -> bool:
        """Whether anything was revoked since this mark; of a text that is none, yes."""
        began = _moment(mark)
        with self._lock:
            self._look()
            return began is None or not self._nothing_since(mark, began)

    def _make(self, wanted: str | None, began: datetime | None, as_of: datetime, now: datetime) -> Listing:
        start = self._timer()
        serials = self._revoked.since(began - OVERLAP if began else LONG_AGO)
        packed = write_list(serials, as_of, began, self._signing.signing_keys()[-1])
        listing = Listing(packed, self._mark(as_of))
        lingers = max(FRESH, timedelta(seconds=(self._timer() - start) * LINGER))
        self._made = {name: kept for name, kept in self._made.items() if now < kept[1]}
        if len(self._made) < _LISTS:
            self._made[wanted] = listing, now + lingers
        return listing

    def _look(self) -> tuple[datetime, datetime]:
        """Reads what was revoked lately, unless that was done just now; the time, and as of when it is known."""
        now, read_at = self._store.clock(), self._revoked.read_at
        if read_at is None or not read_at <= now < read_at + FRESH:
            self._revoked.look(now)
            read_at = now
        return now, read_at

    def _nothing_since(self, mark: str, began: datetime) -> bool:
        return not self._revoked.any_after(began) and mark == self._mark(began)

    def _mark(self, at: datetime) -> str:
        """The moment, and a sum over what was revoked in the minute before it."""
        lately = sorted(self._revoked.between(at - OVERLAP, at))
        return f"{microseconds(at):x}-{zlib.crc32(b''.join(serial.to_bytes(8) for serial in lately)):08x}"


def _moment(mark: str | None) -> datetime | None:
    """When a mark was given; None for a text that is no mark."""
    digits, dash, rest = (mark or "").partition("-")
    if not dash or len(digits) > 14 or len(rest) != 8 or not (digits + rest).isalnum():
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(digits, 16))
    except (ValueError, OverflowError):
        return None
