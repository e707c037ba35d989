"""Where clocks change, at midnight and in quiet hours: nobody is asked at night, twice at once, or after the end.

Days of 23, 25, 23.5 and 24.5 hours, a day that has no midnight, and a zone of quarter hours.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from codes.regime import Regime, read_regime
from codes.regimes import activate, preset
from monitoring.checks.planning import scheduled_times
from monitoring.checks.schedule import asking_day
from monitoring.departures.silence import waking
from monitoring.duty.telling import tell_doubts
from monitoring.patients.leaving import end_in_time
from monitoring.quiet import after_quiet, is_quiet, next_quiet
from store import Store, Work
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.messages import OutboxMessage
from tests.clock import Clock
from tests.monitoring.checks.ward import PUBLIC_URL, Ward

CHANGES = [
    ("Europe/Athens", date(2026, 3, 29), 23.0),
    ("Europe/Athens", date(2026, 10, 25), 25.0),
    ("America/New_York", date(2026, 3, 8), 23.0),
    ("America/New_York", date(2026, 11, 1), 25.0),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
    ("Africa/Cairo", date(2026, 4, 24), 23.0),
    ("Africa/Cairo", date(2026, 10, 29), 25.0),
    ("Asia/Kathmandu", date(2026, 6, 3), 24.0),
]
"""The zone, the day, and its hours. Cairo's day in spring begins at one."""
ORDER = preset("tatarstan-2020")
MANY = "\n[isolation]\nchecks_a_day = 4\n"
STEP = timedelta(minutes=10)
PATIENTS = 6
changes = pytest.mark.parametrize(("zone", "day", "hours"), CHANGES, ids=lambda one: str(one))


def order(zone: str) -> str:
    return ORDER.replace('"Europe/Moscow"', f'"{zone}"') + MANY


def around(regime: Regime, day: date, step: timedelta) -> Iterator[datetime]:
    """Every moment from the eve of a day to the end of the day after it."""
    moment = datetime.combine(day - timedelta(days=1), time(0), regime.zone).astimezone(UTC)
    until = datetime.combine(day + timedelta(days=2), time(0), regime.zone).astimezone(UTC)
    while moment < until:
        yield moment
        moment += step


@changes
def test_every_moment_is_quiet_or_not_as_the_clock_on_the_wall_says(zone: str, day: date, hours: float) -> None:
    regime = read_regime(order(zone))
    isolation = regime.isolation

    for moment in around(regime, day, timedelta(minutes=7)):
        wall, (begins, ends) = moment.astimezone(regime.zone).time(), next_quiet(regime, moment)

        quiet = wall >= isolation.quiet_from or wall < isolation.quiet_until
        assert is_quiet(regime, moment) == quiet == (begins <= moment < ends)
        assert moment < ends and not is_quiet(regime, after_quiet(regime, moment))
        assert not is_quiet(regime, ends) and is_quiet(regime, begins)

    starts, end = (datetime.combine(one, time(0), ZoneInfo(zone)).astimezone(UTC) for one in (day, day + _A_DAY))
    assert (end - starts) / timedelta(hours=1) == hours
    assert waking(regime, starts, end) == timedelta(hours=14)


_A_DAY = timedelta(days=1)


@changes
def test_the_windows_of_one_patient_never_meet_nor_reach_into_the_night(zone: str, day: date, hours: float) -> None:
    regime = read_regime(order(zone))
    window, seeds = timedelta(minutes=regime.isolation.window_minutes), [bytes([n]) * 16 for n in range(200)]
    days = [asking_day(regime, day + timedelta(days=count)) for count in (-1, 0, 1)]

    for seed in seeds:
        times = [one for asking in days for one in asking.times(seed)]
        assert times == [one for asking in days for one in asking.times(seed)]
        assert all(later - earlier > window for earlier, later in pairwise(times))
        assert not any(is_quiet(regime, one) or next_quiet(regime, one)[0] < one + window for one in times)
    assert hours and {len(one.times(seed)) for one in days for seed in seeds} == {1, 2, 3, 4}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("zone", "day", "hours"), [CHANGES[0], CHANGES[4], CHANGES[6], CHANGES[7]], ids=str)
def test_days_of_silence_end_in_time_and_are_told_by_day(
    store: Store, clock: Clock, zone: str, day: date, hours: float
) -> None:
    """Nobody answers, so that every step of the ladder, every alert and every text is there."""
    regime = read_regime(order(zone))
    moments = list(around(regime, day, STEP))
    clock.now = moments[0]
    with store.work() as work:
        activate(work, order(zone), work.now - timedelta(days=1), "tests")
    ward = Ward(store, clock)
    cases = [ward.admit(f"+7999000000{number}") for number in range(PATIENTS)]
    ends = datetime.combine(day + _A_DAY, time(0), regime.zone).astimezone(UTC)  # midnight after the changed day
    ward.change_case(cases[0], ends_at=ends)

    for moment in moments:
        clock.now = moment
        ward.plan()
        ward.work_on()
        tell_doubts(store, PUBLIC_URL)
        end_in_time(store)
        with store.work() as work:
            _hand_over(work)

    checks = ward.rows(PresenceCheck)
    _are_fair(ward, regime, [one for one in checks if one.asked_at is not None])
    with store.reading() as work:
        for case_id in cases:
            case = ward.case(case_id)
            planned = {one.planned_at for one in checks if one.case_id == case_id}
            reckoned = {one for count in (-1, 0, 1) for one in scheduled_times(work, case, day + count * _A_DAY)}
            assert planned <= reckoned and hours
    assert ward.case(cases[0]).closed_at is not None
    assert all(one.window_ends_at <= ends for one in checks if one.case_id == cases[0] and one.asked_at)


def _hand_over(work: Work) -> None:
    message = table(OutboxMessage)
    due = update(message).where(message.c.state == "created", message.c.due_at <= work.now)
    work.run(due, state="sent", sent_at=work.now, due_at=None)


def _are_fair(ward: Ward, regime: Regime, asked: list[Any]) -> None:
    by_case: dict[str, list[Any]] = {}
    for row in asked:
        by_case.setdefault(row.case_id, []).append(row)
    assert len(asked) > 2 * PATIENTS
    for rows in by_case.values():
        spans = sorted((one.asked_at, one.window_ends_at) for one in rows)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))
        assert not any(is_quiet(regime, begins) or next_quiet(regime, begins)[0] < ends for begins, ends in spans)
    sent = [one.sent_at for one in ward.rows(OutboxMessage) if one.sent_at is not None]
    assert sent and not any(is_quiet(regime, one) for one in sent)
    told = [one for one in ward.rows(Alert) if one.told_at is not None]
    assert told and all(one.answer_by - one.told_at == timedelta(hours=24) for one in told)
