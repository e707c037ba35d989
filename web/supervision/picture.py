"""The day as a small picture: bars a quarter of an hour, in units of its own; words and numbers stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from codes.desk.team import QUARTER, Quarter

HIGH = 100
"""Units from the foot to the highest bar."""
_LEAST = timedelta(hours=4)
_GAP = 0.15


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar; `kind` is its colour."""

    kind: str
    left: float
    top: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Two charts over the same hours."""

    quarters: int
    """How wide it is."""
    hours: tuple[datetime, ...]
    """Below it: where it begins, its middle, where it ends."""
    calls: tuple[Bar, ...]
    waits: tuple[Bar, ...]
    most: int
    longest: timedelta


def picture(quarters: Sequence[Quarter], zone: ZoneInfo) -> Picture | None:
    """Whole hours of the local day, four at least; None before the first call."""
    if not quarters:
        return None
    first = quarters[0].begins_at.astimezone(zone).replace(minute=0)
    spans = -(-(quarters[-1].begins_at + QUARTER - first) // timedelta(hours=1)) * timedelta(hours=1)
    whole = max(spans + spans % timedelta(hours=2), _LEAST)
    most = max(one.reached + one.lost + one.waiting for one in quarters)
    longest = max(one.longest for one in quarters)
    calls, waits = [], []
    for one in quarters:
        place = (one.begins_at - first) // QUARTER
        calls += _stacked(place, (("reached", one.reached), ("waiting", one.waiting), ("lost", one.lost)), most)
        waits += _stacked(place, (("wait", one.longest.total_seconds()),), longest.total_seconds())
    hours = (first, first + whole / 2, first + whole)
    return Picture(whole // QUARTER, hours, tuple(calls), tuple(waits), most, longest)


def _stacked(place: int, parts: Sequence[tuple[str, float]], most: float) -> list[Bar]:
    """One above the other, from the foot up."""
    bars, top = [], float(HIGH)
    for kind, count in parts:
        if count and most:
            high = round(HIGH * count / most, 2)
            top = round(top - high, 2)
            bars.append(Bar(kind, place + _GAP / 2, top, 1 - _GAP, high))
    return bars
