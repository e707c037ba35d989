"""Keys that sign passes, made up and always the same."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from store.signing_keys import PublicKey, SigningKey

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def key(number: int, *, test: bool = True, since: datetime = LONG_AGO) -> SigningKey:
    """The key of this number; another where it is no test key."""
    secret = bytes([number, test]) * 16
    raw = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return SigningKey(secret, PublicKey(number, raw, since, test))
