"""The time to answer runs for each fact by itself: nothing new puts off the older, or counts early."""

from datetime import timedelta

from monitoring.duty.deciding import WhyNot
from tests.monitoring.duty.desk import Desk


def test_a_new_fact_keeps_nobody_from_deciding_on_those_whose_time_is_over(desk: Desk) -> None:
    alert_id = desk.ripe()
    desk.check_of(desk.alert(alert_id).case_id, "failed", timedelta(hours=1))
    desk.tell()

    assert desk.decides(alert_id) == ()


def test_a_new_fact_is_held_against_nobody_before_its_own_time_is_over(desk: Desk) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=5)
    desk.departure_of(case_id, timedelta(hours=4))
    desk.tell()
    desk.clock.pass_by(hours=22)
    desk.check_of(case_id, "missed", timedelta(hours=2))
    desk.tell()
    desk.clock.pass_by(hours=3)

    alert_id = desk.alert_of(case_id).id
    after_the_first = desk.decides(alert_id)
    desk.at(16)
    desk.clock.pass_by(hours=1)

    assert after_the_first == (WhyNot.WAITING,)
    assert desk.decides(alert_id) == ()
