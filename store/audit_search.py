"""Looking through the audit: by actor, action, subject and span, the newest first, and one entry in its chain.

Entries have no index by subject or actor: each pass would pay for it. So a search reads `STEP` entries at most, by
their primary key, and says from where it goes on. Looks at people's data are found by indexes that exist for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, text
from sqlmodel import col

from store.audit import IS_LOOK, IS_WATCHED, LOOKED_AT, NOT_FOUND, AuditEntry, AuditLink, verify_between
from store.ids import first_id
from store.work import Work

STEP = 250_000
"""Entries that one search reads at most."""
AROUND = 20
"""Places before and after one that are recomputed."""
_key = col(AuditEntry.id)
_ENTRY = select(
    _key,
    col(AuditEntry.at),
    col(AuditEntry.actor),
    col(AuditEntry.action),
    col(AuditEntry.subject),
    col(AuditEntry.details),
)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries: in a span, and by actor, action (or what it begins with, with a dot at its end), subject."""

    since: datetime
    until: datetime
    actor: str | None = None
    action: str | None = None
    subject: str | None = None

    @property
    def bare(self) -> bool:
        """Nothing but the span."""
        return self.actor is None and self.action is None and self.subject is None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries, the newest first; `onward` is the id behind which the search goes on, None at its end."""

    entries: Sequence[Row[Any]]
    onward: str | None
    searched_to: datetime | None
    """How far back it came where `onward` says that there is more to read."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry in its chain: its place, None while it is not linked; whether the links around it fit."""

    entry: Row[Any]
    place: int | None
    first: int
    last: int
    broken_at: int | None


def search(work: Work, sought: Sought, limit: int, before: str | None = None, step: int = STEP) -> Found:
    """At most `limit` entries, from behind the id `before` on; it reads `step` entries at most."""
    top = min(before or "g", first_id(sought.until))
    bottom = first_id(sought.since)
    floor = bottom if sought.bare or _indexed(sought) else _floor(work, top, bottom, step)
    query = _matching(sought).where(_key < top, _key >= floor).order_by(_key.desc()).limit(limit + 1)
    rows = work.rows(query)
    if len(rows) > limit:
        return Found(rows[:limit], rows[limit - 1].id, None)
    if floor > bottom:
        return Found(rows, floor, _moment(work, floor))
    return Found(rows, None, None)


def entry_in_chain(work: Work, entry_id: str) -> Placed | None:
    """One entry with its place, and a look at the chain from `AROUND` places before to as many after."""
    entry = work.row(_ENTRY.where(_key == entry_id))
    if entry is None:
        return None
    link = work.row(select(col(AuditLink.place)).where(col(AuditLink.entry_id) == entry_id))
    if link is None:
        return Placed(entry, None, 0, 0, None)
    first = max(link.place - AROUND, 1)
    last, broken_at = verify_between(work.connection, first, link.place + AROUND)
    return Placed(entry, link.place, first, last, broken_at)


def related(work: Work, entry: Row[Any], limit: int) -> Sequence[Row[Any]]:
    """Other entries of the same subject near this one, the oldest first: `STEP` entries are read at most."""
    half = STEP // 10
    before = select(_key).where(_key < entry.id).order_by(_key.desc()).limit(half).subquery()
    after = select(_key).where(_key > entry.id).order_by(_key).limit(half).subquery()
    lowest = work.row(select(func.min(before.c.id).label("id"))).id or entry.id
    highest = work.row(select(func.max(after.c.id).label("id"))).id or entry.id
    same = _ENTRY.where(col(AuditEntry.subject) == entry.subject, _key != entry.id)
    earlier = same.where(_key >= lowest, _key < entry.id).order_by(_key.desc()).limit(limit)
    later = same.where(_key > entry.id, _key <= highest).order_by(_key).limit(limit)
    return [*reversed(work.rows(earlier)), *work.rows(later)]


def actions(work: Work, since: datetime, until: datetime) -> Sequence[str]:
    """The actions of the newest `STEP` entries of a span, for choosing one."""
    inside = (_key >= first_id(since), _key < first_id(until))
    newest = select(col(AuditEntry.action).label("action")).where(*inside).order_by(_key.desc()).limit(STEP).subquery()
    return [row.action for row in work.rows(select(newest.c.action).distinct().order_by(newest.c.action))]


def looks_by_actor(work: Work, since: datetime, until: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """Who looked at people's data most in a span, and how often."""
    times = func.count().label("times")
    query: Any = select(col(AuditEntry.actor).label("actor"), times).where(
        text(IS_WATCHED), col(AuditEntry.action) == LOOKED_AT, _key >= first_id(since), _key < first_id(until)
    )
    ranked = query.group_by(col(AuditEntry.actor)).order_by(times.desc(), col(AuditEntry.actor)).limit(limit)
    return [(row.actor, row.times) for row in work.rows(ranked)]


def _indexed(sought: Sought) -> bool:
    return sought.action in (LOOKED_AT, NOT_FOUND)


def _matching(sought: Sought) -> Any:
    query: Any = _ENTRY
    if sought.action == LOOKED_AT and sought.subject:
        query = query.where(text(IS_LOOK))
    elif _indexed(sought):
        query = query.where(text(IS_WATCHED))
    if sought.action and sought.action.endswith("."):
        query = query.where(col(AuditEntry.action).startswith(sought.action, autoescape=True))
    elif sought.action:
        query = query.where(col(AuditEntry.action) == sought.action)
    if sought.actor:
        query = query.where(col(AuditEntry.actor) == sought.actor)
    if sought.subject:
        query = query.where(col(AuditEntry.subject) == sought.subject)
    return query


def _floor(work: Work, top: str, bottom: str, step: int) -> str:
    """The id `step` entries below `top`, or `bottom`."""
    ids = select(_key).where(_key < top, _key >= bottom).order_by(_key.desc())
    row = work.row(ids.limit(1).offset(step - 1))
    return str(row.id) if row else bottom


def _moment(work: Work, entry_id: str) -> datetime | None:
    row = work.row(select(col(AuditEntry.at)).where(_key == entry_id))
    return row.at if row else None
