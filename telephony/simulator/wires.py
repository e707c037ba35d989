"""The last stretch to the service: real HTTP, or straight into a WSGI application.

Both kinds of wire answer with a :class:`Reply` or raise :class:`UnreachableError`; nothing above knows which it holds.
"""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from werkzeug.test import Client

from telephony.simulator.signing import SignedForm

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LARGEST_ANSWER: Final = 64 * 1024


@dataclass(frozen=True)
class Reply:
    """What the service answered; header names are lower case, a body over 64 kB is cut just above that limit."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class UnreachableError(Exception):
    """No usable answer; ``kind`` is ``ct`` (no connection was made) or ``rt`` (it was, but no answer came in time)."""

    def __init__(self, kind: str, detail: str) -> None:
        self.kind = kind
        super().__init__(detail)


class Wire(Protocol):
    """Carries one request to the service."""

    def send(self, method: str, form: SignedForm, connect: float, read: float) -> Reply:
        """Answer of the service; limits in seconds; raises :class:`UnreachableError`."""


class HttpWire:
    """Real HTTP with kept-open connections; safe to share between threads."""

    def __init__(self, connections: int = 64) -> None:
        self._pool = urllib3.PoolManager(num_pools=8, maxsize=connections)

    def send(self, method: str, form: SignedForm, connect: float, read: float) -> Reply:
        """Answer over HTTP; a refused or slow connection is ``ct``, everything after it ``rt``."""
        deadline = time.monotonic() + connect + read
        try:
            answer = self._pool.request(
                method,
                form.url,
                body=form.body,
                headers=form.headers,
                timeout=urllib3.Timeout(connect=connect, read=read),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            body = _read(answer, deadline)
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise UnreachableError("ct", str(error)) from error
        except (HTTPError, OSError) as error:
            raise UnreachableError("rt", str(error)) from error
        return Reply(answer.status, {name.lower(): value for name, value in answer.headers.items()}, body)


class WsgiWire:
    """No sockets: calls the application in this thread, so a test sees its exceptions as they are."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def send(self, method: str, form: SignedForm, connect: float, read: float) -> Reply:
        """Answer of the application, always in time."""
        del connect, read  # nothing to wait for: the application runs in this very thread
        target = urlsplit(form.url)
        answer = Client(self._application).open(
            f"{target.path}?{target.query}" if target.query else target.path or "/",
            base_url=f"{target.scheme}://{target.netloc}",
            method=method,
            data=form.body,
            headers=form.headers,
        )
        body = answer.get_data()[: LARGEST_ANSWER + 1]
        return Reply(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, body)


def _read(answer: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """At most one byte over the limit, so that a flood is noticed without being swallowed."""
    body = b""
    for chunk in answer.stream(8192):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            answer.close()
            return body[: LARGEST_ANSWER + 1]
        if time.monotonic() > deadline:
            answer.close()
            raise UnreachableError("rt", "the answer came too slowly")
    answer.release_conn()
    return body
