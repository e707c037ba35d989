"""What can't be done for one keeps no other waiting: a row whose key was damaged, and more of them than a page."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from monitoring.checks.enrolling import remind_to_enrol
from monitoring.checks.ladder import BATCH, go_on
from monitoring.in_turn import in_turn
from monitoring.patients.leaving import end_in_time
from monitoring.retention.running import destroy_due
from store import Store, Work
from store.cases import Case
from store.checks import PresenceCheck
from tests.clock import Clock
from tests.monitoring.checks.ward import PUBLIC_URL
from tests.monitoring.duty.desk import Desk

BAD, GOOD = "+79990000001", "+79990000002"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    found = Desk(store, clock)
    found.put_in_force(days_ago=1)
    return found


def two(desk: Desk, **plan: Any) -> tuple[str, str]:
    """Cases of two patients; the first to be looked at will be damaged."""
    bad = desk.admit(BAD, **plan)
    desk.clock.pass_by(seconds=1)  # ids of one moment have no order
    return bad, desk.admit(GOOD, **plan)


def damage(desk: Desk, case_id: str) -> None:
    desk.change_case(case_id, data_key=os.urandom(60))


def asked_of(desk: Desk, case_id: str) -> list[str]:
    return [row.state for row in desk.rows(PresenceCheck) if row.case_id == case_id]


def closed(desk: Desk) -> list[bool]:
    return [row.closed_at is not None for row in desk.rows(Case)]


def test_a_case_that_cannot_be_read_leaves_nobody_else_unplanned(desk: Desk) -> None:
    bad, good = two(desk)
    damage(desk, bad)

    desk.plan()

    assert asked_of(desk, good) and not asked_of(desk, bad)


def test_nor_open_after_its_end(desk: Desk) -> None:
    damage(desk, two(desk, days=1)[0])
    desk.clock.pass_by(days=1, seconds=1)

    assert end_in_time(desk.store) == 1

    assert closed(desk) == [False, True]


def test_nor_unreminded(desk: Desk) -> None:
    now = {"enrol_by": desk.clock.now + timedelta(hours=24)}
    bad, good = two(desk, enrolled=False)
    for case_id in (bad, good):
        desk.change_case(case_id, **now)
    damage(desk, bad)
    desk.clock.pass_by(hours=21)

    assert remind_to_enrol(desk.store, PUBLIC_URL) == 1


def test_nor_untold_of_a_doubt(desk: Desk) -> None:
    bad, good = two(desk)
    desk.clock.pass_by(hours=5)
    for case_id in (bad, good):
        desk.check_of(case_id, "missed")
    damage(desk, bad)

    assert desk.tell_and_count() == 1


def test_nor_undestroyed(desk: Desk) -> None:
    bad, _ = two(desk, days=1)
    desk.clock.pass_by(days=1, seconds=1)
    end_in_time(desk.store)
    damage(desk, bad)
    desk.clock.pass_by(days=41)

    assert destroy_due(desk.store)["cases"] == 1


def test_more_checks_than_a_page_that_cannot_go_on_are_tried_once_each_and_the_next_is_asked(desk: Desk) -> None:
    bad, good = two(desk)
    for _ in range(BATCH + 1):
        desk.challenge(bad)
    desk.clock.pass_by(seconds=1)
    desk.challenge(good)
    damage(desk, bad)

    assert go_on(desk.store, PUBLIC_URL) == 1

    assert asked_of(desk, good) == ["asked"]


@pytest.mark.parametrize(("error", "seen"), [(ValueError, 2), (OperationalError, 1)])
def test_a_database_that_is_away_is_so_for_everybody(desk: Desk, error: type[Exception], seen: int) -> None:
    rows, tried = [desk.case(one) for one in two(desk)], list[str]()

    def fails(_work: Work, row: object) -> None:
        tried.append(str(row))
        raise error("", {}, Exception()) if error is OperationalError else error

    def runs() -> int:
        return in_turn(desk.store, rows, fails, "tests")  # type: ignore[arg-type]

    assert _or_raises(runs, error) in (0, "raised") and len(tried) == seen


def _or_raises(runs: Callable[[], int], error: type[Exception]) -> int | str:
    try:
        return runs()
    except error:
        return "raised"
