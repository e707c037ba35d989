"""The queue of the duty desk: calls for help first, then patients who were promised an answer by now, then by urgency
and age. Nothing in it names anybody.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, case, func, literal, or_, select
from sqlmodel import col

from codes.review.taking import UNUSED, names_of
from monitoring.alerts import DOUBTS, facts_of
from monitoring.duty.deciding import ALERT
from monitoring.patients.words import ANSWERED_WITHIN
from store import Work
from store.columns import table
from store.duty import Alert
from store.reviews import Taking

MOST: Final = 100
"""As many as one page shows."""
_ALERT, _TAKING = table(Alert), table(Taking)
_COLUMNS = [
    _ALERT.c[name]
    for name in (
        *("id", "kind", "urgency", "raised_at", "facts", "untold_at", "told_at", "ripe_at", "answer_by"),
        *("answered_at", "decision", "decided_at", "decided_by"),
    )
]


class Show(StrEnum):
    """Which alerts: all that wait, or those that are for me in some way."""

    ALL = "all"
    FREE = "free"  # nobody is at them
    MINE = "mine"
    RIPE = "ripe"  # the patient answered, or had all the time to


class About(StrEnum):
    """What they are about."""

    ANY = "any"
    HELP = "help"  # SOS
    DOUBTS = "doubts"
    PAUSES = "pauses"
    VISITS = "visits"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to."""

    show: Show = Show.ALL
    about: About = About.ANY


@dataclass(frozen=True, slots=True)
class Listed:
    """An alert in the queue, or one that was decided."""

    id: str
    kind: str
    urgency: int
    raised_at: datetime
    facts: int
    untold_at: datetime | None
    told_at: datetime | None
    ripe_at: datetime | None
    answer_by: datetime | None
    answered_at: datetime | None
    overdue: bool
    """Whether the patient was told that somebody answers by now."""
    taken_by: str
    """An actor, and their name; empty where nobody is at it."""
    taker: str
    decision: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The first of the queue, and how long it is."""

    first: tuple[Listed, ...]
    count: int
    help: int
    """Calls for help among all that wait, whatever is shown."""
    overdue: int
    """The same of patients whom we promised an answer by now."""


def queue(work: Work, wanted: Wanted, by: str) -> Queue:
    """What waits and is wanted, the most urgent first, then the oldest."""
    where = and_(_ALERT.c.decided_at.is_(None), *_narrowed(work, wanted, by))
    ordered = _joined(work).where(where).order_by(_rank(work.now), _ALERT.c.urgency, _ALERT.c.raised_at, _ALERT.c.id)
    rows = work.rows(ordered.limit(MOST))
    count = work.count(select(func.count()).select_from(_with_taking(work)).where(where))
    waiting = select(func.count()).select_from(_ALERT).where(_ALERT.c.decided_at.is_(None))
    calls = work.count(waiting.where(_ALERT.c.urgency == 0))
    return Queue(_listed(work, rows), count, calls, work.count(waiting.where(is_overdue(work.now))))


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Whether an alert is of a patient who said why not now, and was promised that a person answers within a day."""
    return and_(_ALERT.c.kind == "pause", _ALERT.c.decided_at.is_(None), _ALERT.c.raised_at <= now - ANSWERED_WITHIN)


def listed(work: Work, alert_id: str) -> Listed | None:
    """One of them, also one that was decided."""
    row = work.row(_joined(work).where(_ALERT.c.id == alert_id))
    return _listed(work, [row])[0] if row else None


def decided_lately(work: Work, since: datetime) -> tuple[Listed, ...]:
    """Those that were decided since, the newest first."""
    lately = _ALERT.c.decided_at.is_not(None), _ALERT.c.decided_at > since
    return _listed(work, work.rows(_joined(work).where(*lately).order_by(_ALERT.c.decided_at.desc()).limit(MOST)))


def _with_taking(work: Work) -> Any:
    live = and_(
        _TAKING.c.kind == literal(ALERT),
        _TAKING.c.subject_id == _ALERT.c.id,
        _TAKING.c.used_at > work.now - UNUSED,
    )
    return _ALERT.outerjoin(_TAKING, live)


def _joined(work: Work) -> Any:
    late = is_overdue(work.now).label("overdue")
    return select(*_COLUMNS, late, _TAKING.c.taken_by).select_from(_with_taking(work))


def _narrowed(work: Work, wanted: Wanted, by: str) -> list[ColumnElement[bool]]:
    shown: dict[Show, list[ColumnElement[bool]]] = {
        Show.ALL: [],
        Show.FREE: [_TAKING.c.taken_by.is_(None)],
        Show.MINE: [_TAKING.c.taken_by == by],
        Show.RIPE: [or_(_ALERT.c.answered_at >= _ALERT.c.told_at, _ALERT.c.ripe_at <= work.now, ~_is_doubt())],
    }
    about: dict[About, list[ColumnElement[bool]]] = {
        About.ANY: [],
        About.HELP: [_ALERT.c.kind == "sos"],
        About.DOUBTS: [_is_doubt()],
        About.PAUSES: [_ALERT.c.kind == "pause"],
        About.VISITS: [_ALERT.c.kind == "visit"],
        About.OTHER: [_ALERT.c.kind.not_in(("sos", "pause", "visit", *DOUBTS))],
    }
    return [*shown[wanted.show], *about[wanted.about]]


def _rank(now: datetime) -> ColumnElement[int]:
    return case((_ALERT.c.urgency == 0, 0), (is_overdue(now), 1), else_=2)


def _is_doubt() -> ColumnElement[bool]:
    return col(Alert.kind).in_(DOUBTS)


def _listed(work: Work, rows: Any) -> tuple[Listed, ...]:
    names = names_of(work, {one for row in rows for one in (row.taken_by, row.decided_by) if one})
    return tuple(_one(row, names) for row in rows)


def _one(row: Row[Any], names: dict[str, str]) -> Listed:
    given = {name: getattr(row, name) for name in Listed.__slots__ if name not in ("facts", "taker")}
    told = {name: given[name] or "" for name in ("taken_by", "decision")}
    by = {"taker": names.get(row.taken_by, ""), "decided_by": names.get(row.decided_by, "")}
    return Listed(**{**given, **told, **by, "facts": len(facts_of(row))})
