"""The figures of a day: what came in, what was understood, given, refused, and how fast it was answered.

Texts are counted by their labels, ``[dialogue.]<intent>:<outcome>`` (`InboundMessage.intent`); ``dialogue.`` says that
a question was open when the text came.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlmodel import col

from codes.applications import BY_TEXT
from codes.outcomes import RefusalReason
from store import Work
from store.ids import first_id
from store.messages import InboundMessage, OutboxMessage
from store.passes import Application, Pass
from store.patience import take_time

PROMPT = timedelta(seconds=10)
"""A text should be handed over to the carrier within this."""
_DIALOGUE = "dialogue."
_ENDS = frozenset({"granted", "registered", "corrected", "referred"})
"""What questions are asked for."""
_NOT_UNDERSTOOD = ("unclear", "malformed")


@dataclass(frozen=True, slots=True)
class Figures:
    """One local day. Texts in are understood at once, or after questions, or asked about, or not understood."""

    day: date
    texts_in: int
    understood_at_once: int
    after_questions: int
    asked: int
    not_understood: int
    refused: Mapping[str, int]
    """By reason."""
    isolation_attempts: int
    """Requests by people who have to stay at home."""
    passes: int
    segments: int
    """Billed: of answers and of texts out."""
    answer_p50_ms: int | None
    answer_p99_ms: int | None
    handed_over_within_10s: float | None
    """Share of answers and texts out, 0 to 1; None where there were none."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until before `end`."""

    start: datetime
    end: datetime


def figures(work: Work, day: date, zone: ZoneInfo) -> Figures:
    """The figures of a local day."""
    take_time(work.connection)
    span = Span(*(datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1))))
    labels, answered_segments = _labels(work, span)
    kinds = Counter[str]()
    for label, count in labels.items():
        kinds[text_kind(label)] += count
    answers = _answer_times(work, span)
    refused = refused_by_text(labels) + _refused_otherwise(work, span)
    sent_segments, due, prompt = _texts_out(work, span)
    quick = sum(count for ms, count in answers.items() if ms <= PROMPT / timedelta(milliseconds=1))
    return Figures(
        day,
        labels.total(),
        kinds["at_once"],
        kinds["after_questions"],
        kinds["asked"],
        kinds["not_understood"],
        refused,
        refused[RefusalReason.ISOLATION],
        _passes(work, span),
        answered_segments + sent_segments,
        percentile(answers, 0.50),
        percentile(answers, 0.99),
        _share(quick + prompt, labels.total() + due),
    )


def text_kind(label: str) -> str:
    """Of a text by its label: ``at_once``, ``after_questions``, ``asked`` or ``not_understood``."""
    head, _, outcome = label.partition(":")
    word = outcome.partition(".")[0]
    if word == "ask":
        return "asked"
    if word in _NOT_UNDERSTOOD:
        return "not_understood"
    return "after_questions" if head.startswith(_DIALOGUE) and word in _ENDS else "at_once"


def refused_by_text(labels: Mapping[str, int]) -> Counter[str]:
    """Refusals that texts were answered with, whether or not an application was kept."""
    refused = Counter[str]()
    for label, count in labels.items():
        outcome = label.partition(":")[2]
        if outcome.startswith("refused."):
            refused[outcome.removeprefix("refused.")] += count
    return refused


def _labels(work: Work, span: Span) -> tuple[Counter[str], int]:
    label = col(InboundMessage.intent)
    counted = select(label, func.count().label("texts"), func.sum(col(InboundMessage.segments)).label("segments"))
    rows = work.rows(counted.where(*within(col(InboundMessage.received_at), span)).group_by(label))
    return Counter({row.intent: row.texts for row in rows}), sum(int(row.segments) for row in rows)


def _answer_times(work: Work, span: Span) -> Counter[int]:
    taken = col(InboundMessage.answered_ms)
    counted = select(taken, func.count().label("texts")).where(*within(col(InboundMessage.received_at), span))
    return Counter({row.answered_ms: row.texts for row in work.rows(counted.group_by(taken))})


def _refused_otherwise(work: Work, span: Span) -> Counter[str]:
    return Counter({row.refusal: row.times for row in work.rows(refused_otherwise(span))})


def refused_otherwise(span: Span) -> Select[Any]:
    """How often each reason: applications refused elsewhere, or by a person later, of which no text's answer told."""
    reason, number, decided_at = col(Application.refusal), col(Application.number), col(Application.decided_at)
    at_once: Select[Any] = select(reason.label("refusal")).where(
        reason.is_not(None),
        number.is_(None),
        col(Application.channel) != BY_TEXT,
        *ids_within(col(Application.id), span),
    )
    reviewed = select(reason).where(reason.is_not(None), number.is_not(None), *within(decided_at, span))
    either = at_once.union_all(reviewed).subquery("refused")
    return select(either.c.refusal, func.count().label("times")).group_by(either.c.refusal)


def _passes(work: Work, span: Span) -> int:
    return sum(int(row.passes) for row in work.rows(passes_issued(span)))


def passes_issued(span: Span) -> Select[Any]:
    """How many passes by order, purpose and channel; one that a person granted has its application's older id."""
    columns = (col(Pass.regime_version), col(Pass.purpose), col(Pass.channel))
    issued = within(col(Pass.issued_at), span)
    at_once = select(*columns).where(*ids_within(col(Pass.id), span), *issued)
    decided = within(col(Application.decided_at), span)
    reviewed = (
        select(*columns)
        .join(Application, col(Application.id) == col(Pass.id))
        .where(col(Application.number).is_not(None), *decided, *issued, col(Pass.id) < first_id(span.start))
    )
    either = at_once.union_all(reviewed).subquery("issued")
    return select(*either.c, func.count().label("passes")).group_by(*either.c)


def _texts_out(work: Work, span: Span) -> tuple[int, int, int]:
    """Segments sent; texts that should have been handed over by now; those that were, within `PROMPT`."""
    columns = (col(OutboxMessage.created_at), col(OutboxMessage.sent_at), col(OutboxMessage.segments))
    first = col(OutboxMessage.follows).is_(None).label("first")
    rows = work.rows(select(*columns, first).where(*ids_within(col(OutboxMessage.id), span)))
    due = [row for row in rows if row.first and (row.sent_at or work.now - row.created_at > PROMPT)]
    prompt = sum(row.sent_at is not None and row.sent_at - row.created_at <= PROMPT for row in due)
    return sum(row.segments or 0 for row in rows), len(due), prompt


def within(column: Any, span: Span) -> Iterable[Any]:
    """The conditions that a moment lies in the span."""
    return column >= span.start, column < span.end


def ids_within(column: Any, span: Span) -> Iterable[Any]:
    """The conditions that an id was given in the span."""
    return column >= first_id(span.start), column < first_id(span.end)


def percentile(times: Counter[int], share: float) -> int | None:
    """The least time within which this share was answered (nearest rank)."""
    passed = 0
    for taken in sorted(times):
        passed += times[taken]
        if passed >= share * times.total():
            return taken
    return None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
