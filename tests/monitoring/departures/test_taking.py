"""Fixes of a patient's telephone: a fact, a challenge by day, an alert by night, and never a position."""

from datetime import timedelta

import pytest
from shapely import box

from monitoring.cases.closing import stop_case
from monitoring.cases.watched import telephone_of
from monitoring.checks.settling import settle
from monitoring.departures.knowing import glanced_device
from monitoring.departures.taking import take_report
from monitoring.patients.devices import end_device
from monitoring.patients.words import say
from store.audit import AuditEntry
from store.checks import PresenceCheck
from store.duty import Alert
from store.messages import OutboxMessage
from store.patients import Departure, Device, FenceState
from store.tokens import token_hash
from tests.clock import Clock
from tests.monitoring.fence.shapes import LAT, LON, M_LAT, M_LON
from tests.monitoring.patient import Patient, a_patient

CLINIC = box(LON + 990 * M_LON, LAT - 9 * M_LAT, LON + 1010 * M_LON, LAT + 9 * M_LAT)


def test_somebody_at_home_is_asked_every_ten_minutes_and_nothing_comes_of_it(patient: Patient) -> None:
    taken = patient.stays(0, 120, step_min=10)

    assert {(one.next_s, one.counted, one.event) for one in taken} == {(600, 1, None)}
    assert patient.rows(Departure) == patient.rows(PresenceCheck) == patient.rows(Alert) == []


def test_who_leaves_by_day_is_challenged_and_nobody_is_alarmed(patient: Patient) -> None:
    patient.stays(0, 40)
    left = patient.clock.now

    events = [one.event for one in patient.stays(400, 40)]

    assert events.count("departed") == 1
    (fact,), (check,) = patient.rows(Departure), patient.rows(PresenceCheck)
    assert (check.origin, check.state, check.means, check.due_at) == ("challenge", "planned", "link", fact.detected_at)
    assert (fact.check_id, fact.alert_id, fact.distance_band, fact.radius_band) == (check.id, None, "200-500", "0-50")
    assert (fact.parameters, fact.back_at, fact.plain) == ("2026-2", None, True) and fact.fixes >= 3
    assert abs(fact.left_at - left) <= timedelta(minutes=5) and fact.left_at.minute % 5 == fact.left_at.second == 0
    assert timedelta(minutes=7) <= fact.detected_at - left <= timedelta(minutes=20)
    assert patient.rows(Alert) == []


@pytest.mark.parametrize(("state", "outcome"), [("missed", "no_answer"), ("failed", "outside"), ("unclear", "quality")])
def test_a_challenge_that_is_not_passed_is_an_alert_with_both_facts(patient: Patient, state: str, outcome: str) -> None:
    patient.stays(400, 40)

    with patient.store.work() as work:
        assert settle(work, patient.rows(PresenceCheck)[0], state, outcome)

    (alert,), (fact,), (check,) = patient.rows(Alert), patient.rows(Departure), patient.rows(PresenceCheck)
    assert alert.kind == state and fact.id in alert.facts and check.id in alert.facts
    assert fact.alert_id == check.alert_id == alert.id


def test_a_challenge_that_is_passed_or_that_we_could_not_ask(patient: Patient, clock: Clock) -> None:
    other = a_patient(patient.store, clock, "+79990000002")
    for one in (patient, other):
        one.stays(400, 40)
    of_ours, passed = (
        next(row for row in patient.rows(PresenceCheck) if row.case_id == one.case_id) for one in (patient, other)
    )

    with patient.store.work() as work:
        settle(work, of_ours, "excused", "outage")
        settle(work, passed, "passed", "match")

    assert [(row.kind, row.case_id) for row in patient.rows(Alert)] == [("departure", patient.case_id)], (
        "who is away still"
    )
    with patient.store.reading() as work:
        theirs = telephone_of(work, other.case())
    told = [row.phone_id for row in patient.rows(OutboxMessage) if row.template == "departure_settled"]
    assert theirs is not None and told == [theirs.id], "of the other nothing is left, and they know"


def test_who_comes_back_has_a_departure_with_an_end(patient: Patient) -> None:
    patient.stays(400, 40)

    patient.stays(0, 20)

    (fact,) = patient.rows(Departure)
    assert fact.left_at < fact.detected_at < fact.back_at <= patient.clock.now


def test_by_night_there_is_a_fact_and_an_alert_and_no_word(patient: Patient, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=20)  # 23:00 in Kazan

    patient.stays(400, 40)

    (fact,), (alert,) = patient.rows(Departure), patient.rows(Alert)
    assert (fact.check_id, fact.alert_id, alert.kind, alert.told_at) == (None, alert.id, "departure", None)
    assert fact.id in alert.facts
    assert patient.rows(PresenceCheck) == patient.rows(OutboxMessage) == []


def test_of_whom_is_visited_a_person_hears_at_once(patient: Patient) -> None:
    patient.change(means="visit")

    patient.stays(400, 40)

    assert [row.kind for row in patient.rows(Alert)] == ["departure"] and patient.rows(PresenceCheck) == []


def test_a_check_that_was_asked_already_is_the_challenge(patient: Patient) -> None:
    with patient.store.work() as work:
        check = {"id": work.new_id(), "case_id": patient.case_id, "origin": "schedule", "means": "link"}
        work.insert(PresenceCheck, **check, state="asked", planned_at=work.now, step=1, attempts=0)

    patient.stays(400, 40)

    assert [row.check_id for row in patient.rows(Departure)] == [row.id for row in patient.rows(PresenceCheck)]


