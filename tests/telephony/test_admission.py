"""How many texts are worked on at once, and who is told that we are busy."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import Event, Thread

import pytest

from telephony.admission import LAST_MOMENT_S, NEVER_BUSY, PATIENCE_S, Admission


class Watch:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _until(true: Callable[[], bool]) -> None:
    """Waits for other threads to come so far."""
    for _ in range(10_000):
        if true():
            return
        Event().wait(0.001)
    raise AssertionError("the other threads never came so far")


class Queue:
    """Texts in flight, each in a thread of its own; `told` is what each was told once it had its turn."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._threads: list[Thread] = []
        self.finish = Event()
        self.told: list[bool] = []

    def join(self, number: int) -> None:
        """So many more texts, all in flight when this returns."""
        for _ in range(number):
            thread = Thread(target=self._work)
            thread.start()
            self._threads.append(thread)
        _until(lambda: self._admission.in_flight + self.told.count(False) >= len(self._threads))

    def _work(self) -> None:
        with self._admission.place() as placed:
            self.told.append(placed)
            self.finish.wait(30)

    def end(self) -> None:
        """Everybody is done."""
        self.finish.set()
        for thread in self._threads:
            thread.join(30)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def slow(watch: Watch) -> Admission:
    """Four places, and long experience of ten seconds a text."""
    admission = Admission(4, watch)
    for _ in range(200):
        with admission.place():
            watch.now += 10
    return admission


@pytest.fixture
def queue(slow: Admission) -> Iterator[Queue]:
    found = Queue(slow)
    yield found
    found.end()


def test_a_text_alone_has_its_place_at_once(watch: Watch) -> None:
    admission = Admission(1, watch)

    with admission.place() as placed:
        assert placed


def test_with_fewer_than_sixty_four_in_flight_nobody_is_told_busy_however_slow_we_are(queue: Queue) -> None:
    queue.join(NEVER_BUSY)
    queue.end()

    assert queue.told == [True] * NEVER_BUSY


def test_the_sixty_fifth_is_told_busy_at_once_when_the_wait_would_be_long(slow: Admission, queue: Queue) -> None:
    queue.join(NEVER_BUSY)

    with slow.place() as placed:
        assert not placed
    queue.finish.set()


def test_when_we_are_quick_nobody_is_told_busy_however_many_there_are(watch: Watch) -> None:
    admission = Admission(4, watch)
    quick = Queue(admission)

    quick.join(2 * NEVER_BUSY)
    quick.end()

    assert quick.told == [True] * (2 * NEVER_BUSY)


def test_after_a_slow_time_quick_answers_make_room_again(slow: Admission, queue: Queue) -> None:
    for _ in range(200):
        with slow.place():
            pass

    queue.join(NEVER_BUSY)
    queue.finish.set()

    with slow.place() as placed:
        assert placed


def test_who_was_told_busy_is_not_counted(slow: Admission, queue: Queue) -> None:
    queue.join(NEVER_BUSY)
    with ExitStack() as told:
        refused = [told.enter_context(slow.place()) for _ in range(10)]
    queue.end()

    with slow.place() as placed:
        assert placed and refused == [False] * 10


def test_an_error_frees_the_place(watch: Watch) -> None:
    admission = Admission(1, watch)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"), admission.place():
            raise ValueError("broken")

    with admission.place() as placed:
        assert placed


def test_who_waits_longest_has_the_next_place_whoever_comes_then(watch: Watch) -> None:
    admission, turns = Admission(1, watch), []
    first_done = Event()

    def text(name: str, done: Event) -> None:
        with admission.place():
            turns.append(name)
            done.wait(30)

    done = Event()
    done.set()
    threads = [Thread(target=text, args=("first", first_done))]
    for name in ("second", "third", "fourth"):
        threads[-1].start()
        _until(lambda: admission.in_flight == len(threads))
        threads.append(Thread(target=text, args=(name, done)))
    threads[-1].start()
    _until(lambda: admission.in_flight == len(threads))
    first_done.set()
    for thread in threads:
        thread.join(30)

    assert turns == ["first", "second", "third", "fourth"]


def test_who_gave_up_waiting_takes_no_place_with_them(watch: Watch) -> None:
    admission = Admission(1, watch, last_moment_s=0.01)

    with admission.place(), pytest.raises(TimeoutError), admission.place():
        pass

    with admission.place() as placed:
        assert placed and admission.in_flight == 1


def test_in_a_crowd_who_gave_up_waiting_is_told_busy(watch: Watch) -> None:
    queue = Queue(Admission(1, watch, last_moment_s=0.5))

    queue.join(NEVER_BUSY + 6)
    _until(lambda: len(queue.told) == NEVER_BUSY + 6)
    queue.end()

    assert queue.told == [True, *[False] * (NEVER_BUSY + 5)]


def test_the_longest_wait_for_a_place_is_under_the_four_seconds_of_the_carrier() -> None:
    assert PATIENCE_S <= LAST_MOMENT_S < 4
