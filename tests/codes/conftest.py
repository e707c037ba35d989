"""A counter where the order of Tatarstan is in force and two people are known."""

import pytest

from codes.meeting import meet
from codes.police.clients import Client
from codes.police.officers import enroll, open_shift
from codes.regimes import preset
from store import Store
from tests.clock import Clock
from tests.codes.counter import OFFICER, Counter
from tests.codes.line import Line
from tests.codes.picking import Chance, issue_in_call
from tests.codes.police.looking import hired

PIN = "4821"


@pytest.fixture
def order() -> str:
    """The order in force; a test's own fixture of this name chooses another."""
    return preset("tatarstan-2020")


@pytest.fixture
def counter(store: Store, clock: Clock, order: str) -> Counter:
    found = Counter(store, clock)
    found.put_in_force(order)
    return found.introduce_two()


@pytest.fixture
def on_shift(counter: Counter) -> Counter:
    """With an officer at work."""
    with counter.store.work() as work:
        enroll(work, OFFICER, "Unit 1", PIN, None, "tests")
    with counter.store.work() as work:
        officer = meet(work, OFFICER).officer
        assert officer is not None
        open_shift(work, officer, PIN, None, "tests")
    return counter


@pytest.fixture
def line(counter: Counter) -> Line:
    return Line(counter)


@pytest.fixture
def chance(counter: Counter) -> Chance:
    """Picks every call, unless it is told otherwise."""
    counter.store.random = Chance()
    return counter.store.random


@pytest.fixture
def issued(line: Line) -> str:
    """A call that is over, in which Anna issued a pass; not noted yet."""
    sid = line.proved()
    issue_in_call(line, sid)
    line.counter.clock.pass_by(minutes=3)
    line.ends(sid)
    return sid


@pytest.fixture
def turnstile(counter: Counter) -> Client:
    """A machine with the usual three guesses."""
    return hired(counter)
