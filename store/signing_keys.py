"""The keys that passes' QR codes are signed with: files ``sign-1.key``, ``sign-2.key``, ... in the keys folder.

The first line is the key, the second since when it signs. A new one is published before that, so that whoever verifies
without a network has fetched it by then; an old one stays until no pass that it signed can be good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from store.key_files import KeyMissing, read_key, write_key

PUBLISHED_BEFORE = timedelta(hours=1)
"""How long a new key is known before it signs."""
MOST_KEYS = 255
"""A token has one byte for the number of its key."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What verifies a token."""

    id: int
    raw: bytes
    """32 bytes, Ed25519."""
    since: datetime
    """When it begins to sign; aware, UTC."""
    test: bool
    """A development key: a pass that it signed is good nowhere else."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What signs a token."""

    secret: bytes
    public: PublicKey


def first_signing_key(keys_dir: Path, now: datetime, *, development: bool) -> list[Path]:
    """Creates a key that signs at once where there is none; what it created."""
    return [] if _files(keys_dir) else [_create(keys_dir, 1, now, development=development)]


def next_signing_key(keys_dir: Path, now: datetime, *, development: bool) -> PublicKey:
    """Creates a key that is public at once and signs `PUBLISHED_BEFORE` later; raises KeyMissing where none is free."""
    there = {_number(path) for path in _files(keys_dir)}
    newest = max(there, default=0)
    around = [*range(newest + 1, MOST_KEYS + 1), *range(1, newest)]
    number = next((number for number in around if number not in there), None)
    if number is None:
        raise KeyMissing(f"{keys_dir.name} holds {MOST_KEYS} signing keys: take the oldest out")
    path = _create(keys_dir, number, now + PUBLISHED_BEFORE, development=development)
    return _read(path, production=False).public


def read_signing_keys(keys_dir: Path, *, production: bool) -> tuple[SigningKey, ...]:
    """Every key in the folder, the one that begins to sign last at the end; raises KeyMissing."""
    keys = [_read(path, production=production) for path in _files(keys_dir)]
    if not keys:
        raise KeyMissing("no signing key: run `python -m commands.install`")
    return tuple(sorted(keys, key=lambda key: (key.public.since, key.public.id)))


def signing_at(keys: Sequence[SigningKey], now: datetime) -> tuple[SigningKey, ...]:
    """Those of `keys` that have begun to sign, the newest last; the first one alone where none has."""
    return tuple(key for key in keys if key.public.since <= now) or tuple(keys[:1])


def _files(keys_dir: Path) -> list[Path]:
    return [path for path in keys_dir.glob("sign-*.key") if 0 < _number(path) <= MOST_KEYS]


def _number(path: Path) -> int:
    digits = path.stem.removeprefix("sign-")
    return int(digits) if digits.isascii() and digits.isdigit() and not digits.startswith("0") else 0


def _create(keys_dir: Path, number: int, since: datetime, *, development: bool) -> Path:
    path = keys_dir / f"sign-{number}.key"
    write_key(path, development=development, note=since.isoformat(timespec="seconds"))
    return path


def _read(path: Path, *, production: bool) -> SigningKey:
    secret, test, note = read_key(path, production=production)
    try:
        since = datetime.fromisoformat(note).astimezone(UTC)
    except ValueError:
        raise KeyMissing(f"{path.name} does not say since when it signs, in its second line") from None
    raw = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return SigningKey(secret, PublicKey(_number(path), raw, since, test))
