"""The stage: stories played by the clock of the day. The service's own clock stays real: a day is played by rate.

A story is a generator: it yields its next step and is sent the answer. All stories run in one thread, so that they may
share what they know; only their acts, which wait for the network or the store, are done by a few others.
"""

import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from queue import Empty, SimpleQueue

OPENS, CLOSES = 6 * 60.0, 23 * 60.0
"""Minutes of the day."""
MOST_A_SECOND = 15
_WORKERS = 4

Act = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does next, so many minutes of the day `after` their last step; an act gives the answer."""

    after: float
    act: Act


Story = Generator[Step, str, None]


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    minute: float
    turn: int
    story: Story = field(compare=False)
    act: Act = field(compare=False)


class Stage:
    """Plays stories, `speed` minutes of the day in a minute, at most `most_a_second` acts a second."""

    def __init__(
        self, speed: float, timer: Callable[[], float] = time.monotonic, most_a_second: float = MOST_A_SECOND
    ) -> None:
        self.minute = OPENS
        """How far the day is; behind the hour hand where there is more to do than may be done."""
        self._speed = speed
        self._timer = timer
        self._pause = 1 / most_a_second
        self._turns = count()
        self._due: list[_Due] = []
        self._done: SimpleQueue[tuple[_Due, Future[str]]] = SimpleQueue()
        self._under_way = 0
        self._next_at = 0.0

    def add(self, story: Story) -> None:
        """A story that begins with the day."""
        self._put(story, OPENS, None)

    def play(self) -> None:
        """Returns when every story is told. What goes wrong in an act is raised here."""
        started = self._timer()
        with ThreadPoolExecutor(_WORKERS, "demo") as hands:
            while self._due or self._under_way:
                try:
                    due, future = self._done.get(timeout=self._patience(started))
                except Empty:
                    self._begin(hands)
                else:
                    self._under_way -= 1
                    self._put(due.story, due.minute, future.result())

    def _put(self, story: Story, minute: float, answer: str | None) -> None:
        try:
            step = next(story) if answer is None else story.send(answer)
        except StopIteration:
            return
        heappush(self._due, _Due(minute + step.after, next(self._turns), story, step.act))

    def _patience(self, started: float) -> float | None:
        """Seconds until the next act may begin; None where an act must end first."""
        if not self._due or self._under_way == _WORKERS:
            return None
        hand = started + (self._due[0].minute - OPENS) * 60 / self._speed
        return max(0.0, max(hand, self._next_at) - self._timer())

    def _begin(self, hands: ThreadPoolExecutor) -> None:
        due = heappop(self._due)
        self.minute = due.minute
        self._next_at = self._timer() + self._pause
        self._under_way += 1
        hands.submit(due.act).add_done_callback(lambda future: self._done.put((due, future)))
