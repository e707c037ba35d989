"""A violation needs two independent facts, another person, the patient's time run out, a reason, and daylight."""

from datetime import timedelta

import pytest

from codes.review.taking import take
from monitoring.cases.fences import allow_elsewhere
from monitoring.duty.deciding import ALERT, WhyNot
from monitoring.outages import begin_outage
from monitoring.outlines import read_wkb
from store.duty import Alert
from store.messages import OutboxMessage
from tests.monitoring.checks.ward import ANN
from tests.monitoring.duty.desk import DORA, Desk
from tests.monitoring.fence.shapes import HOUSE


def test_a_violation_is_decided_once_all_of_it_is_there(desk: Desk) -> None:
    alert_id = desk.ripe()

    assert desk.decides(alert_id, words="Вас видели") == ()

    assert (desk.alert(alert_id).decision, desk.alert(alert_id).decided_by) == ("violation", DORA)
    template, fields = desk.texts()[-1]
    assert (template, fields["text"]) == ("alert_violation", "Вас видели")
    assert fields["until"] == (desk.clock.now + timedelta(days=10)).isoformat()


def test_before_the_patient_was_told_nothing_is_held_against_them(desk: Desk) -> None:
    alert_id = desk.doubt()

    assert desk.decides(alert_id) == (WhyNot.NOT_TOLD,)
    assert desk.decides(alert_id, "warn") == (WhyNot.NOT_TOLD,)


def test_the_patients_whole_time_is_waited_for(desk: Desk) -> None:
    alert_id = desk.doubt()
    desk.tell()
    desk.clock.pass_by(hours=23, minutes=59)

    before = desk.decides(alert_id)
    desk.clock.pass_by(minutes=1)

    assert before == (WhyNot.WAITING,)
    assert desk.decides(alert_id) == ()


def test_who_answered_may_be_warned_but_a_violation_still_waits(desk: Desk) -> None:
    alert_id = desk.doubt()
    desk.tell()
    desk.says(desk.alert(alert_id).case_id, "reply")

    assert desk.decides(alert_id) == (WhyNot.WAITING,)
    assert desk.decides(alert_id, "warn") == ()


def test_who_opened_the_case_does_not_decide_so(desk: Desk) -> None:
    alert_id = desk.ripe()

    assert desk.decides(alert_id, by="staff:clinician") == (WhyNot.OPENED_CASE,)
    assert desk.decides(alert_id, "warn", by="staff:clinician") == ()


def test_no_violation_without_a_reason(desk: Desk) -> None:
    alert_id = desk.ripe()

    assert desk.decides(alert_id, reason=" ") == (WhyNot.NO_REASON,)


def test_one_fact_is_not_enough(desk: Desk) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=4)
    desk.check_of(case_id, "failed")
    alert_id = desk.alert_of(case_id).id
    desk.tell()
    desk.clock.pass_by(hours=25)

    assert desk.decides(alert_id) == (WhyNot.ONE_FACT,)


def test_two_checks_of_one_hour_are_one_fact(desk: Desk) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=6)
    desk.check_of(case_id, "failed", timedelta(hours=3))
    desk.check_of(case_id, "failed", timedelta(hours=3) - timedelta(minutes=40))
    desk.tell()
    desk.clock.pass_by(hours=25)

    assert desk.decides(desk.alert_of(case_id).id) == (WhyNot.ONE_FACT,)


def test_a_departure_and_the_challenge_it_brought_are_one_matter(desk: Desk) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=6)
    check_id = desk.check_of(case_id, "missed", timedelta(hours=2), origin="challenge")
    desk.departure_of(case_id, timedelta(hours=4), check_id)
    desk.tell()
    desk.clock.pass_by(hours=25)

    assert desk.decides(desk.alert_of(case_id).id) == (WhyNot.ONE_FACT,)


def test_a_fact_in_an_outage_does_not_count(desk: Desk) -> None:
    alert_id = desk.doubt()
    with desk.store.work() as work:
        ago = desk.clock.now - timedelta(minutes=110)
        begin_outage(work, "power", ago, "tests", ago + timedelta(minutes=5))
    desk.tell()
    desk.clock.pass_by(hours=25)

    assert desk.decides(alert_id) == (WhyNot.ONE_FACT,)


@pytest.mark.parametrize(("minutes", "why"), [(5, (WhyNot.ONE_FACT,)), (-70, ())])
def test_silence_while_another_place_was_allowed_does_not_count(
    desk: Desk, minutes: int, why: tuple[WhyNot, ...]
) -> None:
    alert_id = desk.doubt()  # nobody answered from two hours to one hour ago
    case_id = desk.alert(alert_id).case_id
    with desk.store.work() as work:
        until = work.now - timedelta(hours=1, minutes=-minutes)
        span = (until - timedelta(minutes=20), until)
        place = read_wkb(HOUSE.wkb)
        allow_elsewhere(work, desk.held(work, case_id), place, span, weak=False, by="staff:clinician")
    desk.tell()
    desk.clock.pass_by(hours=25)

    assert desk.decides(alert_id) == why


