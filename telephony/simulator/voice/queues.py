"""Queues: who waits, who waits for one that waits. Its lock is held for moments only, never during HTTP."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from telephony.simulator.call_records import QueuePlace
from telephony.simulator.errors import RefusedError
from telephony.simulator.network import Network
from telephony.simulator.records import new_sid
from telephony.simulator.voice.bridge import Bridge

DEFAULT_SIZE: Final = 100
LARGEST_SIZE: Final = 5000
MOST_QUEUES: Final = 500


@dataclass(frozen=True)
class Member:
    """A call that waits since then."""

    call_sid: str
    since: datetime

    @property
    def sid(self) -> str:
        """What names it in lists."""
        return self.call_sid


@dataclass(frozen=True)
class Queue:
    """A queue; ``agents`` are the calls that dialled it and wait for somebody to come."""

    sid: str
    name: str
    max_size: int
    created: datetime
    updated: datetime
    members: tuple[Member, ...] = ()
    agents: tuple[str, ...] = ()

    def average_wait(self, now: datetime) -> int:
        """Whole seconds that those who wait have waited on average."""
        waited = [(now - member.since).total_seconds() for member in self.members]
        return int(sum(waited) / len(waited)) if waited else 0

    def position(self, call_sid: str) -> int:
        """The place of a call, the front being 1; 0 when it isn't there."""
        return next((place for place, one in enumerate(self.members, 1) if one.call_sid == call_sid), 0)


class Queues:
    """All queues of the account."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._queues: dict[str, Queue] = {}
        self._taken: dict[str, Bridge] = {}
        self._lock = threading.Lock()

    def all(self) -> list[Queue]:
        """Every queue, oldest first."""
        with self._lock:
            return list(self._queues.values())

    def get(self, sid: str) -> Queue | None:
        """The queue with this sid."""
        with self._lock:
            return self._queues.get(sid)

    def named(self, name: str) -> Queue | None:
        """The queue with this name."""
        return next((queue for queue in self.all() if queue.name == name), None)

    def make(self, name: str) -> Queue:
        """The queue with this name, made if there is none."""
        with self._lock:
            found = next((queue for queue in self._queues.values() if queue.name == name), None)
            return found or self._add(name, DEFAULT_SIZE)

    def create(self, name: str, max_size: int) -> Queue:
        """A new queue. Raises :class:`RefusedError` when the name is taken."""
        with self._lock:
            if any(queue.name == name for queue in self._queues.values()):
                raise RefusedError(22003, name)
            return self._add(name, max_size)

    def configure(self, sid: str, name: str | None, max_size: int | None) -> Queue | None:
        """Another name or size; None when there is no such queue."""
        return self._change(
            sid, lambda queue: replace(queue, name=name or queue.name, max_size=max_size or queue.max_size)
        )

    def remove(self, sid: str) -> bool:
        """Whether there was such a queue. Raises :class:`RefusedError` while somebody waits in it."""
        with self._lock:
            queue = self._queues.get(sid)
            if queue and queue.members:
                raise RefusedError(22004, queue.name)
            return self._queues.pop(sid, None) is not None

    def join(self, sid: str, call_sid: str) -> bool:
        """Stand at the end; False when the queue is full."""
        now = self._network.clock()

        def joined(queue: Queue) -> Queue:
            if len(queue.members) >= queue.max_size:
                return queue
            return replace(queue, members=(*queue.members, Member(call_sid, now)))

        queue = self._change(sid, joined)
        return queue is not None and queue.position(call_sid) > 0

    def leave(self, sid: str, call_sid: str) -> None:
        """Not wait any more; whoever has taken this call is told so."""
        self._change(sid, lambda queue: replace(queue, members=_without(queue, call_sid)))
        self._network.amend_call(call_sid, queue=None)

    def take(self, sid: str, bridge: Bridge | None = None, call_sid: str = "") -> Member | None:
        """The front of a queue, or this member, taken out by one and only one; ``bridge`` is kept for :meth:`claim`."""
        with self._lock:
            queue = self._queues.get(sid)
            found = [one for one in queue.members if call_sid in {"", one.call_sid}] if queue else []
            if not queue or not found:
                return None
            self._queues[sid] = replace(queue, members=_without(queue, found[0].call_sid))
            if bridge:
                self._taken[found[0].call_sid] = bridge
        self._show(sid)
        return found[0]

    def claim(self, call_sid: str) -> Bridge | None:
        """To what a call was taken, told once."""
        with self._lock:
            return self._taken.pop(call_sid, None)

    def watch(self, sid: str, agent: str) -> None:
        """This call wants to know when somebody comes."""
        self._change(sid, lambda queue: replace(queue, agents=(*queue.agents, agent)))

    def unwatch(self, sid: str, agent: str) -> None:
        """It doesn't any more."""
        self._change(sid, lambda queue: replace(queue, agents=tuple(one for one in queue.agents if one != agent)))

    def _add(self, name: str, max_size: int) -> Queue:
        empty = [sid for sid, queue in self._queues.items() if not queue.members and not queue.agents]
        if len(self._queues) >= MOST_QUEUES and empty:
            del self._queues[empty[0]]
        now = self._network.clock()
        queue = Queue(new_sid("QU"), name, max_size, now, now)
        self._queues[queue.sid] = queue
        return queue

    def _change(self, sid: str, change: Callable[[Queue], Queue]) -> Queue | None:
        with self._lock:
            if sid not in self._queues:
                return None
            changed = self._queues[sid] = replace(change(self._queues[sid]), updated=self._network.clock())
        self._show(sid)
        return changed

    def _show(self, sid: str) -> None:
        """Tell the telephones that wait where they stand now."""
        queue = self.get(sid)
        for position, member in enumerate(queue.members if queue else (), 1):
            call, place = (
                self._network.ledger.calls.get(member.call_sid),
                QueuePlace(queue.name if queue else "", position),
            )
            if call and not call.over and call.queue != place:
                self._network.amend_call(member.call_sid, queue=place)


def _without(queue: Queue, call_sid: str) -> tuple[Member, ...]:
    return tuple(member for member in queue.members if member.call_sid != call_sid)
