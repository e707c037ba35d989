"""Asking and the ladder: each step once, by day, and none where silence would prove nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from monitoring.outages import begin_outage
from store.checks import PresenceCheck
from store.messages import OutboxMessage
from store.patients import PatientLink
from store.people import Phone
from store.tokens import token_hash
from tests.monitoring.checks.ward import PUBLIC_URL, WINDOW, Ward

NIGHT = datetime(2026, 6, 3, 20, 0, tzinfo=UTC)  # 23:00 in Kazan
MORNING = datetime(2026, 6, 4, 5, 0, tzinfo=UTC)


def test_a_check_is_asked_by_a_link_that_opens_it_for_the_window(ward: Ward) -> None:
    check = ward.check(ward.asked())

    ((template, fields),) = ward.texts()
    (link,) = ward.rows(PatientLink)
    assert (template, check.state, check.step) == ("check_due", "asked", 1)
    assert fields["until"] == (ward.clock.now + WINDOW).isoformat()
    assert fields["link"].startswith(f"{PUBLIC_URL}/i/")
    assert link.token_hash == token_hash(fields["link"].rpartition("/")[2])
    assert (link.scope, link.check_id, link.ends_at) == ("check", check.id, check.window_ends_at)


def test_who_is_silent_is_reminded_called_sent_a_second_link_and_put_before_a_person(ward: Ward) -> None:
    check_id = ward.asked()

    told = []
    for minutes in (29, 1, 10, 10, 9):
        ward.wait(minutes=minutes)
        told.append(ward.templates()[1:])
    assert ward.alerts() == []
    ward.wait(minutes=1)

    reminder, call, again = "check_reminder", "presence", "check_again"
    assert told == [[], [reminder], [reminder, call], [reminder, call, again], [reminder, call, again]]
    check = ward.check(check_id)
    assert (check.state, check.outcome, check.due_at) == ("missed", "no_answer", None)
    assert ward.alerts() == [("missed", None)] and check.alert_id is not None


def test_who_answers_is_left_alone(ward: Ward) -> None:
    check_id = ward.asked()
    with ward.store.work() as work:
        answered = {"state": "answered", "answered_at": work.now, "due_at": None}
        work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check_id), **answered)

    ward.wait(hours=2)

    assert ward.templates() == ["check_due"] and ward.alerts() == []


def test_rungs_that_were_slept_through_are_not_made_up_for(ward: Ward) -> None:
    ward.asked()

    ward.clock.pass_by(minutes=52)
    ward.work_on()

    assert ward.templates() == ["check_due", "check_again"]


def test_a_shorter_window_has_the_same_rungs(ward: Ward) -> None:
    ward.put_in_force(more="\n[isolation]\nwindow_minutes = 15\n")
    check_id = ward.asked()

    ward.wait(minutes=15)

    assert ward.templates() == ["check_due", "check_reminder", "presence", "check_again"]
    assert ward.check(check_id).state == "missed"


def test_nobody_is_asked_at_night_and_a_challenge_waits_for_the_morning(ward: Ward) -> None:
    case_id = ward.admit()
    ward.clock.now = NIGHT
    check_id = ward.challenge(case_id)

    ward.work_on()
    assert ward.texts() == [] and ward.check(check_id).due_at == MORNING

    ward.clock.now = MORNING
    ward.work_on()
    assert ward.check(check_id).state == "asked"


def test_nobody_is_asked_so_late_that_the_window_would_reach_into_the_night(ward: Ward) -> None:
    case_id = ward.admit()
    ward.clock.now = datetime(2026, 6, 3, 18, 1, tzinfo=UTC)  # 21:01
    check_id = ward.challenge(case_id)

    ward.work_on()

    assert ward.texts() == [] and ward.check(check_id).due_at == MORNING


@pytest.mark.parametrize("kind", ["hospital", "asleep", "no_battery"])
def test_whoever_says_why_not_is_not_reminded_any_more(ward: Ward, kind: str) -> None:
    check_id = ward.asked()
    ward.clock.pass_by(minutes=5)

    ward.says(ward.check(check_id).case_id, kind)
    ward.wait(hours=2)

    assert ward.templates() == ["check_due"]
    check = ward.check(check_id)
    assert (check.state, check.outcome) == ("excused", kind)
    assert ward.alerts() == [("pause", None)]


def test_while_a_case_is_paused_nothing_is_asked(ward: Ward) -> None:
    case_id = ward.admit()
    ward.plan()
    ward.says(case_id, "hospital")

    for _ in range(16):
        ward.plan()
        ward.wait(hours=3)

    assert ward.texts() == []
    assert {(one.state, one.outcome) for one in ward.rows(PresenceCheck) if one.planned_at < ward.clock.now} == {
        ("excused", "hospital")
    }


def test_a_fortnight_of_silence_keeps_to_the_rules(ward: Ward) -> None:
    ward.admit()

    for _ in range(24 * 4):
        ward.plan()
        ward.clock.pass_by(minutes=60)
        ward.wait(minutes=2)
        ward.clock.pass_by(minutes=58)

    asked = [one for one in ward.rows(PresenceCheck) if one.asked_at is not None]
    days = [one.asked_at.date() for one in asked]
    assert asked and max(days.count(day) for day in days) <= 2
    assert all(one.asked_at.hour >= 5 and one.window_ends_at.hour < 19 for one in asked)


def test_who_was_asked_a_moment_ago_is_not_asked_by_the_schedule(ward: Ward) -> None:
    case_id = ward.admit()
    ward.challenge(case_id)
    ward.work_on()
    with ward.store.work() as work:
        given = {"origin": "schedule", "means": "link", "state": "planned", "step": 0, "attempts": 0}
        soon = work.now + timedelta(minutes=30)
        work.insert(PresenceCheck, id=work.new_id(), case_id=case_id, **given, planned_at=soon, due_at=soon)

    ward.wait(minutes=31)

    outcomes = sorted((one.origin, one.outcome) for one in ward.rows(PresenceCheck))
    assert outcomes == [("challenge", None), ("schedule", "too_soon")]


def test_what_the_schedule_asks_hours_late_is_not_asked(ward: Ward) -> None:
    ward.admit()
    ward.plan()
    (first, *_) = ward.rows(PresenceCheck)

    ward.clock.now = first.planned_at + WINDOW + timedelta(minutes=1)
    ward.work_on()

    assert ward.check(first.id).outcome == "outage" and ward.texts() == []


def test_in_an_outage_a_challenge_waits(ward: Ward) -> None:
    check_id = ward.challenge(ward.admit())
    with ward.store.work() as work:
        begin_outage(work, "power", work.now, "staff:duty", work.now + timedelta(minutes=25))

    ward.wait(minutes=25)
    assert ward.texts() == []
    ward.wait(minutes=10)

    assert ward.check(check_id).state == "asked"


def test_who_wants_no_texts_is_no_miss_but_somebody_looks(ward: Ward) -> None:
    case_id = ward.admit()
    with ward.store.work() as work:
        work.run(update(Phone), stopped_at=work.now)

    check_id = ward.challenge(case_id)
    ward.work_on()

    assert ward.check(check_id).outcome == "no_phone"
    assert ward.texts() == [] and ward.alerts() == [("no_contact", None)]


def test_a_closed_case_ends_what_was_asked(ward: Ward) -> None:
    check_id = ward.asked()
    ward.change_case(ward.check(check_id).case_id, closed_at=ward.clock.now, closed_by="x", closing="recovered")

    ward.wait(hours=2)

    assert ward.check(check_id).outcome == "case_closed" and ward.alerts() == []


def test_no_text_of_a_check_is_handed_over_after_its_window(ward: Ward) -> None:
    check = ward.check(ward.asked())

    (text,) = ward.rows(OutboxMessage)

    assert text.not_after == check.window_ends_at
