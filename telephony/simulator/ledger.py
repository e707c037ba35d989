"""The carrier's memory: bounded, in one process, locked for moments only and never while a request is under way."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

from telephony.simulator.call_records import Call, Recording
from telephony.simulator.records import DebugEntry, HandsetCard, Message, ServiceNumber
from telephony.simulator.signing import SignedForm

MOST_MESSAGES: Final = 20_000
MOST_ENTRIES: Final = 500
MOST_HANDSETS: Final = 200
MOST_NUMBERS: Final = 100
MOST_CALLS: Final = 2_000
MOST_RECORDINGS: Final = 1_000

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """A keyed store that drops its oldest values when it is full."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, Value] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, key: str, value: Value) -> None:
        """Add or replace; a replaced value keeps its place."""
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def change(self, key: str, change: Callable[[Value], Value]) -> Value | None:
        """Replace a value by ``change(value)`` in one step; None when it is not there (any more)."""
        with self._lock:
            if key not in self._values:
                return None
            self._values[key] = change(self._values[key])
            return self._values[key]

    def get(self, key: str) -> Value | None:
        """The value, or None."""
        with self._lock:
            return self._values.get(key)

    def remove(self, key: str) -> bool:
        """Whether there was something to remove."""
        with self._lock:
            return self._values.pop(key, None) is not None

    def all(self) -> list[Value]:
        """A copy, oldest first."""
        with self._lock:
            return list(self._values.values())

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Value]:
        return iter(self.all())


class Ledger:
    """Everything the carrier remembers."""

    def __init__(self) -> None:
        self.messages: Shelf[Message] = Shelf(MOST_MESSAGES)
        self.numbers: Shelf[ServiceNumber] = Shelf(MOST_NUMBERS)
        self.handsets: Shelf[HandsetCard] = Shelf(MOST_HANDSETS)
        self.calls: Shelf[Call] = Shelf(MOST_CALLS)
        self.recordings: Shelf[Recording] = Shelf(MOST_RECORDINGS)
        self.webhooks: Shelf[tuple[str, SignedForm]] = Shelf(MOST_CALLS)
        self.opted_out: Shelf[str] = Shelf(MOST_MESSAGES)
        self.debugger: deque[DebugEntry] = deque(maxlen=MOST_ENTRIES)
        self.api_url = ""
        """Where the REST API listens, for what callbacks say about recordings."""
        self._counted = {"in": 0, "out": 0}
        self._lock = threading.Lock()

    def count(self, way: str) -> None:
        """One more text ``in`` (from a phone) or ``out`` (to a phone)."""
        with self._lock:
            self._counted[way] += 1

    def counted(self) -> dict[str, int]:
        """Texts since the start: ``{"in": ..., "out": ...}``."""
        with self._lock:
            return dict(self._counted)
