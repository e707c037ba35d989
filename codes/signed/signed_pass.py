"""The text in a pass's QR code: what a token says and an Ed25519 signature over it, both in base64url.

A token has one spelling: whoever changes a sign, even one that carries no bit, has no token.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from itsdangerous import BadData, Signer
from itsdangerous.encoding import base64_decode, base64_encode
from itsdangerous.signer import SigningAlgorithm

from codes.signed.token_bytes import PassToken, pack, unpack
from store.signing_keys import PublicKey, SigningKey

MOST_SIGNS: Final = 200
"""No token is longer; what is, is not looked at."""
_SHAPE = re.compile(r"([A-Za-z0-9_-]{24,112})\.([A-Za-z0-9_-]{86})")


class Unreadable(StrEnum):
    """Why a text is no token of ours."""

    MALFORMED = "malformed"  # no token at all: a part is missing, or it is another QR code
    FORGED = "forged"  # looks like one, and none of our keys signed it
    TEST = "test"  # says that a development key signed it, and we have none


class Ed25519(SigningAlgorithm):
    """For itsdangerous: signs with a secret key of 32 bytes, verifies with a public one."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        """64 bytes."""
        return _secret(key).sign(value)

    def verify_signature(self, key: bytes, value: bytes, sig: bytes) -> bool:
        """Whether `key` belongs to the one that signed."""
        try:
            _public(key).verify(sig, value)
        except InvalidSignature:
            return False
        return True


@lru_cache(maxsize=256)
def _secret(key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key)


@lru_cache(maxsize=256)
def _public(key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(key)


def signer(keys: Sequence[bytes]) -> Signer:
    """Signs with the last of the secret `keys`; or verifies with any of the public ones."""
    return Signer(list(keys), sep=b".", key_derivation="none", algorithm=Ed25519())


def sign_token(token: PassToken, keys: Sequence[SigningKey]) -> str:
    """The text for the QR code, signed with the last of `keys`, which the token names; raises ValueError."""
    key = keys[-1]
    if (token.key_id, token.test) != (key.public.id, key.public.test):
        raise ValueError("the token names another key")
    return signer([key.secret for key in keys]).sign(base64_encode(pack(token))).decode("ascii")


def read_token(text: str, public_keys: Mapping[int, PublicKey]) -> PassToken | Unreadable:
    """What a token says, where one of `public_keys` (by their number) signed it; else why not."""
    found = _SHAPE.fullmatch(text) if len(text) <= MOST_SIGNS else None
    if found is None or not all(_one_spelling(part) for part in found.groups()):
        return Unreadable.MALFORMED
    token = unpack(base64_decode(found[1]))
    if token is None:
        return Unreadable.MALFORMED
    key = public_keys.get(token.key_id)
    if token.test and not any(one.test for one in public_keys.values()):
        return Unreadable.TEST
    if key is None or key.test != token.test or not signer([key.raw]).validate(text):
        return Unreadable.FORGED
    return token


def token_in(text: str) -> str:
    """The token in what a camera read: behind the ``#`` of the address, or the whole text."""
    return text.strip().rpartition("#")[2]


def _one_spelling(part: str) -> bool:
    try:
        return base64_encode(base64_decode(part)).decode("ascii") == part
    except BadData:
        return False
