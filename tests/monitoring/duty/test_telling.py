"""Patients hear of every doubt about them the same day, how to answer and by when, and never at night."""

from datetime import timedelta

import pytest

from monitoring.alerts import facts_of
from store.duty import Alert
from store.notices import SpokenNotice
from tests.monitoring.duty.desk import Desk


@pytest.mark.parametrize(
    ("state", "template"), [("missed", "told_missed"), ("failed", "told_failed"), ("unclear", "told_unclear")]
)
def test_a_doubtful_check_is_told_with_a_link_and_a_deadline(desk: Desk, state: str, template: str) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=4)
    desk.check_of(case_id, state)

    assert desk.tell() == 1

    sent, fields = desk.texts()[-1]
    alert = desk.rows(Alert)[-1]
    assert sent == template
    assert fields["link"].startswith("https://pass.example/i/")
    assert fields["until"] == (desk.clock.now + timedelta(hours=24)).isoformat()
    assert (alert.told_at, alert.answer_by) == (desk.clock.now, desk.clock.now + timedelta(hours=24))


def test_a_departure_is_told_with_when_it_began(desk: Desk) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=4)
    desk.departure_of(case_id, timedelta(hours=1))

    desk.tell()

    assert desk.texts()[-1][0] == "told_departure"
    assert desk.texts()[-1][1]["starts"] == (desk.clock.now - timedelta(hours=1)).isoformat()


def test_nobody_is_told_twice_of_the_same(desk: Desk) -> None:
    desk.doubt()

    assert [desk.tell(), desk.tell()] == [1, 0]


def test_another_fact_is_told_too_and_takes_nothing_from_the_time_of_the_first(desk: Desk) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=4)
    desk.departure_of(case_id, timedelta(hours=1))
    desk.tell()
    first = desk.clock.now
    desk.clock.pass_by(hours=3)

    desk.check_of(case_id, "failed", timedelta(hours=1))
    desk.tell()

    left, failed = facts_of(desk.alert_of(case_id))
    assert (left.told_at, left.answer_by) == (first, first + timedelta(hours=24))
    assert (failed.told_at, failed.answer_by) == (desk.clock.now, desk.clock.now + timedelta(hours=24))
    assert [template for template, _ in desk.texts()[-2:]] == ["told_departure", "told_failed"]


def test_two_facts_of_which_nobody_was_told_are_told_in_a_text_each(desk: Desk) -> None:
    desk.doubt()

    desk.tell()

    assert sorted(template for template, _ in desk.texts()[-2:]) == ["told_departure", "told_missed"]


def test_at_night_nobody_is_told_and_in_the_morning_everybody(desk: Desk) -> None:
    case_id = desk.admit()
    desk.at(22, 30)
    desk.check_of(case_id, "missed", timedelta(hours=2))

    at_night = desk.tell()
    desk.at(8)

    assert (at_night, desk.tell()) == (0, 1)


def test_who_cannot_read_texts_is_told_once_they_heard_it(desk: Desk) -> None:
    case_id = desk.admit(means="call")
    desk.clock.pass_by(hours=4)
    desk.check_of(case_id, "missed", means="call")

    assert [desk.tell(), desk.tell()] == [1, 0]

    (notice,) = desk.rows(SpokenNotice)
    assert (notice.template, notice.alert_id) == ("told_unreached", desk.alert_of(case_id).id)
    assert desk.texts() == [] and desk.alert_of(case_id).told_at is None


def test_what_asks_for_help_is_no_doubt_to_be_told(desk: Desk) -> None:
    case_id = desk.admit()
    desk.says(case_id, "sos")

    assert desk.tell() == 0
