"""Before enrolment: two reminders by day, then a person; never a miss."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from monitoring.checks.enrolling import remind_to_enrol
from store.cases import Consent
from store.checks import PresenceCheck
from store.messages import OutboxMessage
from store.patients import PatientLink
from tests.monitoring.checks.ward import PUBLIC_URL, Ward

MORNING = datetime(2026, 6, 3, 6, 0, tzinfo=UTC)  # nine in Kazan


def hours_pass(ward: Ward, hours: int) -> list[int]:
    """After how many hours the patient was texted."""
    texted = []
    for hour in range(1, hours + 1):
        ward.clock.pass_by(hours=1)
        before = len(ward.texts())
        for _ in range(2):
            remind_to_enrol(ward.store, PUBLIC_URL)
        texted += [hour] * (len(ward.texts()) - before)
    return texted


def test_who_opens_nothing_is_reminded_twice_and_then_a_person_looks_once(ward: Ward) -> None:
    ward.clock.now = MORNING
    ward.admit(enrolled=False)

    assert hours_pass(ward, 12) == [12]
    assert ward.alerts() == []
    assert hours_pass(ward, 36) == [11]  # 20 hours after the opening are in the night
    assert ward.alerts() == [("not_enrolled", None)]

    ward.plan()
    assert ward.rows(PresenceCheck) == []


def test_a_reminder_brings_a_link_to_the_page_and_says_until_when(ward: Ward) -> None:
    ward.clock.now = MORNING
    case = ward.case(ward.admit(enrolled=False))
    hours_pass(ward, 12)

    ((template, fields),) = ward.texts()
    (link,) = ward.rows(PatientLink)
    assert template == "enrol_reminder" and case.enrol_by is not None
    assert fields["until"] == case.enrol_by.isoformat()
    assert (link.scope, link.ends_at) == ("page", case.ends_at)
    (text,) = ward.rows(OutboxMessage)
    assert text.not_after == datetime(2026, 6, 3, 19, 0, tzinfo=UTC)


def test_nothing_is_written_while_nothing_is_due(ward: Ward) -> None:
    ward.clock.now = MORNING
    ward.admit(enrolled=False)

    done = []
    for hours in (11, 1, 1):
        ward.clock.pass_by(hours=hours)
        done.append(remind_to_enrol(ward.store, PUBLIC_URL))

    assert done == [0, 1, 0]


def test_who_enrolled_hears_nothing_more(ward: Ward) -> None:
    case_id = ward.admit(enrolled=False)
    ward.change_case(case_id, enrolled_at=ward.clock.now)

    assert hours_pass(ward, 48) == [] and ward.alerts() == []


def test_who_did_not_agree_is_asked_nothing(ward: Ward) -> None:
    ward.admit(enrolled=False)
    with ward.store.work() as work:
        work.run(update(Consent), withdrawn_at=work.now)

    assert hours_pass(ward, 48) == [] and ward.alerts() == []


@pytest.mark.parametrize("means", ["call", "visit"])
def test_who_is_called_or_visited_has_nothing_to_open(ward: Ward, means: str) -> None:
    case_id = ward.admit(means=means, enrolled=False)

    remind_to_enrol(ward.store, PUBLIC_URL)

    assert ward.case(case_id).enrolled_at == ward.clock.now
    assert hours_pass(ward, 48) == []


def test_a_longer_time_to_enrol_is_reminded_of_anew(ward: Ward) -> None:
    ward.clock.now = MORNING
    case_id = ward.admit(enrolled=False)
    hours_pass(ward, 25)
    ward.change_case(case_id, enrol_by=ward.clock.now + timedelta(hours=24))

    assert hours_pass(ward, 23) == [22]  # both moments lie in the night: once is enough
