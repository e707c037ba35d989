"""When things happen later: receipts, slow deliveries.

The process runs a :class:`ThreadTimer`; tests hold the future in their hands with a :class:`HeldTimer`.
"""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

Action = Callable[[], None]

_log = logging.getLogger(__name__)


class Timer(Protocol):
    """Runs an action some seconds from now."""

    def after(self, seconds: float, action: Action) -> None:
        """Schedule; never runs the action within this call."""


class HeldTimer:
    """Keeps every action until :meth:`run` is called, then runs all in the order of their times without waiting."""

    def __init__(self) -> None:
        self._order = itertools.count()
        self._waiting: list[tuple[float, int, Action]] = []
        self._lock = threading.Lock()
        self._now = 0.0

    def after(self, seconds: float, action: Action) -> None:
        """Keep the action for :meth:`run`."""
        with self._lock:
            heapq.heappush(self._waiting, (self._now + seconds, next(self._order), action))

    def run(self) -> None:
        """Run everything, also what the actions themselves schedule."""
        while action := self._next():
            action()

    def _next(self) -> Action | None:
        with self._lock:
            if not self._waiting:
                return None
            self._now, _, action = heapq.heappop(self._waiting)
            return action


class ThreadTimer:
    """Real time: one thread watches the clock, a small pool does the work, so a slow webhook delays few others."""

    def __init__(self, workers: int = 16) -> None:
        self._order = itertools.count()
        self._waiting: list[tuple[float, int, Action]] = []
        self._changed = threading.Condition()
        self._closed = False
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="carrier")
        threading.Thread(target=self._watch, name="carrier-timer", daemon=True).start()

    def after(self, seconds: float, action: Action) -> None:
        """Run the action in the pool when its time has come."""
        with self._changed:
            heapq.heappush(self._waiting, (time.monotonic() + seconds, next(self._order), action))
            self._changed.notify()

    def close(self) -> None:
        """Forgets what is still to come, and waits for what has begun: afterwards nothing happens any more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._pool.shutdown(cancel_futures=True)

    def _watch(self) -> None:
        while action := self._next():
            with self._changed:
                if not self._closed:
                    self._pool.submit(_run_logged, action)

    def _next(self) -> Action | None:
        with self._changed:
            while not self._closed and (not self._waiting or self._waiting[0][0] > time.monotonic()):
                self._changed.wait(self._waiting[0][0] - time.monotonic() if self._waiting else None)
            return None if self._closed else heapq.heappop(self._waiting)[2]


def _run_logged(action: Action) -> None:
    try:
        action()
    except Exception:
        _log.exception("a scheduled carrier action failed")
