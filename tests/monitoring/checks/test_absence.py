"""A worker that was away, and a clock that jumps: nobody misses anything by them."""

from monitoring.checks.noticing import beat
from tests.monitoring.checks.ward import Ward


def test_who_was_asked_before_the_worker_went_away_missed_nothing_when_it_is_back(ward: Ward) -> None:
    check_id = ward.asked()
    with ward.store.work() as work:
        beat(work)
    ward.clock.pass_by(hours=2)

    ward.work_on()  # before anybody noted that we were away

    assert ward.check(check_id).state == "asked" and ward.alerts() == []
    with ward.store.work() as work:
        assert beat(work)
    ward.clock.pass_by(seconds=31)
    ward.work_on()
    assert ward.check(check_id).outcome == "outage"


def test_a_clock_that_goes_back_an_hour_makes_nobody_miss_anything(ward: Ward) -> None:
    check_id = ward.asked()
    with ward.store.work() as work:
        beat(work)
    ward.clock.pass_by(minutes=10)
    ward.clock.pass_by(hours=-1)

    with ward.store.work() as work:
        assert beat(work) is None
    ward.work_on()

    assert ward.check(check_id).state == "asked" and ward.alerts() == []
