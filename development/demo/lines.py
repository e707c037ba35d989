"""Who is on the telephone at the moment. Talking takes real time, so that each talks in a thread of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore, Event

MOST_AT_ONCE = 12


class Lines:
    """As many talks at once as a small town has; with a `pace` below 1 people think and listen faster."""

    def __init__(self, most: int = MOST_AT_ONCE, pace: float = 1.0) -> None:
        self.over = Event()
        """Set when the day is over: whoever talks comes to an end."""
        self._pace = pace
        self._free = BoundedSemaphore(most)
        self._hands = ThreadPoolExecutor(most, "talk")
        self._failed: list[BaseException] = []

    def begin(self, talk: Callable[[], None]) -> str:
        """Begins a talk and does not wait for its end; empty where all lines are taken."""
        if self.over.is_set() or not self._free.acquire(blocking=False):
            return ""
        self._hands.submit(talk).add_done_callback(self._ended)
        return "talking"

    def pause(self, seconds: float) -> bool:
        """Lets people think or listen; whether the day is over."""
        return self.over.wait(seconds * self._pace)

    def finish(self) -> None:
        """Waits until everybody has hung up. What went wrong in a talk is raised here."""
        self.over.set()
        self._hands.shutdown()
        if self._failed:
            raise self._failed[0]

    def _ended(self, talk: Future[None]) -> None:
        self._free.release()
        error = talk.exception()
        if error:
            self._failed.append(error)
