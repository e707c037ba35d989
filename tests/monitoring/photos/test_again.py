"""Photos too poor to tell are asked for again, in another order, a few times, while there is time."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from monitoring.answers.again import LEAST_LEFT, MOST_TRIES, poor_in
from monitoring.answers.attempts import claim
from monitoring.answers.beginning import Begun, begin
from monitoring.checks.ladder import take_step
from monitoring.readings import Finding, Look
from store.checks import PresenceCheck
from tests.monitoring.photos.patient import CHALLENGE, PATIENT, WINDOW, Patient, good_looks, photo

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DARK = [replace(look, findings=(Finding.DARK,)) for look in good_looks()]


def answered_with(patient: Patient, looks: list[Look], minutes: float = 1) -> str:
    """A check that was answered after so long, and read; its id."""
    patient.shows()
    patient.reader.looks = looks
    check = patient.is_asked()
    patient.counter.clock.pass_by(minutes=minutes)
    patient.sends_all(check)
    patient.hands_in(check)
    patient.answers.read(check)
    return check


def again(patient: Patient, check: str, number: int, looks: list[Look]) -> None:
    """The patient does as before, with new photos."""
    patient.reader.looks = looks
    with patient.counter.store.work() as work:
        begun = begin(work, check, "device", PATIENT)
        assert isinstance(begun, Begun) and begun.received == frozenset()
        mine = update(PresenceCheck).where(col(PresenceCheck.id) == check)
        work.run(mine, challenge=patient_challenge())
    for step in range(len(good_looks())):
        patient.sends(check, step, photo(100 * number + step))
    patient.hands_in(check)
    patient.answers.read(check)


def time_is_over(patient: Patient, check: str) -> None:
    """Nobody answered within the window, and the ladder's last rung is taken, more than once."""
    patient.counter.clock.pass_by(seconds=WINDOW.total_seconds())
    for _ in range(3):
        with patient.counter.store.work() as work:
            work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check), due_at=work.now, step=4)
            take_step(work, check, "https://pass.example")


def patient_challenge() -> str:
    return '["' + '", "'.join(CHALLENGE) + '"]'


def row(patient: Patient, check: str) -> Any:
    return patient.check(check)


def test_poor_photos_are_asked_for_again_and_good_ones_pass_then(patient: Patient) -> None:
    check = answered_with(patient, DARK)
    waits = row(patient, check)
    poor = poor_in(patient.case(), waits)

    again(patient, check, 1, good_looks())

    assert (waits.state, waits.tries, waits.challenge, waits.nonce_hash) == ("asked", 1, None, None)
    assert poor is not None and poor.findings == ("dark",)
    assert (row(patient, check).state, row(patient, check).outcome) == ("passed", "passed")


def test_who_did_not_turn_far_enough_is_told_so_and_tries_again(patient: Patient) -> None:
    looks = good_looks()
    assert looks[1].face is not None
    looks[1] = replace(looks[1], face=replace(looks[1].face, yaw=0.2))

    check = answered_with(patient, looks)
    poor = poor_in(patient.case(), row(patient, check))

    assert row(patient, check).state == "asked" and poor is not None and poor.poses == (CHALLENGE[1],)


def test_after_the_last_try_a_person_looks(patient: Patient) -> None:
    check = answered_with(patient, DARK)
    for number in range(1, MOST_TRIES):
        again(patient, check, number, DARK)

    assert (row(patient, check).state, row(patient, check).outcome) == ("unclear", "quality")
    assert len(patient.photos(check_id=check, state="read")) == len(good_looks())


def test_where_little_time_is_left_a_person_looks_at_once(patient: Patient) -> None:
    late = (WINDOW - LEAST_LEFT).total_seconds() / 60 + 1

    check = answered_with(patient, DARK, minutes=late)

    assert (row(patient, check).state, row(patient, check).outcome) == ("unclear", "quality")


def test_a_stranger_is_not_asked_again(patient: Patient) -> None:
    strangers = [
        replace(look, face=replace(look.face, features=(0.0, 1.0, *[0.0] * 126))) for look in good_looks() if look.face
    ]

    check = answered_with(patient, strangers)

    assert row(patient, check).state == "failed"


def test_who_does_not_try_again_has_answered_all_the_same(patient: Patient) -> None:
    check = answered_with(patient, DARK)
    time_is_over(patient, check)

    assert (row(patient, check).state, row(patient, check).outcome) == ("unclear", "quality")
    assert len(patient.photos(check_id=check, state="read")) == len(good_looks())


def test_who_breaks_off_a_second_try_loses_nothing_of_the_first(patient: Patient) -> None:
    check = answered_with(patient, DARK)
    with patient.counter.store.work() as work:
        begin(work, check, "device", PATIENT)
    patient.sends(check, 0, photo(100))
    time_is_over(patient, check)

    assert (row(patient, check).state, row(patient, check).outcome) == ("unclear", "quality")
    assert len(patient.photos(check_id=check, state="read")) == len(good_looks())
    assert patient.photos(check_id=check, state="waiting") == []
    assert len(patient.photos(check_id=check, state="destroyed")) == 1


def test_a_second_try_takes_the_place_of_the_first_once_it_is_read(patient: Patient) -> None:
    check = answered_with(patient, DARK)
    first = {one.id for one in patient.photos(check_id=check, state="read")}

    again(patient, check, 1, good_looks())

    assert {one.id for one in patient.photos(check_id=check, state="destroyed")} == first
    assert len(patient.photos(check_id=check, state="read")) == len(good_looks())


def test_what_came_of_an_answer_that_was_never_handed_in_is_destroyed(patient: Patient) -> None:
    patient.shows()
    check = patient.is_asked()
    patient.sends(check, 0)
    time_is_over(patient, check)

    assert row(patient, check).state == "missed"
    assert [one.state for one in patient.photos(check_id=check)] == ["destroyed"]


def test_whoever_was_reading_the_first_try_ends_nothing_of_the_second(patient: Patient) -> None:
    patient.shows()
    patient.reader.looks = DARK
    check = patient.is_asked()
    patient.sends_all(check)
    patient.hands_in(check)
    with patient.counter.store.work() as work:
        slow = claim(work, check)
    assert slow is not None
    patient.counter.clock.pass_by(minutes=3)
    patient.answers.read(check)
    assert row(patient, check).state == "asked"
    with patient.counter.store.work() as work:
        work.run(update(PresenceCheck).values(state="answered", due_at=work.now))

    patient.answers._read(slow)

    assert row(patient, check).state == "answered"
