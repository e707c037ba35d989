"""What is counted of an hour: everything that figures, plots and the public page show, and nobody's data.

Each figure has parts. Times of answers and waits fall into classes (`time_class`), so that hours can be added up and
percentiles still be told. What was seen without a network counts in the hour in which it was handed in.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import col

from codes.counts.figures import Span, ids_within, passes_issued, refused_by_text, refused_otherwise, text_kind, within
from store import Work
from store.calls import Call
from store.ids import first_id
from store.messages import InboundMessage, OutboxMessage
from store.officers import Inspection
from store.passes import Application
from store.patience import take_time


class Figure(StrEnum):
    """What is counted; in brackets its parts, and what `Number.amount` is."""

    TEXTS_IN = "texts_in"  # (how it was understood: `text_kind`; segments of the answers)
    ANSWERED = "answered"  # texts in (class of the milliseconds until the answer)
    PASSES = "passes"  # (version of the order/purpose/channel)
    REFUSED = "refused"  # (reason)
    REFERRED = "referred"  # to a person (``asked``, ``granted``, ``refused``, each when it happened)
    WAITING = "waiting"  # for a person at the end of the hour (no part; minutes the oldest waits by then)
    CALLS = "calls"  # that joined the line (``reached`` an agent, ``lost``, ``waiting`` still)
    WAITED = "waited"  # calls that reached an agent (class of the seconds until then)
    INSPECTED = "inspected"  # (verdict/channel)
    INSPECTED_IN = "inspected_in"  # (key of the zone of the officer's shift, or nothing)
    TEXTS_OUT = "texts_out"  # and calls that we owe (template/state; segments)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a span."""

    figure: Figure
    part: str
    count: int
    amount: int = 0


def count_span(work: Work, span: Span) -> list[Number]:
    """Every number of a span that is not zero."""
    take_time(work.connection)
    every = (_texts_in, _answered, _passes, _refused, _referred, _waiting, _calls, _inspected, _texts_out)
    return [number for one in every for number in one(work, span)]


def time_class(time: int) -> int:
    """A time, ms or s, rounded up to two figures: 7, 42, 130, 1700. Times keep their order."""
    step = int(10 ** max(len(str(time)) - 2, 0))
    return -(-time // step) * step


def _texts_in(work: Work, span: Span) -> Iterator[Number]:
    label = col(InboundMessage.intent)
    counted = select(label, func.count().label("texts"), func.sum(col(InboundMessage.segments)).label("segments"))
    texts, segments = Counter[str](), Counter[str]()
    for row in work.rows(counted.where(*within(col(InboundMessage.received_at), span)).group_by(label)):
        texts[text_kind(row.intent)] += row.texts
        segments[text_kind(row.intent)] += int(row.segments)
    return (Number(Figure.TEXTS_IN, kind, count, segments[kind]) for kind, count in texts.items())


def _answered(work: Work, span: Span) -> Iterator[Number]:
    taken = col(InboundMessage.answered_ms)
    counted = select(taken, func.count().label("texts")).where(*within(col(InboundMessage.received_at), span))
    return _classes(Figure.ANSWERED, ((row.answered_ms, row.texts) for row in work.rows(counted.group_by(taken))))


def _classes(figure: Figure, times: Iterator[tuple[int, int]]) -> Iterator[Number]:
    counts = Counter[int]()
    for taken, count in times:
        counts[time_class(taken)] += count
    return (Number(figure, str(taken), count) for taken, count in counts.items())


def _passes(work: Work, span: Span) -> Iterator[Number]:
    for row in work.rows(passes_issued(span)):
        yield Number(Figure.PASSES, f"{row.regime_version}/{row.purpose}/{row.channel}", row.passes)


def _refused(work: Work, span: Span) -> Iterator[Number]:
    label = col(InboundMessage.intent)
    counted = select(label, func.count().label("texts")).where(*within(col(InboundMessage.received_at), span))
    texts = {row.intent: row.texts for row in work.rows(counted.where(label.like("%:refused.%")).group_by(label))}
    otherwise = Counter({row.refusal: int(row.times) for row in work.rows(refused_otherwise(span))})
    return (Number(Figure.REFUSED, reason, count) for reason, count in (refused_by_text(texts) + otherwise).items())


def _referred(work: Work, span: Span) -> Iterator[Number]:
    number, state = col(Application.number).is_not(None), col(Application.state)
    asked = work.count(select(func.count()).where(number, *ids_within(col(Application.id), span)))
    if asked:
        yield Number(Figure.REFERRED, "asked", asked)
    decided = select(state, func.count().label("times")).where(number, *within(col(Application.decided_at), span))
    for row in work.rows(decided.group_by(state)):
        yield Number(Figure.REFERRED, row.state, row.times)


def _waiting(work: Work, span: Span) -> Iterator[Number]:
    """As things stood at the end of the span, whenever one asks."""
    asked_at, decided_at = col(Application.asked_at), col(Application.decided_at)
    numbers = func.count().label("times"), func.min(asked_at).label("first_at")
    before = col(Application.id) < first_id(span.end)
    still = work.row(select(*numbers).where(col(Application.state) == "referred", before))
    since = work.row(select(*numbers).where(col(Application.number).is_not(None), decided_at >= span.end, before))
    firsts = [row.first_at for row in (still, since) if row.first_at]
    if firsts:
        oldest = (span.end - min(firsts)).total_seconds() // 60
        yield Number(Figure.WAITING, "", still.times + since.times, int(oldest))


def _calls(work: Work, span: Span) -> Iterator[Number]:
    columns = col(Call.queued_at), col(Call.connected_at), col(Call.ended_at)
    rows = work.rows(select(*columns).where(*within(col(Call.queued_at), span)))
    states = Counter(_came_to(row) for row in rows)
    yield from (Number(Figure.CALLS, state, count) for state, count in states.items())
    waits = (int((row.connected_at - row.queued_at).total_seconds()) for row in rows if _came_to(row) == "reached")
    yield from _classes(Figure.WAITED, ((wait, 1) for wait in waits))


def _came_to(row: Row[Any]) -> str:
    reached_at: datetime | None = row.connected_at
    if reached_at is not None and reached_at >= row.queued_at:
        return "reached"
    return "lost" if row.ended_at else "waiting"


def _inspected(work: Work, span: Span) -> Iterator[Number]:
    columns = col(Inspection.verdict), col(Inspection.channel), col(Inspection.zone)
    counted = select(*columns, func.count().label("looks")).where(*ids_within(col(Inspection.id), span))
    verdicts, zones = Counter[str](), Counter[str]()
    for row in work.rows(counted.group_by(*columns)):
        verdicts[f"{row.verdict}/{row.channel}"] += row.looks
        zones[row.zone or ""] += row.looks
    yield from (Number(Figure.INSPECTED, part, count) for part, count in verdicts.items())
    yield from (Number(Figure.INSPECTED_IN, part, count) for part, count in zones.items())


def _texts_out(work: Work, span: Span) -> Iterator[Number]:
    columns = col(OutboxMessage.template), col(OutboxMessage.state)
    numbers = func.count().label("texts"), func.sum(col(OutboxMessage.segments)).label("segments")
    counted = select(*columns, *numbers).where(*ids_within(col(OutboxMessage.id), span))
    for row in work.rows(counted.group_by(*columns)):
        yield Number(Figure.TEXTS_OUT, f"{row.template}/{row.state}", row.texts, int(row.segments or 0))
