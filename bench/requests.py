"""Requests as they go over the wire: what the carrier posts is signed beforehand, so that a client costs little."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from telephony.guard import HEADER
from telephony.simulator.signing import sign

PUBLIC_URL = "https://pass.example"
NUMBER = "2590"
ACCOUNT = f"AC{'5' * 32}"
TOKEN = "a-token-of-the-bench"
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
_PATIENCE_S = 10


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `path` with its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str = ""

    def raw(self, *, last: bool = False) -> bytes:
        """Its bytes; `last`: the connection ends with the answer."""
        own = {"Content-Length": str(len(self.body))} if self.body else {}
        headers = {"Host": "127.0.0.1", **({"Connection": "close"} if last else {}), **self.headers, **own}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode("ascii")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: str
    headers: Mapping[str, str]


def webhook(path: str, form: Mapping[str, str]) -> Request:
    """A form as the carrier posts it."""
    whole = {"AccountSid": ACCOUNT, "ApiVersion": "2010-04-01", **form}
    signature = sign(PUBLIC_URL + path, whole, TOKEN)
    return Request("POST", path, {**FORM, HEADER: signature}, urlencode(whole))


def write_requests(requests: Iterable[Request], file: Path) -> Path:
    """A file for wrk: each request after a line with its length."""
    with file.open("wb") as out:
        for raw in (one.raw() for one in requests):
            out.write(b"%d\n%s" % (len(raw), raw))
    return file


def ask(port: int, request: Request) -> Answer:
    """Sends one request and waits for its answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
    try:
        connection.request(request.method, request.path, request.body or None, dict(request.headers))
        answer = connection.getresponse()
        return Answer(answer.status, answer.read().decode(), dict(answer.getheaders()))
    finally:
        connection.close()
