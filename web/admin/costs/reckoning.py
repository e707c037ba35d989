"""A month of texts added up: by day, by template, so far, and by its end."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from codes.counts.costing import Direction, Spent

LIKE = 7
"""Full days before today that say how the rest of the month will be."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Texts and their segments."""

    texts: int = 0
    segments: int = 0

    def plus(self, one: Spent) -> "Sum":
        """With some more."""
        return Sum(self.texts + one.texts, self.segments + one.segments)


@dataclass(frozen=True, slots=True)
class Month:
    """`by_day` has every day so far, also those without a text."""

    by_day: dict[date, dict[Direction, Sum]]
    by_template: dict[tuple[Direction, str], Sum]
    whole: Sum
    projected: Decimal | None
    """Segments by the month's end; None for a month that is over, and on its first day."""


def days_of(first: date, today: date) -> list[date]:
    """The days of the month that begins at `first`, up to today; none of one that is to come."""
    last = min(today, first.replace(day=monthrange(first.year, first.month)[1]))
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def add_up(lines: Iterable[Spent], days: Sequence[date], today: date) -> Month:
    """The month of these days."""
    by_day = {day: {direction: Sum() for direction in Direction} for day in days}
    by_template: dict[tuple[Direction, str], Sum] = {}
    whole = Sum()
    for one in lines:
        by_day[one.day][one.direction] = by_day[one.day][one.direction].plus(one)
        key = (one.direction, one.template)
        by_template[key] = by_template.get(key, Sum()).plus(one)
        whole = whole.plus(one)
    dearest = dict(sorted(by_template.items(), key=lambda pair: (-pair[1].segments, pair[0])))
    return Month(by_day, dearest, whole, _projected(by_day, today))


def _projected(by_day: dict[date, dict[Direction, Sum]], today: date) -> Decimal | None:
    """Full days as they were; the days to come, and today at least, like the last full ones."""
    each = {day: sum(one.segments for one in kinds.values()) for day, kinds in by_day.items()}
    full = [segments for day, segments in each.items() if day < today]
    if today not in by_day or not full:
        return None
    alike = full[-LIKE:]
    mean = Decimal(sum(alike)) / len(alike)
    to_come = monthrange(today.year, today.month)[1] - len(each)
    return sum(full) + max(mean, Decimal(each[today])) + mean * to_come
