"""The schedule by itself: within the rules, unpredictable without the seed, the same whenever it is reckoned."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.regime import Regime, read_regime
from codes.regime_isolation import Isolation
from codes.regimes import preset
from monitoring.checks.schedule import asking_day
from monitoring.quiet import is_quiet

KAZAN = read_regime(preset("tatarstan-2020"))
DAY = date(2026, 6, 3)
SEED = bytes(range(16))
isolations = st.builds(
    Isolation,
    checks_a_day=st.integers(0, 4),
    gap_minutes=st.integers(120, 720),
    window_minutes=st.integers(15, 60),
    quiet_from=st.times(time(12, 1), time(22)).map(lambda one: one.replace(second=0, microsecond=0)),
    quiet_until=st.times(time(8), time(12)).map(lambda one: one.replace(second=0, microsecond=0)),
)
zones = st.sampled_from(["Europe/Moscow", "Europe/Athens", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"])


def order(isolation: Isolation, zone: str = "Europe/Moscow") -> Regime:
    return elsewhere(zone).model_copy(update={"isolation": isolation})


@cache
def elsewhere(zone: str) -> Regime:
    """The same order by another clock."""
    return read_regime(preset("tatarstan-2020").replace('"Europe/Moscow"', f'"{zone}"'))


@given(isolations, zones, st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.binary(min_size=16, max_size=16))
def test_every_check_lies_by_day_with_its_window_and_apart_from_the_others(
    isolation: Isolation, zone: str, day: date, seed: bytes
) -> None:
    regime = order(isolation, zone)

    times = asking_day(regime, day).times(seed)
    before = asking_day(regime, day - timedelta(days=1)).times(seed)

    window, gap = timedelta(minutes=isolation.window_minutes), timedelta(minutes=isolation.gap_minutes)
    assert len(times) <= isolation.checks_a_day
    for one in times:
        assert one.astimezone(regime.zone).date() == day
        assert not is_quiet(regime, one) and not is_quiet(regime, one + window - timedelta(seconds=1))
    every = (*before[-1:], *times)
    assert all(later - earlier >= gap for earlier, later in pairwise(every))


@given(st.binary(min_size=16, max_size=16), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_same_seed_and_day_are_the_same_schedule(seed: bytes, day: date) -> None:
    assert asking_day(KAZAN, day).times(seed) == asking_day(KAZAN, day).times(seed)


def test_it_is_reckoned_as_it_is_written_down() -> None:
    """Whoever audits may reckon by their own program: this is what it must find."""
    times = [one.isoformat() for day in (4, 8) for one in asking_day(KAZAN, date(2026, 6, day)).times(SEED)]

    # 2026-06-04: HMAC-SHA256 is 034bd3ba 182b772b4e26d6 ...; of 13 h from 08:00 in Kazan, 0x182b772b4e26d6 / 2 ** 56.
    assert times == ["2026-06-04T06:13:38+00:00", "2026-06-08T10:06:53+00:00", "2026-06-08T17:08:10+00:00"]


def test_neither_the_days_before_nor_another_seed_tell_anything() -> None:
    days = [asking_day(KAZAN, DAY + timedelta(days=count)) for count in range(200)]
    one, other = bytes(16), bytes(15) + b"\1"

    counts = Counter(len(day.times(one)) for day in days)
    hours = [day.times(one)[0].hour for day in days]
    same_day = sum(day.times(one) == day.times(other) for day in days)
    following = sum(earlier == later for earlier, later in pairwise(hours))

    assert set(counts) == {1, 2} and min(counts.values()) > 60  # the first check does not tell that it was the last
    assert same_day == 0 and following < 40


def test_the_load_of_many_patients_is_spread_over_the_day() -> None:
    chance, day = Random(7), asking_day(KAZAN, DAY)

    minutes = Counter(
        int((one - day.begins).total_seconds()) // 60 for _ in range(20_000) for one in day.times(chance.randbytes(16))
    )

    whole = day.seconds // 60
    mean = sum(minutes.values()) / whole
    quarters = [sum(minutes[start + n] for n in range(15)) / 15 for start in range(0, whole, 15)]
    assert len(minutes) >= whole
    assert max(quarters) < 1.5 * mean and max(minutes.values()) < 2.5 * mean


@pytest.mark.parametrize(("day", "offset"), [(date(2026, 3, 29), 3), (date(2026, 10, 25), 2)])
def test_where_clocks_change_the_hours_are_those_of_that_day(day: date, offset: int) -> None:
    regime = order(KAZAN.isolation, "Europe/Athens")

    found = asking_day(regime, day)

    assert found.begins == datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo("Europe/Athens"))
    assert found.begins.astimezone(UTC).hour == 8 - offset
    assert found.seconds == 13 * 3600


def test_an_order_may_ask_nobody_and_nobody_is_asked_without_a_seed() -> None:
    assert asking_day(order(Isolation(checks_a_day=0)), DAY).times(SEED) == ()
    assert asking_day(KAZAN, DAY).times(b"") == ()
    short = Isolation(quiet_until=time(12), quiet_from=time(12, 1))
    assert asking_day(order(short), DAY).times(SEED) == ()