def test_two_telephones_are_two_states(patient: Patient, clock: Clock) -> None:
    other = a_patient(patient.store, clock, "+79990000002")

    for _ in range(10):
        clock.pass_by(minutes=4)
        patient.is_at(0)
        other.is_at(400 + clock.now.minute)

    assert [row.case_id for row in patient.rows(Departure)] == [other.case_id]


@pytest.mark.parametrize("why", ["pending", "paused", "closed", "over", "no fence"])
def test_what_is_not_watched_is_not_judged(patient: Patient, why: str) -> None:
    if why == "pending":
        patient.change(enrolled_at=None)
    elif why == "paused":
        with patient.store.work() as work:
            say(work, patient.case(), "hospital", "text", by="tests")
    elif why == "over":
        patient.change(ends_at=patient.clock.now)
    elif why == "closed":
        patient.change(closed_at=patient.clock.now, closing="ended")
    else:
        with patient.store.work() as work:
            work.connection.exec_driver_sql("DELETE FROM fence")

    taken = patient.stays(900, 60)

    assert {(one.counted, one.event) for one in taken} == {(0, None)}
    assert patient.rows(Departure) == patient.rows(FenceState) == patient.rows(PresenceCheck) == []


def test_a_closed_case_ends_its_devices(patient: Patient) -> None:
    with patient.store.work() as work:
        stop_case(work, patient.case(), "recovered", "well", "tests")

    assert [row.ended_at is None for row in patient.rows(Device)] == [False]


def test_what_waited_on_the_telephone_alarms_nobody(patient: Patient, clock: Clock) -> None:
    patient.is_at(0)
    clock.pass_by(hours=3)

    taken = patient.report(*(patient.fix(600 + n, ago_s=3600 * 2 - n * 240) for n in range(15)))

    assert (taken.counted, taken.event) == (0, None) and patient.rows(Departure) == []


def test_a_batch_in_any_order_and_sent_twice_is_one(patient: Patient, clock: Clock) -> None:
    clock.pass_by(hours=1)
    batch = [patient.fix(600 + n, ago_s=n * 240) for n in range(4)]

    first, again = patient.report(*reversed(batch)), patient.report(*batch)

    assert (first.counted, first.event) == (4, "departed") and (again.counted, again.event) == (0, None)
    assert len(patient.rows(Departure)) == 1


class TestExemptions:
    def test_a_second_fence_is_home_for_its_time(self, patient: Patient, clock: Clock) -> None:
        patient.add_fence(CLINIC, "other", clock.now, clock.now + timedelta(hours=2))

        patient.stays(1000, 60)
        assert patient.rows(Departure) == []

        clock.pass_by(hours=2)
        patient.stays(1000, 60)
        assert len(patient.rows(Departure)) == 1

    def test_the_way_there_is_no_departure_and_a_long_one_is(self, patient: Patient, clock: Clock) -> None:
        patient.add_fence(CLINIC, "other", clock.now, clock.now + timedelta(hours=4))

        patient.stays(500, 28)
        assert patient.rows(Departure) == []

        patient.stays(500, 40)
        assert [row.parameters for row in patient.rows(Departure)] == ["2026-2u"]


class TestSigns:
    def test_another_country_is_asked_about_once(self, patient: Patient) -> None:
        for _ in range(2):
            patient.clock.pass_by(minutes=10)
            patient.is_at(900_000)
            patient.is_at(0)

        (check,) = patient.rows(PresenceCheck)
        assert (check.origin, check.state) == ("challenge", "planned") and patient.rows(Alert) == []

    def test_the_very_same_place_for_hours_is_asked_about_by_day(self, patient: Patient) -> None:
        for _ in range(8):
            patient.clock.pass_by(minutes=10)
            patient.is_at(0, provider="gps")

        assert [row.origin for row in patient.rows(PresenceCheck)] == ["challenge"]


def test_what_was_on_its_way_when_the_device_ended_is_not_taken(patient: Patient) -> None:
    patient.stays(0, 20)
    was = patient.rows(FenceState)
    device = glanced_device(patient.store, token_hash(patient.token))
    assert device is not None

    patient.clock.pass_by(minutes=10)
    with patient.store.work() as work:
        assert end_device(work, device.device_id, "tests")

    assert take_report(patient.store, device, [patient.fix(0)], patient.last_fixes) is None
    assert glanced_device(patient.store, token_hash(patient.token)) is None and patient.rows(FenceState) == was


def test_what_was_judged_after_another_report_is_judged_again(patient: Patient) -> None:
    patient.stays(0, 20)
    device = glanced_device(patient.store, token_hash(patient.token))
    assert device is not None
    patient.clock.pass_by(minutes=10)
    fix = patient.fix(0)

    told = [take_report(patient.store, device, [fix], patient.last_fixes) for _ in range(2)]

    assert [one and one.counted for one in told] == [1, 0]


def test_no_position_is_in_any_row(patient: Patient) -> None:
    patient.stays(400, 60)

    for model in (FenceState, Departure, PresenceCheck, Alert, AuditEntry, Device):
        for row in patient.rows(model):
            assert not any(digits in str(tuple(row)) for digits in ("55.79", "49.12", "49.1"))
