"""GET /q/keys.json: what a QR code is verified with, for browsers and machines without a network later on."""

from flask import Blueprint, Response, jsonify
from itsdangerous.encoding import base64_encode

from codes.signed.signing import Signing
from store.signing_keys import PublicKey
from web.headers import guard_file

_FRESH_S = 60


def keys_blueprint(signing: Signing) -> Blueprint:
    """Every public key with its number and since when it signs; the one that signs last at the end."""
    blueprint = Blueprint("keys", __name__)

    blueprint.after_request(guard_file)

    @blueprint.get("/q/keys.json")
    def keys() -> Response:
        answer = jsonify(keys=[key_document(key) for key in signing.public_keys])
        answer.cache_control.public = True
        answer.cache_control.max_age = _FRESH_S
        return answer

    return blueprint


def key_document(key: PublicKey) -> dict[str, object]:
    """A key as scripts and machines read it."""
    raw = base64_encode(key.raw).decode("ascii")
    return {"id": key.id, "key": raw, "since": key.since.isoformat(timespec="seconds"), "test": key.test}
