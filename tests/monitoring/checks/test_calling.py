"""Patients without a smartphone: a number is spoken and keyed; a visit is noted."""

import pytest

from monitoring.checks.calls import Keyed, called_about, check_call, key_number
from monitoring.checks.visits import note_visit
from store.checks import PresenceCheck
from store.messages import CALL_BACK, OutboxMessage
from store.outbox import owe_call
from store.phones import ensure_phone
from tests.monitoring.checks.ward import ANN, Ward


def spoken(ward: Ward, check_id: str) -> str:
    """The number that is to be keyed."""
    with ward.store.work() as work:
        call = check_call(work, check_id)
    assert call is not None
    return call.number


def key(ward: Ward, check_id: str, digits: str) -> Keyed:
    with ward.store.work() as work:
        return key_number(work, check_id, digits, "phone:x")


def test_a_patient_without_a_smartphone_is_rung_and_keys_the_number(ward: Ward) -> None:
    check_id = ward.asked(means="call")
    (call,) = ward.rows(OutboxMessage)
    number = spoken(ward, check_id)

    assert (call.kind, call.template) == ("call", "presence")
    assert len(number) == 4 and number.isdigit()
    assert key(ward, check_id, number) is Keyed.RIGHT

    check = ward.check(check_id)
    assert (check.state, check.outcome, check.answered_at) == ("passed", "keyed", ward.clock.now)
    assert ward.templates() == ["presence"]  # on a call it was said; a text might reach nobody
    assert key(ward, check_id, number) is Keyed.OVER


def test_a_wrong_number_may_be_keyed_again(ward: Ward) -> None:
    check_id = ward.asked(means="call")
    number = spoken(ward, check_id)
    wrong = str((int(number) + 1) % 10_000).zfill(4)

    assert [key(ward, check_id, wrong), key(ward, check_id, number[:3])] == [Keyed.WRONG, Keyed.WRONG]
    assert key(ward, check_id, number) is Keyed.RIGHT
    assert ward.check(check_id).attempts == 3


def test_numbers_are_drawn_anew_each_time_and_lie_sealed(ward: Ward) -> None:
    checks = [ward.asked(f"+7999000{number:04}", means="call") for number in range(1, 21)]

    numbers = {spoken(ward, check_id) for check_id in checks}

    assert len(numbers) > 15
    assert not any(number.encode() in row.number_sealed for number in numbers for row in ward.rows(PresenceCheck))


def test_nobody_who_picks_up_is_rung_three_times_and_then_a_person_looks(ward: Ward) -> None:
    check_id = ward.asked(means="call")
    ward.carrier_says("undelivered", "presence", 30008)

    ward.wait(minutes=60)

    assert ward.templates() == ["presence"] * 3
    assert ward.check(check_id).state == "missed" and ward.alerts() == [("missed", None)]


def test_a_call_that_the_carrier_could_not_make_is_no_miss(ward: Ward) -> None:
    check_id = ward.asked(means="call")
    ward.carrier_says("failed", "presence", 20503)

    ward.wait(minutes=60)

    assert ward.check(check_id).outcome == "not_delivered" and ward.alerts() == []


def test_a_call_tells_what_it_is_about_to_its_own_telephone_alone(ward: Ward) -> None:
    check_id = ward.asked(means="call")
    (call,) = ward.rows(OutboxMessage)

    with ward.store.work() as work:
        mine, other = ensure_phone(work, ANN), ensure_phone(work, "+79990000077")
        back = owe_call(work, mine, CALL_BACK, "ru", {"wants": "machine"}, work.now)
        assert called_about(work, call.id, mine) == check_id
        assert called_about(work, call.id, other) is None
        assert called_about(work, back, mine) is None
        assert called_about(work, "nothing", mine) is None


@pytest.mark.parametrize(("met", "state"), [(True, "passed"), (False, "missed")])
def test_a_visit_waits_for_whoever_notes_it(ward: Ward, met: bool, state: str) -> None:
    check_id = ward.asked(means="visit")
    assert ward.alerts() == [("visit", None)] and ward.texts() == []
    ward.wait(hours=12)
    assert ward.check(check_id).state == "asked"

    with ward.store.work() as work:
        assert note_visit(work, check_id, met=met, by="staff:duty")
        assert not note_visit(work, check_id, met=met, by="staff:duty")

    assert ward.check(check_id).state == state
    assert ("missed", None) in ward.alerts() or met


def test_only_a_visit_is_noted_as_one(ward: Ward) -> None:
    with ward.store.work() as work:
        assert not note_visit(work, "nothing", met=True, by="staff:duty")
    check_id = ward.asked()

    with ward.store.work() as work:
        assert not note_visit(work, check_id, met=True, by="staff:duty")
