"""Keys: blind indexes, and data keys wrapped by dated epoch keys that live outside the database.

`keys_dir` holds one file a key (`store/key_files.py`): ``blind.key`` and ``epoch-2026-11.key``, ...; beside them those
that sign passes (`store/signing_keys.py`).
"""

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from store.key_files import KeyMissing, read_key, write_key
from store.signing_keys import first_signing_key

__all__ = ["DataKey", "KeyMissing", "Keyring", "NewKey", "Tampered", "create_keys", "fingerprint", "read_keyring"]

_NONCE = 12
SEALED_BYTES = _NONCE + 16
"""What sealing adds: a nonce and a tag."""
_INDEX = 16
_EPOCH = re.compile(r"[0-9]{4}-[0-9]{2}")


class Tampered(Exception):
    """A sealed value was changed, or moved from another row."""


class DataKey:
    """Seals the personal values of one person or telephone (AES-256-GCM). `place` is ``table.column.row``."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, place: str, value: str) -> bytes:
        """`value` encrypted for `place` alone."""
        return self.seal_bytes(place, value.encode("utf-8", "surrogatepass"))

    def open(self, place: str, sealed: bytes) -> str:
        """What was sealed at `place`; raises Tampered."""
        return self.open_bytes(place, sealed).decode("utf-8", "surrogatepass")

    def seal_bytes(self, place: str, value: bytes) -> bytes:
        """`value` encrypted for `place` alone, `SEALED_BYTES` longer."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, value, place.encode())

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """What was sealed at `place`; raises Tampered."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except (InvalidTag, ValueError):  # the latter for what is too short to hold a nonce
            raise Tampered(place) from None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A fresh data key with its wrapped form, as a row keeps it."""

    key: DataKey
    wrapped: bytes
    epoch: str


class Keyring:
    """The keys of one installation."""

    def __init__(
        self, blind: bytes, epochs: Mapping[str, bytes], find: Callable[[str], bytes | None] = lambda _epoch: None
    ) -> None:
        """`find` looks for the key of an epoch that began after this process."""
        if not epochs:
            raise KeyMissing("no epoch key: run `python -m commands.install`")
        self._blind = blind
        self._find = find
        self._epochs = {name: AESGCM(key) for name, key in epochs.items()}
        self.epochs = tuple(sorted(epochs))
        self.newest = self.epochs[-1]

    def blind(self, kind: str, value: str) -> bytes:
        """16 bytes by which `value` can be found again without being stored (HMAC-SHA-256)."""
        return hmac.digest(self._blind, f"{kind}\0{value}".encode("utf-8", "surrogatepass"), "sha256")[:_INDEX]

    def derived(self, use: str) -> bytes:
        """32 bytes for one other use (signing the pages' forms, say), the same in every process with these keys."""
        return HKDF(hashes.SHA256(), 32, salt=None, info=use.encode()).derive(self._blind)

    def new_key(self) -> NewKey:
        """A data key for a new row, wrapped by the newest epoch key."""
        key, nonce = os.urandom(32), os.urandom(_NONCE)
        wrapped = nonce + self._epochs[self.newest].encrypt(nonce, key, self.newest.encode())
        return NewKey(DataKey(key), wrapped, self.newest)

    def unwrap(self, wrapped: bytes, epoch: str) -> DataKey:
        """The data key of a row; raises KeyMissing where its epoch key is gone, Tampered where the row was changed."""
        cipher = self._epochs.get(epoch) or self._found(epoch)
        try:
            return DataKey(cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], epoch.encode()))
        except InvalidTag:
            raise Tampered(f"data key of epoch {epoch}") from None

    def _found(self, epoch: str) -> AESGCM:
        key = self._find(epoch)
        if key is None:
            raise KeyMissing(f"no epoch key {epoch}")
        self._epochs[epoch] = AESGCM(key)
        return self._epochs[epoch]


def create_keys(keys_dir: Path, now: datetime, *, development: bool) -> list[Path]:
    """Creates the key files that are missing, the epoch key of the month `now` among them; returns them."""
    keys_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = (keys_dir / "blind.key", keys_dir / f"epoch-{now:%Y-%m}.key")
    created = [path for path in wanted if not path.exists()]
    for path in created:
        write_key(path, development=development)
    return created + first_signing_key(keys_dir, now, development=development)


def read_keyring(keys_dir: Path, *, production: bool) -> Keyring:
    """The keys in `keys_dir`; raises KeyMissing, with words that say what to do."""

    def key(path: Path) -> bytes:
        return read_key(path, production=production)[0]

    def later(epoch: str) -> bytes | None:
        path = keys_dir / f"epoch-{epoch}.key"
        return key(path) if _EPOCH.fullmatch(epoch) and path.exists() else None

    epochs = {path.stem.removeprefix("epoch-"): key(path) for path in sorted(keys_dir.glob("epoch-*.key"))}
    return Keyring(key(keys_dir / "blind.key"), epochs, later)


def fingerprint(text: str) -> str:
    """SHA-256 of a public text as hex, to tell versions apart."""
    return hashlib.sha256(text.encode()).hexdigest()
