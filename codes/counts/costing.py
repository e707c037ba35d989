"""What texts cost: segments by day, direction and template. Answers in TwiML are billed like texts out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, literal, select
from sqlmodel import col

from store import Work
from store.ids import first_id
from store.messages import InboundMessage, OutboxMessage
from store.patience import take_time


class Direction(StrEnum):
    """Whether a text went out by itself, or as the answer to one that came in."""

    SENT = "sent"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Spent:
    """Texts of one day and one kind; of an answer `template` is what was understood."""

    day: date
    direction: Direction
    template: str
    texts: int
    segments: int


def spent(work: Work, days: Sequence[date], zone: ZoneInfo) -> list[Spent]:
    """What was handed to the carrier on these local days, which follow each other; one read of each table."""
    if not days:
        return []
    take_time(work.connection)
    starts = [datetime.combine(day, time(), zone) for day in days]
    end = datetime.combine(days[-1] + timedelta(days=1), time(), zone)
    return [*_sent(work, days, starts, end), *_answered(work, days, starts, end)]


def _sent(work: Work, days: Sequence[date], starts: Sequence[datetime], end: datetime) -> Iterable[Spent]:
    ids, template = col(OutboxMessage.id), col(OutboxMessage.template)
    place = _place(ids, [first_id(start) for start in starts])
    query = select(place, template, *_counted(col(OutboxMessage.segments)))
    query = query.where(ids >= first_id(starts[0]), ids < first_id(end), col(OutboxMessage.segments) > 0)
    # What the carrier never took costs nothing.
    query = query.where(col(OutboxMessage.provider_sid).is_not(None)).group_by("place", template)
    for row in work.rows(query):
        yield Spent(days[row.place], Direction.SENT, row.template, row.texts, int(row.segments))


def _answered(work: Work, days: Sequence[date], starts: Sequence[datetime], end: datetime) -> Iterable[Spent]:
    at, label = col(InboundMessage.received_at), col(InboundMessage.intent)
    place = _place(at, starts)
    query = select(place, label, *_counted(col(InboundMessage.segments)))
    query = query.where(at >= starts[0], at < end, col(InboundMessage.segments) > 0).group_by("place", label)
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for row in work.rows(query):
        key = (row.place, row.intent.removeprefix("dialogue."))
        texts, segments = found.get(key, (0, 0))
        found[key] = (texts + row.texts, segments + int(row.segments))
    for (where, what), (texts, segments) in found.items():
        yield Spent(days[where], Direction.ANSWER, what, texts, segments)


def _counted(segments: Any) -> tuple[Any, Any]:
    return func.count().label("texts"), func.sum(segments).label("segments")


def _place(column: Any, starts: Sequence[Any]) -> Any:
    """Which day a row is of, as its place in the list."""
    later = [(column >= start, literal(place)) for place, start in reversed(list(enumerate(starts)))]
    return case(*later, else_=literal(0)).label("place")
