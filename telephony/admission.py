"""How many texts are worked on at once, and when to say "busy" rather than let people wait.

Everything in flight beyond the places waits its turn. Where the wait would pass `PATIENCE_S` the answer is "busy", at
once and without touching the database; with fewer than `NEVER_BUSY` in flight nobody is told so.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Semaphore

PATIENCE_S = 2.0
NEVER_BUSY = 64
LAST_MOMENT_S = 2.0
"""No place by then: better an apology than silence after 4 s."""
_WEIGHT = 0.05
_FIRST_GUESS_S = 0.002


class Admission:
    """The queue before the database of one process."""

    def __init__(self, places: int, timer: Callable[[], float]) -> None:
        self._places = Semaphore(places)
        self._count = places
        self._timer = timer
        self._lock = Lock()
        self._inside = 0
        self._mean_s = _FIRST_GUESS_S

    @property
    def in_flight(self) -> int:
        """Texts that have a place or wait for one."""
        return self._inside

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Waits for a place; False where it would take too long."""
        if not self._enter():
            yield False
            return
        try:
            with self._worked_on() as worked_on:
                yield worked_on
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

    @contextmanager
    def _worked_on(self) -> Iterator[bool]:
        if not self._places.acquire(timeout=LAST_MOMENT_S):
            yield False
            return
        start = self._timer()
        try:
            yield True
        finally:
            self._places.release()
            with self._lock:
                self._mean_s += _WEIGHT * (self._timer() - start - self._mean_s)
