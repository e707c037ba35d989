"""Asking the service over HTTP the way Twilio does: signed, with a budget, tried again when no connection was made."""

import time
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

from telephony.simulator.network import Network
from telephony.simulator.overrides import Patience, patience_of
from telephony.simulator.signing import SignedForm, signed_form
from telephony.simulator.wires import Reply, UnreachableError


class FetchError(Exception):
    """The service gave no usable answer; ``status`` is its HTTP status, 0 when there was none."""

    code = 11200

    def __init__(self, detail: str, status: int = 0) -> None:
        self.status = status
        super().__init__(detail)


def ask(
    network: Network, url: str, params: Mapping[str, str], method: str = "POST", idempotency_token: str = ""
) -> Reply:
    """The service's answer with a status under 300. Raises :class:`FetchError` after the last try.

    One idempotency token marks all tries of one question.
    """
    return deliver(network, url, method, prepare(network, url, params, method, idempotency_token))


def deliver(network: Network, url: str, method: str, form: SignedForm) -> Reply:
    """The same for a question that is written already; ``url`` says in its fragment how patiently."""
    patience = patience_of(url)
    deadline = time.monotonic() + patience.total
    for retries_left in range(patience.retries, -1, -1):
        try:
            reply = _try_once(network, method, form, patience, deadline)
        except UnreachableError as failure:
            kind, error = failure.kind, FetchError(str(failure))
        else:
            if reply.status < 300:
                return reply
            kind, error = f"{reply.status // 100}xx", FetchError(f"HTTP status {reply.status}", reply.status)
        if not retries_left or not patience.retries_after(kind):
            break
    raise error


def prepare(
    network: Network, url: str, params: Mapping[str, str], method: str = "POST", idempotency_token: str = ""
) -> SignedForm:
    """The question as it will go over the wire, signed; an empty idempotency token is replaced by a new one."""
    token = network.settings.auth_tokens[0]
    if method != "GET":
        return signed_form(url, params, token, idempotency_token)
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, urlencode(params)]))
    return signed_form(urlunsplit(parts._replace(query=query)), {}, token, idempotency_token)


def _try_once(network: Network, method: str, form: SignedForm, patience: Patience, deadline: float) -> Reply:
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnreachableError("rt", "the time for all tries is used up")
    return network.wire.send(method, form, min(patience.connect, left), min(patience.read, left))
