"""Which calls are alive, and how one reaches another. Its lock is held for moments only, never during HTTP."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from telephony.simulator.network import Network
from telephony.simulator.voice.flow import Event, Flow, Nudge, Over
from telephony.simulator.voice.queues import Queues

MOST_LIVE: Final = 200


class Reachable(Protocol):
    """A live leg, as others see it."""

    def post(self, event: Event) -> None:
        """Tell it something."""

    def interrupt(self, error: Exception) -> None:
        """End it, or send it elsewhere."""

    def let_time_pass(self) -> bool:
        """Let the time be over that it waits now."""


class _Turn(threading.local):
    """What this thread does at the moment: legs within legs, and who comes afterwards."""

    def __init__(self) -> None:
        self.depth = 0
        self.later: list[str] = []


class Directory:
    """The live legs by their sid, and the queues they stand in."""

    def __init__(self, network: Network, program: Callable[..., Flow[None]]) -> None:
        self.program = program
        """What a leg does that is sent to a document."""
        self.queues = Queues(network)
        self._turn = _Turn()
        self._legs: dict[str, Reachable] = {}
        self._lock = threading.Lock()

    def add(self, sid: str, leg: Reachable) -> bool:
        """Whether there was room for one more."""
        with self._lock:
            if len(self._legs) >= MOST_LIVE:
                return False
            self._legs[sid] = leg
            return True

    def drop(self, sid: str) -> None:
        """It is over."""
        with self._lock:
            self._legs.pop(sid, None)

    def post(self, sid: str, event: Event) -> bool:
        """Tell a leg something; whether it is (still) alive."""
        leg = self._leg(sid)
        if leg:
            leg.post(event)
        return leg is not None

    def nudge(self, sid: str) -> None:
        """Let a leg look again, when the leg that says so has done what it does."""
        if self._turn.depth:
            self._turn.later.append(sid)
        else:
            self.post(sid, Nudge())

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A leg does something in this thread; who is nudged meanwhile has its turn afterwards."""
        self._turn.depth += 1
        try:
            yield
        finally:
            self._turn.depth -= 1
        while self._turn.later:
            self.post(self._turn.later.pop(0), Nudge())

    def interrupt(self, sid: str, error: Exception | None = None) -> bool:
        """End a leg, or send it elsewhere; whether it is (still) alive."""
        leg = self._leg(sid)
        if leg:
            leg.interrupt(error or Over())
        return leg is not None

    def alive(self, sid: str) -> bool:
        """Whether the leg goes on."""
        return self._leg(sid) is not None

    def let_time_pass(self, sid: str) -> bool:
        """Let the next timed thing of a leg happen; whether there is one."""
        leg = self._leg(sid)
        return leg is not None and leg.let_time_pass()

    def _leg(self, sid: str) -> Reachable | None:
        with self._lock:
            return self._legs.get(sid)
