"""How many texts are worked on at once, and when to say "busy" rather than let people wait.

Everything in flight beyond the places waits its turn. Where the wait would pass `PATIENCE_S` the answer is "busy", at
once and without touching the database; with fewer than `NEVER_BUSY` in flight nobody is told so.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

PATIENCE_S = 2.0
NEVER_BUSY = 64
LAST_MOMENT_S = 2.0
"""No place by then: better an apology than silence after 4 s."""
_WEIGHT = 0.05
_FIRST_GUESS_S = 0.002


class Admission:
    """The queue before the database of one process."""

    def __init__(self, places: int, timer: Callable[[], float], last_moment_s: float = LAST_MOMENT_S) -> None:
        self._free = self._count = places
        self._timer = timer
        self._last_moment_s = last_moment_s
        self._lock = Lock()
        self._inside = 0
        self._queue: deque[Event] = deque()
        self._mean_s = _FIRST_GUESS_S

    @property
    def in_flight(self) -> int:
        """Texts that have a place or wait for one."""
        return self._inside

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Waits for a place; False where that would take, or took, too long. Raises TimeoutError where few are here."""
        if not self._enter():
            yield False
            return
        try:
            if not self._come_up():
                yield False
                return
            with self._timed():
                yield True
        finally:
            with self._lock:
                self._inside -= 1

    def _enter(self) -> bool:
        with self._lock:
            wait = self._inside * self._mean_s / self._count
            if self._inside >= NEVER_BUSY and wait > PATIENCE_S:
                return False
            self._inside += 1
            return True

    def _come_up(self) -> bool:
        """Waits, first come, first served (a semaphore lets the newest pass those who wait)."""
        mine = Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            self._queue.append(mine)
        if mine.wait(self._last_moment_s):
            return True
        with self._lock:
            if mine.is_set():
                return True
            self._queue.remove(mine)
            if self._inside < NEVER_BUSY:
                raise TimeoutError("those before took too long")
            return False

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """Hands the place to who waits longest."""
        start = self._timer()
        try:
            yield
        finally:
            with self._lock:
                self._mean_s += _WEIGHT * (self._timer() - start - self._mean_s)
                if self._queue:
                    self._queue.popleft().set()
                else:
                    self._free += 1
