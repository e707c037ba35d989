"""When an order is to begin, by its own clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from codes.orders.starting import NoStart, read_start

LONDON = ZoneInfo("Europe/London")


def test_a_day_and_a_time_are_a_moment_there() -> None:
    moment = read_start(" 2027-06-01", "07:30 ", LONDON)

    assert isinstance(moment, datetime) and moment.astimezone(UTC) == datetime(2027, 6, 1, 6, 30, tzinfo=UTC)


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    moment = read_start("2027-10-31", "01:30", LONDON)

    assert isinstance(moment, datetime) and moment.astimezone(UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "why"),
    [
        ("2027-03-28", "01:30", NoStart.GAP),
        ("2027-02-30", "01:30", NoStart.DAY),
        ("01.03.2027", "01:30", NoStart.DAY),
        ("", "01:30", NoStart.DAY),
        ("2027-03-01", "", NoStart.CLOCK),
        ("2027-03-01", "25:00", NoStart.CLOCK),
        ("2027-03-01", "10:00:30", NoStart.CLOCK),
        ("2027-03-01", "10:00+03:00", NoStart.CLOCK),
    ],
)
def test_what_is_no_moment_is_told_apart(day: str, clock: str, why: NoStart) -> None:
    assert read_start(day, clock, LONDON) is why
