"""A worker that was away, and a clock that jumps: nobody misses anything by them."""

from datetime import timedelta

from monitoring.checks.noticing import beat, beat_web, doubt_clock, watch_web
from monitoring.outages import begin_outage, outage_now
from store.checks import PresenceCheck
from store.patients import Outage, Pulse
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


def noticed(ward: Ward) -> bool:
    """What the worker does every 20 seconds, and the web each minute; whether an outage goes on then."""
    with ward.store.work() as work:
        doubt_clock(work)
        beat(work)
        beat_web(work)
        watch_web(work)
    with ward.store.reading() as work:
        return outage_now(work) is not None


def test_a_day_that_the_clock_jumped_ahead_and_back_is_no_outage_for_long(ward: Ward) -> None:
    case_id = ward.admit()
    noticed(ward)
    ward.clock.pass_by(days=1)
    noticed(ward)
    with ward.store.work() as work:
        begin_outage(work, "carrier", work.now, "service", note="texts are lost")
    ward.plan()
    ward.clock.pass_by(days=-1, seconds=20)

    noticed(ward)
    ward.clock.pass_by(seconds=20)

    assert not noticed(ward)
    (away,) = ward.rows(Outage)
    assert away.ends_at < ward.clock.now + timedelta(seconds=1)
    assert max(row.beaten_at for row in ward.rows(Pulse)) == ward.clock.now
    ward.challenge(case_id)
    ward.work_on()
    assert ward.templates() == ["check_due"]


def test_whoever_was_planned_while_the_clock_was_ahead_is_asked_today_too(ward: Ward) -> None:
    ward.admit()
    ward.clock.pass_by(days=1)
    ward.plan()
    tomorrow = {row.planned_at for row in ward.rows(PresenceCheck)}
    ward.clock.pass_by(days=-1)

    ward.plan()

    today = {row.planned_at for row in ward.rows(PresenceCheck)} - tomorrow
    assert today and max(today) < ward.clock.now + timedelta(hours=6)
    assert ward.plan() == 0


def test_what_an_officer_noted_ahead_stays(ward: Ward) -> None:
    with ward.store.work() as work:
        begin_outage(work, "power", work.now + timedelta(hours=1), "staff:dora", work.now + timedelta(hours=3))

    noticed(ward)

    assert len(ward.rows(Outage)) == 1


def watched(ward: Ward, *, alive: bool) -> bool:
    """A minute goes by, in which the web says that it answers, or does not; whether an outage goes on."""
    ward.clock.pass_by(seconds=59)
    with ward.store.work() as work:
        if alive:
            beat_web(work)
        watch_web(work)
    ward.clock.pass_by(seconds=1)
    with ward.store.reading() as work:
        return outage_now(work) is not None


def test_while_the_web_does_not_answer_no_link_opens_and_nobody_misses_anything(ward: Ward) -> None:
    assert [watched(ward, alive=one) for one in (False, True, True)] == [False] * 3
    check_id = ward.asked()

    assert [watched(ward, alive=False) for _ in range(5)] == [False] * 3 + [True] * 2
    assert not watched(ward, alive=True)
    (outage,) = ward.rows(Outage)
    assert outage.ends_at - outage.starts_at == timedelta(minutes=6)
    ward.wait(minutes=60)
    assert ward.check(check_id).outcome == "outage"


def test_several_processes_of_the_web_have_one_pulse(ward: Ward) -> None:
    for _ in range(3):
        with ward.store.work() as work:
            beat_web(work)

    assert not watched(ward, alive=False)
