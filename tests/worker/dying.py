"""A process that dies while it delivers: ``python -m tests.worker.dying POINT MESSAGE_ID``."""

import os
import sys
from collections.abc import Sequence
from datetime import datetime

import tools
from store import Store
from store.work import system_clock
from telephony.delivery import deliver
from telephony.gateway import Ambiguous, Gateway, Outcome

DEAD = 9


class DyingGateway:
    """Dies before it asks (``claimed``) or after (``called``)."""

    def __init__(self, point: str, inner: Gateway) -> None:
        self._point = point
        self._inner = inner

    def send(self, message_id: str, to: str, body: str) -> Outcome:
        if self._point == "claimed":
            os._exit(DEAD)
        outcome = self._inner.send(message_id, to, body)
        if self._point == "called":
            os._exit(DEAD)
        return outcome

    def call(self, message_id: str, to: str, path: str) -> Outcome:
        return self._inner.call(message_id, to, path)

    def find_calls(self, to: str, since: datetime) -> Sequence[str] | Ambiguous:
        return self._inner.find_calls(to, since)

    def call_status(self, call_sid: str) -> str | Ambiguous:
        return self._inner.call_status(call_sid)

    def find(self, to: str, body: str, since: datetime) -> Sequence[str] | Ambiguous:
        return self._inner.find(to, body, since)


class DyingClock:
    """Dies when the `last` transaction begins."""

    def __init__(self, last: int) -> None:
        self._left = last

    def __call__(self) -> datetime:
        self._left -= 1
        if not self._left:
            os._exit(DEAD)
        return system_clock()


def main(point: str, message_id: str) -> None:
    given = tools.tools()
    clock = DyingClock(2 if point == "recording" else 0)
    store = Store(given.store.engine, given.store._writer_lock, given.store.keys, clock=clock)
    deliver(store, DyingGateway(point, given.gateway), message_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
