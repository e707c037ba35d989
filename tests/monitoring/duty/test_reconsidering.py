"""What was decided against a patient does not outlive the facts it rests on."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from monitoring.duty.reconsidering import BATCH, reconsider
from monitoring.outages import begin_outage
from store.checks import PresenceCheck
from store.duty import Alert, CaseFile
from tests.monitoring.duty.desk import Desk

HOUR = timedelta(hours=1)


def violated(desk: Desk) -> str:
    """A violation that was decided at noon, and its file; its id. Its facts are of the day before."""
    alert_id = desk.ripe()
    assert desk.decides(alert_id) == ()
    with desk.store.work() as work:
        given = {"case_id": desk.alert(alert_id).case_id, "alert_id": alert_id, "made_by": "tests", "digest": "x"}
        work.insert(CaseFile, id="file", **given, made_at=work.now, attempts=0)
    return alert_id


def outage(desk: Desk, ago: timedelta) -> None:
    with desk.store.work() as work:
        begin_outage(work, "power", work.now - ago, "staff:x", work.now - ago + timedelta(minutes=5))


def test_an_outage_that_is_noted_later_undoes_the_violation_and_its_file(desk: Desk) -> None:
    alert_id = violated(desk)
    outage(desk, timedelta(hours=25, minutes=40))  # in the missed check's hour

    assert (reconsider(desk.store), reconsider(desk.store)) == (1, 0)

    assert desk.alert(alert_id).overturned_at == desk.clock.now
    assert desk.rows(CaseFile)[0].outcome == "withdrawn" and "alert_withdrawn" in desk.templates()


def test_a_departure_in_an_outage_counts_no_more_either(desk: Desk) -> None:
    alert_id = violated(desk)
    outage(desk, timedelta(hours=27, minutes=58))

    reconsider(desk.store)

    assert desk.alert(alert_id).overturned_at is not None


def test_an_outage_of_another_hour_undoes_nothing(desk: Desk) -> None:
    alert_id = violated(desk)
    outage(desk, timedelta(hours=10))

    assert reconsider(desk.store) == 0 and desk.alert(alert_id).overturned_at is None


def test_a_text_that_never_came_undoes_it_too_but_nobody_is_told_at_night(desk: Desk) -> None:
    alert_id = violated(desk)
    with desk.store.work() as work:
        work.run(update(PresenceCheck).where(col(PresenceCheck.alert_id) == alert_id), state="excused")
    desk.at(23)

    assert reconsider(desk.store) == 0
    desk.at(9)
    assert reconsider(desk.store) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_however_many_newer_ones_stand_an_older_one_is_undone(desk: Desk) -> None:
    alert_id = violated(desk)
    other = desk.admit("+79990000002")
    ago = {"asked_at": desk.clock.now, "planned_at": desk.clock.now, "window_ends_at": desk.clock.now + HOUR}
    desk.clock.pass_by(hours=2)
    with desk.store.work() as work:
        for _ in range(BATCH):
            warned, check_id = work.new_id(), work.new_id()
            given = {"case_id": other, "alert_id": warned, "means": "link", "origin": "staff", "step": 5, "attempts": 0}
            work.insert(PresenceCheck, id=check_id, state="missed", **given, **ago)
            work.insert(PresenceCheck, id=work.new_id(), state="excused", **given, **ago)
            facts = json.dumps([{"what": "check", "id": check_id}])
            by = {"decision": "warn", "decided_at": work.now, "decided_by": "staff:dora", "false_alarm": False}
            raised = {"kind": "missed", "urgency": 1, "raised_at": work.now, "opened_by": "staff:x", "facts": facts}
            work.insert(Alert, id=warned, case_id=other, **raised, **by)
        work.run(update(PresenceCheck).where(col(PresenceCheck.alert_id) == alert_id), state="excused")

    assert reconsider(desk.store) == 1 and desk.alert(alert_id).overturned_at is not None


def test_a_plan_that_changed_since_undoes_nothing(desk: Desk) -> None:
    alert_id = violated(desk)
    desk.change_case(desk.alert(alert_id).case_id, enrolled_at=None)
    outage(desk, timedelta(hours=10))

    assert reconsider(desk.store) == 0


def test_a_warning_needs_one_fact_that_counts(desk: Desk) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=5)
    desk.check_of(case_id, "missed", timedelta(hours=2))
    desk.tell()
    desk.clock.pass_by(hours=24, minutes=1)
    desk.decides(desk.alert_of(case_id).id, "warn")
    outage(desk, timedelta(hours=25, minutes=40))

    assert reconsider(desk.store) == 1
    assert [one.overturned_at for one in desk.rows(Alert)] == [desk.clock.now]
