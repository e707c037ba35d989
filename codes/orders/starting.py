"""When an order is to begin, as somebody typed it by the order's own clock."""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class NoStart(StrEnum):
    """Why there is no such moment."""

    DAY = "day"  # no date
    CLOCK = "clock"  # no time of day
    GAP = "gap"  # clocks are put forward over it


def read_start(day: str, clock: str, zone: ZoneInfo) -> datetime | NoStart:
    """The moment of ``2027-03-01`` and ``07:30``, aware; of an hour that comes twice, the first."""
    try:
        on = date.fromisoformat(day.strip())
    except ValueError:
        return NoStart.DAY
    try:
        at = time.fromisoformat(clock.strip())
    except ValueError:
        return NoStart.CLOCK
    if at.tzinfo is not None or at.second or at.microsecond:
        return NoStart.CLOCK
    try:
        moment = datetime.combine(on, at, zone)
        there = moment.astimezone(UTC).astimezone(zone)
    except (OverflowError, ValueError):
        return NoStart.DAY
    return moment if there.replace(tzinfo=None) == moment.replace(tzinfo=None) else NoStart.GAP