def test_a_fact_before_enrolment_does_not_count(desk: Desk) -> None:
    alert_id = desk.ripe()
    desk.change_case(desk.alert(alert_id).case_id, enrolled_at=desk.clock.now - timedelta(hours=26, minutes=30))

    assert desk.decides(alert_id) == (WhyNot.ONE_FACT,)


def test_a_fact_in_a_pause_does_not_count_even_after_it(desk: Desk) -> None:
    case_id = desk.admit()
    desk.says(case_id, "hospital")
    desk.clock.pass_by(hours=5)
    desk.departure_of(case_id, timedelta(hours=4))
    desk.check_of(case_id, "missed", timedelta(hours=2))
    pause = next(one.id for one in desk.rows(Alert) if one.kind == "pause")
    desk.decides(pause, "excused")
    desk.tell()
    desk.clock.pass_by(hours=25)

    alert_id = desk.alert_of(case_id).id
    assert desk.decides(alert_id) == (WhyNot.ONE_FACT,)


def test_a_fact_of_the_night_does_not_count(desk: Desk) -> None:
    case_id = desk.admit()
    desk.at(23)
    desk.departure_of(case_id, timedelta(minutes=50))
    desk.at(12)
    desk.check_of(case_id, "missed")
    desk.tell()
    desk.clock.pass_by(hours=25)

    assert desk.decides(desk.alert_of(case_id).id) == (WhyNot.ONE_FACT,)


def test_an_unclear_check_is_no_fact(desk: Desk) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=6)
    desk.check_of(case_id, "unclear", timedelta(hours=4))
    desk.check_of(case_id, "failed", timedelta(hours=2))
    desk.tell()
    desk.clock.pass_by(hours=25)

    assert desk.decides(desk.alert_of(case_id).id) == (WhyNot.ONE_FACT,)


def test_nobody_decides_so_at_night_or_after_the_end(desk: Desk) -> None:
    alert_id = desk.ripe()
    desk.at(23)
    assert desk.decides(alert_id) == (WhyNot.QUIET,)

    desk.at(9)
    desk.change_case(desk.alert(alert_id).case_id, ends_at=desk.clock.now - timedelta(minutes=1))
    assert desk.decides(alert_id) == (WhyNot.ENDED,)


def test_nobody_decides_what_another_officer_is_at(desk: Desk) -> None:
    alert_id = desk.ripe()
    with desk.store.work() as work:
        assert take(work, ALERT, alert_id, "staff:emil")

    assert desk.decides(alert_id, "nothing") == (WhyNot.TAKEN,)


def test_nothing_is_decided_twice(desk: Desk) -> None:
    alert_id = desk.ripe()
    desk.decides(alert_id, "excused")

    assert WhyNot.DECIDED in desk.decides(alert_id, "violation")


@pytest.mark.parametrize("decision", ["nothing", "excused"])
def test_answering_a_pause_ends_it_and_the_patient_hears_so(desk: Desk, decision: str) -> None:
    case_id = desk.admit()
    desk.says(case_id, "doctor")

    desk.decides(desk.alert_of(case_id).id, decision)

    assert desk.case(case_id).paused_at is None
    assert desk.texts()[-1][0] == "pause_over"


def test_deciding_something_else_leaves_a_pause_as_it_is(desk: Desk) -> None:
    alert_id = desk.doubt()
    case_id = desk.alert(alert_id).case_id
    desk.says(case_id, "doctor")

    desk.decides(alert_id, "nothing")

    assert desk.case(case_id).paused_at is not None


def test_a_case_that_asks_for_help_can_be_no_violation(desk: Desk) -> None:
    case_id = desk.admit()
    desk.says(case_id, "sos")

    assert WhyNot.NO_DOUBT in desk.decides(desk.alert_of(case_id).id)


def test_a_visit_goes_to_the_queue_and_not_to_be_met_is_a_doubt(desk: Desk) -> None:
    alert_id = desk.doubt(ANN)
    case_id = desk.alert(alert_id).case_id

    desk.decides(alert_id, "visit")

    visit = desk.alert_of(case_id)
    assert (visit.kind, desk.texts()[-1][0]) == ("visit", "alert_visit")


def test_what_is_decided_at_night_is_told_in_the_morning(desk: Desk) -> None:
    case_id = desk.admit()
    desk.at(23)
    desk.says(case_id, "ill")

    desk.decides(desk.alert_of(case_id).id, "nothing")

    assert desk.rows(OutboxMessage)[-1].due_at == desk.at(8)
