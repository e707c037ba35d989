"""What was counted, added up: of an hour, a day, a month. Reads the counted hours alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from codes.counts.counting import Figure
from codes.counts.figures import Span, percentile
from store import Work
from store.figures import CountedHour, HourFigure

_BEGINS: Any = col(HourFigure.begins_at)


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of a span."""

    span: Span
    counts: Mapping[Figure, Mapping[str, int]]
    amounts: Mapping[Figure, Mapping[str, int]]

    def of(self, figure: Figure) -> Counter[str]:
        """By part."""
        return Counter(self.counts.get(figure, {}))

    def total(self, figure: Figure) -> int:
        """Of all parts."""
        return self.of(figure).total()

    def amount(self, figure: Figure) -> int:
        """What goes with it, of all parts: segments."""
        return sum(self.amounts.get(figure, {}).values())

    def by(self, figure: Figure, place: int) -> Counter[str]:
        """By one piece of the parts: `place` 0 is what stands before the first slash, -1 behind the last."""
        found = Counter[str]()
        for part, count in self.of(figure).items():
            found[part.split("/")[place]] += count
        return found

    def by_purpose(self) -> Counter[str]:
        """Passes by version of the order and purpose: ``3/8``."""
        found = Counter[str]()
        for part, count in self.of(Figure.PASSES).items():
            found[part.rpartition("/")[0]] += count
        return found

    def time(self, figure: Figure, share: float) -> int | None:
        """The time within which this share (0 to 1) was answered or reached, as rounded when it was counted."""
        return percentile(Counter({int(part): count for part, count in self.of(figure).items()}), share)


def tally(work: Work, span: Span) -> Tally:
    """The sum of the hours that begin in the span."""
    figure, part = col(HourFigure.figure), col(HourFigure.part)
    numbers = func.sum(col(HourFigure.count)).label("times"), func.sum(col(HourFigure.amount)).label("amount")
    summed = select(figure, part, *numbers).where(span.start <= _BEGINS, span.end > _BEGINS)
    return _tally(span, work.rows(summed.where(figure != str(Figure.WAITING)).group_by(figure, part)))


def hours(work: Work, span: Span) -> list[Tally]:
    """Each counted hour that begins in the span, also those in which nothing was."""
    begins_at = col(CountedHour.begins_at)
    counted = select(begins_at, col(CountedHour.ends_at)).where(begins_at >= span.start, begins_at < span.end)
    columns = [col(getattr(HourFigure, name)) for name in ("figure", "part", "amount")]
    rows = work.rows(
        select(_BEGINS, col(HourFigure.count).label("times"), *columns).where(span.start <= _BEGINS, span.end > _BEGINS)
    )
    of: dict[datetime, list[Any]] = {}
    for row in rows:
        of.setdefault(row.begins_at, []).append(row)
    found = work.rows(counted.order_by(begins_at))
    return [_tally(Span(one.begins_at, one.ends_at), of.get(one.begins_at, ())) for one in found]


def counted_until(work: Work, span: Span) -> datetime | None:
    """As of when the last hour of the span was counted; its end where that is past. None where no hour was."""
    begins_at = col(CountedHour.begins_at)
    columns = col(CountedHour.counted_at), col(CountedHour.ends_at)
    mine = select(*columns).where(begins_at >= span.start, begins_at < span.end)
    row = work.row(mine.order_by(begins_at.desc()).limit(1))
    return min(row.counted_at, row.ends_at) if row else None


def waiting_at_end(work: Work, span: Span) -> tuple[int, timedelta]:
    """Applications that waited for a person when the last counted hour of the span ended, and since when the oldest."""
    begins_at = col(CountedHour.begins_at)
    last = select(func.max(begins_at)).where(begins_at >= span.start, begins_at < span.end).scalar_subquery()
    times: Any = col(HourFigure.count).label("times")
    mine = select(times, col(HourFigure.amount))
    row = work.row(mine.where(last == _BEGINS, col(HourFigure.figure) == str(Figure.WAITING)))
    return (row.times, timedelta(minutes=row.amount)) if row else (0, timedelta())


def _tally(span: Span, rows: Iterable[Any]) -> Tally:
    counts: dict[Figure, dict[str, int]] = {}
    amounts: dict[Figure, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(Figure(row.figure), {})[row.part] = int(row.times)
        amounts.setdefault(Figure(row.figure), {})[row.part] = int(row.amount)
    return Tally(span, counts, amounts)
