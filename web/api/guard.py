"""Who asks: a key in the Authorization header, its scopes, its rate. Nothing else lets anybody in."""

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import g, request

from codes.police.clients import Client, Scope, client_with
from monitoring.departures.knowing import Reporting, glanced_device
from store import Store
from store.tokens import token_hash
from web.api.problems import Refused
from web.rates import Rates, network

OPENS: Mapping[str, frozenset[Scope]] = {
    "api.inspections": frozenset({Scope.INSPECT, Scope.TAXI}),
    "api.revocations": frozenset({Scope.REVOCATIONS}),
}
"""Endpoint to the scopes that open it, one of which is enough."""
FOR_DEVICES = frozenset({"api.fixes", "api.disconnect"})
"""Opened by the token of a patient's device, and by no key of a machine."""
PUBLIC = frozenset({"api.document", "api.nowhere", "api.connect"})
"""Open to everybody: what the API is like, that there is nothing at an address, and who has a code instead of a key."""
KNOWN_FOR = timedelta(seconds=2)
"""A key is looked up again after that; an inspection looks in its own transaction whether it was revoked or locked."""
WRONG_KEYS_A_MINUTE = 30
"""From one network; a right key is not concerned."""
MOST_BYTES = 256 * 1024
REPORTS_A_MINUTE = 30
_MOST_KNOWN = 1000
_NO_KEY = "No key is like this, or it was revoked"


class Guard:
    """Lets machines in. Threads may share it."""

    def __init__(self, store: Store, rates: Rates) -> None:
        self._store = store
        self._rates = rates
        self._known: dict[bytes, tuple[Client, datetime]] = {}
        self._lock = threading.Lock()

    def check(self) -> None:
        """Whether this request may go on; raises Refused. Afterwards `g.client`, or `g.device`, is who asks."""
        request.max_content_length = MOST_BYTES
        if request.endpoint in PUBLIC:
            return
        if request.endpoint in FOR_DEVICES:
            g.device = self._device(token_hash(_key()))
            return
        client = self._client(_key())
        if client.scopes.isdisjoint(OPENS.get(request.endpoint or "", ())):
            raise Refused(403, "scope", "The key has no scope that opens this")
        self._within(client)
        g.client = client

    def _client(self, key: str) -> Client:
        digest, now = token_hash(key), self._store.clock()
        known = self._known.get(digest)
        if known is not None and known[1] <= now < known[1] + KNOWN_FOR:
            return known[0]
        with self._store.reading() as work:
            client = client_with(work, key)
        if client is None:
            raise self.wrong(unknown_key())
        with self._lock:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[digest] = client, now
        return client

    def _device(self, digest: bytes) -> Reporting:
        """The device with this token as it is now; whoever makes tokens up keeps no writer waiting."""
        request.get_data()  # may be slow to come, and a token may end meanwhile
        device = glanced_device(self._store, digest)
        if device is None:
            raise self.wrong(unknown_key())
        again = self._rates.hit("device", digest.hex(), REPORTS_A_MINUTE)
        if again is not None:
            detail = f"A device may report {REPORTS_A_MINUTE} times a minute"
            raise Refused(429, "rate", detail, {"Retry-After": str(again)})
        return device

    def wrong(self, answer: Refused) -> Refused:
        """Counts a wrong key, or a wrong code: `answer`, or that too many came from there."""
        again = self._rates.hit("wrong key", network(), WRONG_KEYS_A_MINUTE)
        if again is not None:
            detail = "Too many wrong keys or codes from this address"
            return Refused(429, "wrong-keys", detail, {"Retry-After": str(again)})
        return answer

    def _within(self, client: Client) -> None:
        again = self._rates.hit("client", client.id, client.rate)
        if again is not None:
            detail = f"This key may ask {client.rate} times a minute"
            raise Refused(429, "rate", detail, {"Retry-After": str(again)})


def _key() -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise unknown_key("Send the key as `Authorization: Bearer plk_...`")
    return key.strip()


def unknown_key(detail: str = _NO_KEY) -> Refused:
    """401, with what HTTP wants said."""
    return Refused(401, "key", detail, {"WWW-Authenticate": 'Bearer realm="Passline"'})


def unknown_device() -> Refused:
    """401: of a device that ended meanwhile."""
    return unknown_key("No device has this token, or its case is closed")


def client() -> Client:
    """Who asks; only behind the guard."""
    found: Client = g.client
    return found
