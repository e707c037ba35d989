"""An open-loop client: requests leave at their times whether or not the earlier ones were answered, as from a country.

Each has a connection of its own, as the carrier's have. Time counts from when one was due too, so that a slow
service can't hide behind a client that waits for it. Plain epoll: a client that needs a processor measures itself.
"""

import select
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from operator import itemgetter
from time import monotonic

from bench.requests import Request

_CONNECT_S = 5
"""The carrier's own limits."""
_ANSWER_S = 15
_LOOK_S = 0.2
_FINE, _UNCHANGED = 200, 304
_OVER = select.EPOLLERR | select.EPOLLHUP
Timed = tuple[float, Request]
"""Seconds after the beginning, and what is due then."""


class Fate(Enum):
    """What became of a request."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """No connection, or one that was reset before a word was said: the carrier tries again."""
    BROKEN = "broken"
    """A connection, and no whole answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: its fate, how many seconds after it was due and after it had a connection, its answer."""

    request: Request
    fate: Fate
    since_due: float
    since_connected: float
    answer: str = ""
    status: int = 0


@dataclass(slots=True)
class _Call:
    """A request under way."""

    request: Request
    raw: bytes
    due: float
    left: float
    socket: socket.socket
    connected: float = 0.0
    """When; 0 before that."""
    answer: bytearray = field(default_factory=bytearray)


def paced(requests: Iterable[Request], rate: float) -> list[Timed]:
    """`rate` of them a second."""
    return [(place / rate, request) for place, request in enumerate(requests)]


def send(port: int, timed: Iterable[Timed]) -> list[Sent]:
    """Sends each request at its time; returns when the last one has its fate."""
    ready = [(at, request, request.raw(last=True)) for at, request in sorted(timed, key=itemgetter(0))]
    client = _Client(port)
    began = monotonic() + 0.1
    for at, request, raw in ready:
        due = began + at
        while (early := due - monotonic()) > 0:
            client.attend(early)
        client.attend(0)
        client.give_up()
        client.call(request, raw, due)
    while client.calls:
        client.attend(0.1)
        client.give_up()
    return client.sent


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that is not under `share` of them (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * round(share * 1000) // 1000) - 1)]


class _Client:
    """Every call under way."""

    def __init__(self, port: int) -> None:
        self._address = ("127.0.0.1", port)
        self._epoll = select.epoll()
        self.calls: dict[int, _Call] = {}
        self.sent: list[Sent] = []
        self._next_look = 0.0

    def call(self, request: Request, raw: bytes, due: float) -> None:
        """Begins to connect."""
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(self._address)
        self.calls[one.fileno()] = _Call(request, raw, due, monotonic(), one)
        self._epoll.register(one.fileno(), select.EPOLLOUT)

    def attend(self, seconds: float) -> None:
        """Does what can be done, waiting `seconds` at most for the first thing."""
        for number, event in self._epoll.poll(seconds):
            call = self.calls[number]
            try:
                self._go_on(call, event)
            except OSError:
                self._end(call, reset=True)

    def give_up(self) -> None:
        """Now and then ends the calls for which the carrier would wait no longer."""
        now = monotonic()
        if now < self._next_look:
            return
        self._next_look = now + _LOOK_S
        for call in list(self.calls.values()):
            if now - call.left > (_ANSWER_S if call.connected else _CONNECT_S):
                self._end(call)

    def _go_on(self, call: _Call, event: int) -> None:
        if not call.connected:
            if event & _OVER:
                self._end(call)
                return
            call.connected = monotonic()
            call.socket.send(call.raw)
            self._epoll.modify(call.socket.fileno(), select.EPOLLIN)
        elif part := call.socket.recv(65536):
            call.answer += part
        else:
            self._end(call)

    def _end(self, call: _Call, *, reset: bool = False) -> None:
        now = monotonic()
        head, _, answer = bytes(call.answer).partition(b"\r\n\r\n")
        status = int(head[9:12]) if head.startswith(b"HTTP/1.") else 0
        good = status == _UNCHANGED or (status == _FINE and answer)
        refused = not call.connected or (reset and not call.answer)
        fate = Fate.ANSWERED if good else Fate.REFUSED if refused else Fate.BROKEN
        said = answer.decode("utf-8", "replace") if good else ""
        self.sent.append(Sent(call.request, fate, now - call.due, now - (call.connected or now), said, status))
        del self.calls[call.socket.fileno()]
        self._epoll.unregister(call.socket.fileno())
        call.socket.close()
