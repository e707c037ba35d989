"""What proves nothing is no miss: texts that never arrived, outages noticed in time, later, or by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from monitoring.alerts import Fact, raise_alert
from monitoring.checks.noticing import beat
from monitoring.outages import begin_outage, end_outage
from store.audit import AuditEntry
from store.duty import Alert
from store.messages import OutboxMessage
from store.outbox import send
from store.patients import Outage
from store.phones import ensure_phone
from tests.monitoring.checks.ward import Ward

OFFICER = "staff:duty"


def missed(ward: Ward) -> str:
    """A check that was missed just now."""
    check_id = ward.asked()
    ward.wait(minutes=60)
    assert ward.check(check_id).state == "missed"
    return check_id


def test_a_check_whose_text_never_arrived_is_no_miss_and_the_patient_is_told(ward: Ward) -> None:
    check_id = ward.asked()
    ward.carrier_says("undelivered")

    ward.wait(minutes=60)

    assert ward.check(check_id).outcome == "not_delivered"
    assert ward.templates()[-1] == "check_excused" and ward.alerts() == []


def test_a_patient_who_can_not_be_reached_twice_is_looked_after(ward: Ward) -> None:
    first = ward.asked()
    ward.carrier_says("undelivered")
    ward.wait(minutes=60)
    ward.clock.pass_by(hours=3)

    ward.challenge(ward.check(first).case_id)
    ward.work_on()
    ward.carrier_says("undelivered")
    ward.wait(minutes=60)

    assert ward.alerts() == [("no_contact", None)]


def test_a_text_that_came_when_half_the_time_was_over_is_no_miss(ward: Ward) -> None:
    check_id = ward.asked()
    ward.clock.pass_by(minutes=31)
    with ward.store.work() as work:
        work.run(update(OutboxMessage), state="delivered", sent_at=work.now, settled_at=work.now)

    ward.wait(minutes=29)

    assert ward.check(check_id).outcome == "not_delivered"


def test_a_text_that_was_lost_and_came_with_the_second_try_counts(ward: Ward) -> None:
    check_id = ward.asked()
    ward.carrier_says("undelivered")
    with ward.store.work() as work:
        again = send(work, ensure_phone(work, "+79990000001"), "check_due", "ru", {})
        arrived = {"state": "delivered", "sent_at": work.now, "due_at": None}
        mine = update(OutboxMessage).where(col(OutboxMessage.id) == again)
        work.run(mine, follows=ward.check(check_id).message_id, **arrived)

    ward.wait(minutes=60)

    assert ward.check(check_id).state == "missed"


def test_a_miss_of_which_we_learn_later_that_nothing_arrived_is_excused_with_its_alert(ward: Ward) -> None:
    check_id = missed(ward)
    ward.carrier_says("undelivered")

    assert ward.excuse() == 1

    assert ward.check(check_id).outcome == "not_delivered"
    assert ward.alerts() == [("missed", "excused")]
    assert ward.excuse() == 0 and ward.templates().count("check_excused") == 1


@pytest.mark.parametrize("starts_before_min", [-10, 30, 59])
def test_a_miss_in_an_outage_is_excused(ward: Ward, starts_before_min: int) -> None:
    check_id = ward.asked()
    begins = ward.clock.now + timedelta(minutes=starts_before_min)
    with ward.store.work() as work:
        begin_outage(work, "power", begins, OFFICER, begins + timedelta(minutes=30))

    ward.wait(minutes=60)

    assert (ward.check(check_id).outcome, ward.alerts()) == ("outage", [])


def test_an_outage_noted_afterwards_excuses_what_was_missed_and_settles_the_alert(ward: Ward) -> None:
    check_id = missed(ward)
    outside = ward.asked("+79990000002")
    ward.wait(minutes=60)
    assert ward.check(outside).state == "missed"
    with ward.store.work() as work:
        begins = work.now - timedelta(minutes=100)
        begin_outage(work, "carrier", begins, OFFICER, begins + timedelta(minutes=20))

    assert ward.excuse() == 1

    assert (ward.check(check_id).state, ward.check(outside).state) == ("excused", "missed")
    assert sorted(ward.alerts(), key=str) == [("missed", "excused"), ("missed", None)]
    assert ward.rows(Outage)[0].settled_at is not None
    assert "alert.excused" in [one.action for one in ward.rows(AuditEntry)]


def test_a_longer_outage_excuses_more(ward: Ward) -> None:
    with ward.store.work() as work:
        begins = work.now - timedelta(minutes=30)
        outage_id = begin_outage(work, "power", begins, OFFICER, work.now - timedelta(minutes=1))
    missed(ward)
    assert ward.excuse() == 0

    with ward.store.work() as work:
        assert end_outage(work, outage_id, work.now, OFFICER)

    assert ward.excuse() == 1


def test_an_alert_that_rests_on_more_stays_for_a_person(ward: Ward) -> None:
    check_id = missed(ward)
    with ward.store.work() as work:
        raise_alert(work, ward.case(ward.check(check_id).case_id), "departure", [Fact("departure", "d1")])
        begin_outage(work, "ours", work.now - timedelta(minutes=10), OFFICER, work.now)

    ward.excuse()

    assert ward.check(check_id).state == "excused"
    assert ward.alerts() == [("missed", None)]


def test_what_a_person_decided_is_not_decided_anew(ward: Ward) -> None:
    missed(ward)
    with ward.store.work() as work:
        work.run(update(Alert), decision="warn", decided_at=work.now, decided_by=OFFICER)
        begin_outage(work, "ours", work.now - timedelta(minutes=10), OFFICER, work.now)

    assert ward.excuse() == 1

    assert ward.alerts() == [("missed", "warn")]


def test_an_outage_must_end_after_it_starts(ward: Ward) -> None:
    with ward.store.work() as work:
        with pytest.raises(ValueError, match="after it starts"):
            begin_outage(work, "power", work.now, OFFICER, work.now)
        assert not end_outage(work, "nowhere", work.now, OFFICER)


def test_our_own_absence_is_noticed_when_we_are_back(ward: Ward) -> None:
    beats = []
    for minutes in (0, 2, 2, 20, 2):
        ward.clock.pass_by(minutes=minutes)
        with ward.store.work() as work:
            beats.append(beat(work))

    (outage,) = ward.rows(Outage)
    assert [one is not None for one in beats] == [False, False, False, True, False]
    assert (outage.kind, outage.raised_by) == ("ours", "service")
    assert outage.ends_at - outage.starts_at == timedelta(minutes=20)
