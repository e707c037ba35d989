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

from sqlalchemy import func, select
from sqlmodel import col

from codes.applications import BY_TEXT
from codes.listing import REVIEWED_WITHIN
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
class _Span:
    start: datetime
    end: datetime


def figures(work: Work, day: date, zone: ZoneInfo) -> Figures:
    """The figures of a local day."""
    take_time(work.connection)
    span = _Span(*(datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1))))
    labels, answered_segments = _labels(work, span)
    kinds = Counter[str]()
    for label, count in labels.items():
        kinds[_kind(label)] += count
    answers = _answer_times(work, span)
    refused = _refused_by_text(labels) + _refused_otherwise(work, span)
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
        _percentile(answers, 0.50),
        _percentile(answers, 0.99),
        _share(quick + prompt, labels.total() + due),
    )


def _kind(label: str) -> str:
    head, _, outcome = label.partition(":")
    word = outcome.partition(".")[0]
    if word == "ask":
        return "asked"
    if word in _NOT_UNDERSTOOD:
        return "not_understood"
    return "after_questions" if head.startswith(_DIALOGUE) and word in _ENDS else "at_once"


def _refused_by_text(labels: Mapping[str, int]) -> Counter[str]:
    """Refusals that texts were answered with, whether or not an application was kept."""
    refused = Counter[str]()
    for label, count in labels.items():
        outcome = label.partition(":")[2]
        if outcome.startswith("refused."):
            refused[outcome.removeprefix("refused.")] += count
    return refused


def _labels(work: Work, span: _Span) -> tuple[Counter[str], int]:
    label = col(InboundMessage.intent)
    counted = select(label, func.count().label("texts"), func.sum(col(InboundMessage.segments)).label("segments"))
    rows = work.rows(counted.where(*_within(col(InboundMessage.received_at), span)).group_by(label))
    return Counter({row.intent: row.texts for row in rows}), sum(int(row.segments) for row in rows)


def _answer_times(work: Work, span: _Span) -> Counter[int]:
    taken = col(InboundMessage.answered_ms)
    counted = select(taken, func.count().label("texts")).where(*_within(col(InboundMessage.received_at), span))
    return Counter({row.answered_ms: row.texts for row in work.rows(counted.group_by(taken))})


def _refused_otherwise(work: Work, span: _Span) -> Counter[str]:
    """Applications refused elsewhere, or by a person later: no text's answer was that refusal."""
    reason, reviewed = col(Application.refusal), col(Application.number).is_not(None)
    counted = select(reason, func.count().label("times")).where(
        reason.is_not(None), (col(Application.channel) != BY_TEXT) | reviewed, *_ids(col(Application.id), span)
    )
    return Counter({row.refusal: row.times for row in work.rows(counted.group_by(reason))})


def _passes(work: Work, span: _Span) -> int:
    asked = col(Pass.id) >= first_id(span.start - REVIEWED_WITHIN)
    return work.count(select(func.count()).select_from(Pass).where(asked, *_within(col(Pass.issued_at), span)))


def _texts_out(work: Work, span: _Span) -> tuple[int, int, int]:
    """Segments sent; texts that should have been handed over by now; those that were, within `PROMPT`."""
    columns = (col(OutboxMessage.created_at), col(OutboxMessage.sent_at), col(OutboxMessage.segments))
    first = col(OutboxMessage.follows).is_(None).label("first")
    rows = work.rows(select(*columns, first).where(*_ids(col(OutboxMessage.id), span)))
    due = [row for row in rows if row.first and (row.sent_at or work.now - row.created_at > PROMPT)]
    prompt = sum(row.sent_at is not None and row.sent_at - row.created_at <= PROMPT for row in due)
    return sum(row.segments or 0 for row in rows), len(due), prompt


def _within(column: Any, span: _Span) -> Iterable[Any]:
    return column >= span.start, column < span.end


def _ids(column: Any, span: _Span) -> Iterable[Any]:
    return column >= first_id(span.start), column < first_id(span.end)


def _percentile(times: Counter[int], share: float) -> int | None:
    """The least time within which this share was answered (nearest rank)."""
    passed = 0
    for taken in sorted(times):
        passed += times[taken]
        if passed >= share * times.total():
            return taken
    return None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
