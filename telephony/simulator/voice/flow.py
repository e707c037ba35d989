"""How a call waits: its program is a generator that says what it waits for and is given what happened.

No thread waits with it. A program runs in the thread of whoever presses a key, hangs up, or watches the clock.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from telephony.simulator.call_records import CallStatus, Listening


@dataclass(frozen=True)
class Key:
    """A key was pressed."""

    digit: str


@dataclass(frozen=True)
class Spoken:
    """Somebody said something."""

    text: str


@dataclass(frozen=True)
class Alarm:
    """The time that the program wanted to wait is over; ``serial`` tells which of its waits."""

    serial: int


@dataclass(frozen=True)
class Answer:
    """The telephone that rings was answered."""


@dataclass(frozen=True)
class Decline:
    """The telephone that rings was pushed away."""


@dataclass(frozen=True)
class Nudge:
    """Something changed elsewhere (a queue, a bridge, another leg): look again."""


@dataclass(frozen=True, eq=False)
class Interruption:
    """Something to be raised where the program waits."""

    error: Exception


Event = Key | Spoken | Alarm | Answer | Decline | Nudge | Interruption


@dataclass(frozen=True, eq=False)
class Wait:
    """Wait for an event, for ``seconds`` at most (None: for ever). The same object yielded again goes on waiting.

    ``outside`` is time that passes far away, so that :meth:`Carrier.settle` lets it pass where time is held.
    """

    seconds: float | None = None
    listening: Listening | None = None
    outside: bool = False


Value = TypeVar("Value")
Flow = Generator[Wait, Event, Value]


@dataclass(frozen=True)
class Target:
    """The next document: fetched from ``url``, or given as ``markup``, with further parameters."""

    url: str = ""
    method: str = "POST"
    extra: tuple[tuple[str, str], ...] = ()
    markup: bytes = b""
    fallback: bool = True


class Over(Exception):
    """Raised in a program: the call ends, with this status if it wasn't answered."""

    def __init__(self, status: CallStatus = CallStatus.COMPLETED) -> None:
        self.status = status
        super().__init__(status.value)


class HungUp(Over):
    """Thrown into a program: an end was hung up."""


class Moved(Exception):
    """Thrown into a program: by REST the call shall go on with another document."""

    def __init__(self, target: Target, reason: str = "redirected") -> None:
        self.target = target
        self.reason = reason
        super().__init__(target.url)


class Afterwards:
    """``with Afterwards(action)``: done when the program leaves, however it does, but not when it is thrown away.

    The garbage collector closes the generator of a call that nobody remembers; to ask the service then would be too
    late, and CPython 3.11 crashes when a context variable is set, as Flask does, within a collection.
    """

    def __init__(self, action: Callable[[], object]) -> None:
        self._action = action

    def __enter__(self) -> None:
        """Nothing yet."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Do it."""
        if kind is not GeneratorExit:
            self._action()


class Left(Exception):
    """Raised in a document for those who wait: out of the queue."""
