"""Hours that are counted once and kept, so that whoever looks at figures reads a few rows instead of all passes.

One hour follows the other without a gap, from the first thing that ever happened to now. Each ends where the clock of
the order in force shows a full hour, so that days of 23 and 25 hours come out right and half-hour zones too. The hour
that goes on is counted every five minutes. One that is over is counted again after a minute, an hour, a day and three,
since transactions end late, callers wait, and the carrier's receipts take their time.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, func, select
from sqlmodel import col

from codes.counts.counting import Number, count_span
from codes.counts.figures import Span
from codes.regimes import regime_if_any
from store import Store, Work
from store.calls import Call
from store.columns import table
from store.figures import CountedHour, HourFigure
from store.messages import InboundMessage, OutboxMessage
from store.officers import Inspection
from store.passes import Application, Pass

STEP = timedelta(minutes=5)
"""So often the hour that goes on is counted."""
AGAIN = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=3))
"""After its end an hour is counted again."""
_COUNTING = b"hours.count"
_HOUR = timedelta(hours=1)
_COUNTED = table(CountedHour)
_BY_ID = (Pass, Application, Inspection, OutboxMessage)


def count_hours(store: Store) -> int:
    """Counts every hour that is due, each in a short transaction of its own; how many. Nobody waits for it."""
    done = 0
    while True:
        with store.reading() as work:
            span = _next(work)
            numbers = count_span(work, span) if span else []
            as_of = work.now
        if span is None:
            return done
        with store.work() as work:
            _keep(work, span, numbers, as_of)
        done += 1


def due_after(span: Span, counted_at: datetime) -> datetime | None:
    """When an hour that was counted then is to be counted again."""
    if counted_at < span.end:
        past = (counted_at - span.start) // STEP
        return min(span.start + (past + 1) * STEP, span.end)
    return next((span.end + after for after in AGAIN if span.end + after > counted_at), None)


def days_hours(day: date, zone: ZoneInfo) -> Span:
    """A local day, in UTC; its end is the next one's midnight."""
    begin, end = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    return Span(begin, end)


def _next(work: Work) -> Span | None:
    """The hour that is to be counted now, the oldest first; None where nothing is due."""
    due = select(_COUNTED).where(_COUNTED.c.due_at <= work.now).order_by(_COUNTED.c.begins_at).limit(1)
    if row := work.row(due):
        return Span(row.begins_at, row.ends_at)
    begins_at = work.row(select(func.max(_COUNTED.c.ends_at).label("last"))).last or _first(work)
    if begins_at is None or begins_at > work.now:
        return None
    regime = regime_if_any(work)
    return Span(begins_at, _full_hour_after(begins_at, regime.zone)) if regime else None


def _full_hour_after(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    return moment + _HOUR - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)


def _first(work: Work) -> datetime | None:
    """The hour in which the first thing happened."""
    ids = [work.row(select(func.min(col(one.id)).label("first"))).first for one in _BY_ID]
    moments = [datetime.fromtimestamp(int(one[:12], 16) / 1000, work.now.tzinfo) for one in ids if one]
    for column in (col(InboundMessage.received_at), col(Call.queued_at)):
        moments += [row.first for row in work.rows(select(func.min(column).label("first"))) if row.first]
    first = min(moments, default=None)
    return first and first.replace(minute=first.minute // 15 * 15, second=0, microsecond=0)


def _keep(work: Work, span: Span, numbers: Iterable[Number], as_of: datetime) -> None:
    """Writes an hour down, unless another host counted it later meanwhile."""
    work.lock(_COUNTING)
    mine = _COUNTED.c.begins_at == span.start
    row: Row[Any] | None = work.row(select(_COUNTED.c.counted_at).where(mine))
    if row is not None and row.counted_at > as_of:
        return
    work.run(delete(CountedHour).where(mine))
    work.run(delete(HourFigure).where(col(HourFigure.begins_at) == span.start))
    due_at = due_after(span, as_of)
    work.insert(CountedHour, begins_at=span.start, ends_at=span.end, counted_at=as_of, due_at=due_at)
    for one in numbers:
        given = {"figure": str(one.figure), "part": one.part, "count": one.count, "amount": one.amount}
        work.insert(HourFigure, begins_at=span.start, **given)
