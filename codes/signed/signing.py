"""Signs the passes' QR codes and reads them, with the keys in the keys folder as they are now.

The folder is read again once a minute at most, so that a new key is noticed without a restart.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from codes.code import unprefixed
from codes.fields import Field
from codes.passes import CODE, LivePass
from codes.people import Holder
from codes.regime import Purpose, Regime
from codes.regimes import terms
from codes.signed.signed_pass import Unreadable, read_token, sign_token, token_in
from codes.signed.token_bytes import PassToken
from store import Clock, Work
from store.key_files import KeyMissing
from store.signing_keys import PublicKey, SigningKey, read_signing_keys, signing_at

LOOKED_AFTER = timedelta(minutes=1)
SERIAL_BYTES = 8
Keys = Callable[[], tuple[SigningKey, ...]]


class Signing:
    """What signs and verifies in one process; give it to whoever shows or checks a QR code. Threads may share it."""

    def __init__(self, read: Keys, public_url: str, clock: Clock) -> None:
        """`read` gives all keys, the newest last, and raises KeyMissing; `public_url` is where phones find us."""
        self._read = read
        self._clock = clock
        self._address = f"{public_url}/q#"
        self._lock = threading.Lock()
        self._keys = read()
        self._public = _by_number(self._keys)
        self._read_at = clock()

    @classmethod
    def from_folder(cls, keys_dir: Path, public_url: str, clock: Clock, *, production: bool) -> "Signing":
        """With the keys in `keys_dir`; raises KeyMissing."""
        return cls(lambda: read_signing_keys(keys_dir, production=production), public_url, clock)

    @property
    def public_keys(self) -> tuple[PublicKey, ...]:
        """What verifies now, the one that signs last at the end."""
        return tuple(key.public for key in self._now()[0])

    def sign(self, work: Work, live: LivePass, holder: Holder) -> str:
        """The token of a pass of `holder`."""
        keys = self.signing_keys()
        return sign_token(token_of(work, live, holder, keys[-1].public), keys)

    def signing_keys(self) -> tuple[SigningKey, ...]:
        """Those that have begun to sign, the one that signs last."""
        return signing_at(self._now()[0], self._clock())

    def address(self, token: str) -> str:
        """What the QR code holds: the page that any phone's camera opens. The token is in no server's log."""
        return self._address + token

    def read(self, text: str) -> PassToken | Unreadable:
        """What a token says, alone or with its address; else why it is none of ours."""
        return read_token(token_in(text), self._now()[1])

    def _now(self) -> tuple[tuple[SigningKey, ...], Mapping[int, PublicKey]]:
        now = self._clock()
        with self._lock:
            if not self._read_at <= now < self._read_at + LOOKED_AFTER:
                self._look_again(now)
            return self._keys, self._public

    def _look_again(self, now: datetime) -> None:
        """A folder that can't be read just now leaves what was known."""
        self._read_at = now
        try:
            self._keys = self._read()
        except KeyMissing:
            return
        self._public = _by_number(self._keys)


def _by_number(keys: Sequence[SigningKey]) -> Mapping[int, PublicKey]:
    return {key.public.id: key.public for key in keys}


def token_of(work: Work, live: LivePass, holder: Holder, key: PublicKey) -> PassToken:
    """What the QR code of a pass says."""
    regime = terms(work, live.regime_version).regime
    born = holder.details.get(Field.BIRTH_DATE)
    index = work.keys.blind(CODE, unprefixed(live.face.code, regime.code))
    return PassToken(
        key.id,
        key.test,
        serial_of(index),
        live.valid_from,
        live.valid_until,
        live.purpose,
        live.regime_version,
        _zones(regime, regime.by_number[live.purpose]),
        live.face.tail,
        live.face.initials.replace(".", ""),
        int(born[:4]) if born else None,
    )


def serial_of(code_index: bytes) -> int:
    """The 64 bits that name a pass in tokens and in the list of revoked ones: the head of its code's blind index.

    So that a pass is found by it through the index that is there already, and nobody else can reckon it.
    """
    return int.from_bytes(code_index[:SERIAL_BYTES])


def _zones(regime: Regime, purpose: Purpose) -> int:
    return sum(1 << place for place, zone in enumerate(regime.zones) if zone.key in purpose.zones)
