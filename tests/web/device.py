"""A device that keeps a passkey, in a few lines: what a browser's authenticator would answer."""

import hashlib
import json
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

_PRESENT, _VERIFIED, _WITH_KEY = 0x01, 0x04, 0x40


@dataclass
class Device:
    """Its owner is verified unless `verified` is False; `origin` is what the browser says the page's is."""

    host: str = "pass.example"
    origin: str = "https://pass.example"
    verified: bool = True
    id: bytes = b"a passkey's id.."
    counter: int = 0
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to ``navigator.credentials.create``."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        kept = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(cose)
        said = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._said(_WITH_KEY) + kept})
        client = self._client("webauthn.create", options)
        return self._credential({"clientDataJSON": _text(client), "attestationObject": _text(said)})

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to ``navigator.credentials.get``."""
        self.counter += 1
        said, client = self._said(0), self._client("webauthn.get", options)
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        return self._credential(
            {"clientDataJSON": _text(client), "authenticatorData": _text(said), "signature": _text(signature)}
        )

    def _said(self, flags: int) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.verified else 0)
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "id": _text(self.id),
            "rawId": _text(self.id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }


def _text(value: bytes) -> str:
    return bytes_to_base64url(value)
