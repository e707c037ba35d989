"""Reviewers take what they decide, so that no two are at one thing; what is not used for a while is free again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, select, text, update
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from store import Work
from store.columns import table
from store.reviews import Taking
from store.staff import Staff

UNUSED: Final = timedelta(minutes=15)
"""After so long without a look or a press somebody else may take it."""
APPLICATION, APPEAL = "application", "appeal"
_TAKING = table(Taking)
_TAKE = text(
    "INSERT INTO taking (kind, subject_id, taken_by, taken_at, used_at) "
    "VALUES (:kind, :subject_id, :taken_by, :now, :now) ON CONFLICT (kind, subject_id) DO UPDATE SET "
    "taken_by = excluded.taken_by, taken_at = excluded.taken_at, used_at = excluded.used_at "
    "WHERE taking.taken_by = excluded.taken_by OR taking.used_at <= :unused RETURNING taken_by"
).bindparams(bindparam("now", type_=UTCDateTime()), bindparam("unused", type_=UTCDateTime()))


@dataclass(frozen=True, slots=True)
class Taken:
    """Who is at something, as in the audit, and until when it is theirs if they do nothing more."""

    by: str
    until: datetime


def take(work: Work, kind: str, subject_id: str, by: str) -> bool:
    """Takes it, where it is free or theirs already; whether it is theirs now. Of two at once one gets it."""
    given = {"kind": kind, "subject_id": subject_id, "taken_by": by}
    if work.row(_TAKE, **given, now=work.now, unused=work.now - UNUSED) is None:
        return False
    work.audit(by, f"{kind}.taken", subject_id)
    return True


def taken(work: Work, kind: str, subject_id: str) -> Taken | None:
    """Who is at it; None where it is free."""
    mine = select(_TAKING).where(_TAKING.c.kind == kind, _TAKING.c.subject_id == subject_id)
    row = work.row(mine.where(_TAKING.c.used_at > work.now - UNUSED))
    return Taken(row.taken_by, row.used_at + UNUSED) if row else None


def use(work: Work, kind: str, subject_id: str, by: str) -> bool:
    """Whether it is theirs; if so it stays so for another while."""
    theirs = (_TAKING.c.kind == kind, _TAKING.c.subject_id == subject_id, _TAKING.c.taken_by == by)
    return work.run(update(_TAKING).where(*theirs, _TAKING.c.used_at > work.now - UNUSED).values(used_at=work.now)) > 0


def holds(work: Work, kind: str, subject_id: str, by: str) -> bool:
    """Whether it is theirs; a look that only reads."""
    found = taken(work, kind, subject_id)
    return found is not None and found.by == by


def give_back(work: Work, kind: str, subject_id: str, by: str) -> None:
    """It is free for others, where it was theirs."""
    if _free(work, kind, subject_id, by):
        work.audit(by, f"{kind}.given_back", subject_id)


def done(work: Work, kind: str, subject_id: str, by: str) -> None:
    """They did what they took it for."""
    _free(work, kind, subject_id, by)


def _free(work: Work, kind: str, subject_id: str, by: str) -> bool:
    theirs = (_TAKING.c.kind == kind, _TAKING.c.subject_id == subject_id, _TAKING.c.taken_by == by)
    return work.run(delete(_TAKING).where(*theirs)) > 0


def names_of(work: Work, actors: Collection[str]) -> dict[str, str]:
    """The names of those of the staff among these; others go by what stands in the audit."""
    ids = [actor.removeprefix("staff:") for actor in actors if actor.startswith("staff:")]
    rows = work.rows(select(col(Staff.id), col(Staff.name)).where(col(Staff.id).in_(ids))) if ids else []
    known = {f"staff:{row.id}": str(row.name) for row in rows}
    return {actor: known.get(actor, actor.partition(":")[2] or actor) for actor in actors}
