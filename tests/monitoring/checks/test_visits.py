"""Visits that met nobody: what was out at a door excuses one, and neither we nor the carrier."""

from datetime import timedelta

import pytest

from monitoring.checks.visits import note_visit
from monitoring.outages import begin_outage
from tests.monitoring.checks.ward import Ward

OFFICER = "staff:duty"


def not_met(ward: Ward, check_id: str) -> str:
    """The visit met nobody; what came of it."""
    with ward.store.work() as work:
        assert note_visit(work, check_id, met=False, by=OFFICER)
    return str(ward.check(check_id).state)


def out(ward: Ward, kind: str, hours: int = 1) -> None:
    """Something is out for so long, and everything that follows is looked through."""
    with ward.store.work() as work:
        begin_outage(work, kind, work.now, OFFICER, work.now + timedelta(hours=hours))
    ward.clock.pass_by(hours=hours, minutes=1)
    ward.excuse()


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [("ours", "missed", "missed"), ("carrier", "missed", "missed"), ("power", "excused", "missed")],
)
def test_a_visit_that_met_nobody_is_excused_by_what_was_out_at_a_door(
    ward: Ward, kind: str, before: str, after: str
) -> None:
    first, second = ward.asked(means="visit"), ward.asked("+79990000002", means="visit")
    ward.clock.pass_by(minutes=30)
    assert not_met(ward, second) == "missed"

    ward.clock.pass_by(minutes=30)
    out(ward, kind)

    assert not_met(ward, first) == before, "noted while it was out or after"
    assert ward.check(second).state == after, "noted before"


def test_a_visit_that_met_nobody_is_excused_once_somebody_notes_that_the_power_was_out(ward: Ward) -> None:
    check_id = ward.asked(means="visit")
    ward.clock.pass_by(hours=2)
    assert not_met(ward, check_id) == "missed"

    with ward.store.work() as work:
        hour = timedelta(hours=1)
        begin_outage(work, "carrier", work.now - hour, OFFICER, work.now)
    ward.excuse()
    assert ward.check(check_id).state == "missed"
    with ward.store.work() as work:
        begin_outage(work, "power", work.now - hour, OFFICER, work.now)
    ward.excuse()

    assert ward.check(check_id).state == "excused"


def test_a_visit_is_asked_for_while_the_carrier_is_away(ward: Ward) -> None:
    with ward.store.work() as work:
        begin_outage(work, "carrier", work.now, OFFICER)

    check_id = ward.asked(means="visit")

    assert ward.check(check_id).state == "asked"
