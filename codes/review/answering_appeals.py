"""Appeals as who answers them sees them: the list names nobody, to open one is a look."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, and_, literal, select
from sqlmodel import col

from codes.looking import note_look
from codes.regimes import in_force
from codes.review.appealed import ALERT, CASE, Decided, decided_about, decided_lately
from codes.review.appeals import Appealed, appeal_by_number
from codes.review.taking import APPEAL, UNUSED, names_of, take, use
from store import Work
from store.cases import Appeal
from store.columns import table
from store.people import PersonPhone
from store.reviews import Taking

MOST: Final = 100
ANSWERED_WITHIN: Final = timedelta(days=30)
"""Answered ones are listed for so long."""
_APPEAL, _TAKING = table(Appeal), table(Taking)


@dataclass(frozen=True, slots=True)
class ListedAppeal:
    """An appeal in the list."""

    id: str
    number: str
    state: str
    filed_at: datetime
    decided_at: datetime | None
    taken_by: str
    """An actor, and their name; empty where nobody is at it."""
    taker: str
    decider: str
    answer_by: datetime | None = None
    """Of what was decided about somebody at home: until when it has to be answered."""


@dataclass(frozen=True, slots=True)
class OpenedAppeal:
    """An appeal, opened."""

    appeal: Appealed
    decided: tuple[Decided, ...]
    """What it may be about."""
    decider: str
    about: Decided | None = None
    """What its sender says it is about."""


def listed_appeals(work: Work) -> tuple[list[ListedAppeal], list[ListedAppeal]]:
    """Those that wait, those with a deadline first, and those that were answered lately, the newest first."""
    open_ones = work.rows(_listed(work).where(_APPEAL.c.state == "open").order_by(_APPEAL.c.filed_at).limit(MOST))
    lately = _listed(work).where(_APPEAL.c.decided_at > work.now - ANSWERED_WITHIN)
    answered = work.rows(lately.order_by(_APPEAL.c.decided_at.desc()).limit(MOST))
    names = names_of(work, {one for row in (*open_ones, *answered) for one in (row.taken_by, row.decided_by) if one})
    days = in_force(work).regime.isolation.appeal_days
    waiting, over = ([_one(row, names, days) for row in rows] for rows in (open_ones, answered))
    return sorted(waiting, key=lambda one: (one.answer_by is None, one.answer_by or one.filed_at)), over


def listed_appeal(work: Work, number: str) -> ListedAppeal | None:
    """One of them by its number."""
    row = work.row(_listed(work).where(_APPEAL.c.number == number))
    if row is None:
        return None
    names = names_of(work, {one for one in (row.taken_by, row.decided_by) if one})
    return _one(row, names, in_force(work).regime.isolation.appeal_days)


def take_appeal(work: Work, number: str, by: str) -> bool:
    """Takes it to answer it, and looks at it; whether it is theirs now."""
    one = listed_appeal(work, number)
    if one is None or one.state != "open" or not take(work, APPEAL, one.id, by):
        return False
    whose = select(col(PersonPhone.person_id)).join(_APPEAL, _APPEAL.c.phone_id == col(PersonPhone.phone_id))
    for row in work.rows(whose.where(_APPEAL.c.id == one.id)):
        note_look(work, row.person_id, by, f"appeal {number}", "review")
    return True


def open_appeal(work: Work, number: str, by: str) -> OpenedAppeal | None:
    """All of it, for who took it; it stays theirs for another while. None for everybody else."""
    one = listed_appeal(work, number)
    if one is None or not use(work, APPEAL, one.id, by):
        return None
    found = appeal_by_number(work, number)
    assert found is not None
    about = decided_about(work, found.about) if found.about else None
    return OpenedAppeal(found, tuple(decided_lately(work, found.phone.id, found.filed_at)), one.decider, about)


def _listed(work: Work) -> Select[Any]:
    live = and_(
        _TAKING.c.kind == literal(APPEAL),
        _TAKING.c.subject_id == _APPEAL.c.id,
        _TAKING.c.used_at > work.now - UNUSED,
    )
    columns = (_APPEAL.c[name] for name in ("id", "number", "state", "filed_at", "decided_at", "decided_by", "about"))
    return select(*columns, _TAKING.c.taken_by).select_from(_APPEAL.outerjoin(_TAKING, live))


def _one(row: Row[Any], names: dict[str, str], days: int) -> ListedAppeal:
    taken, decider = row.taken_by or "", names.get(row.decided_by, "")
    given = (row.id, row.number, row.state, row.filed_at, row.decided_at)
    at_home = row.about in (CASE, ALERT)
    answer_by = row.filed_at + timedelta(days=days) if at_home else None
    return ListedAppeal(*given, taken, names.get(row.taken_by, ""), decider, answer_by)
