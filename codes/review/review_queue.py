"""The queue of referred applications, oldest first: nothing in it names anybody."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import terms
from codes.review.taking import APPLICATION, UNUSED, names_of
from store import Work
from store.columns import table
from store.papers import Paper
from store.passes import Application
from store.reviews import ApplicationReview, Taking

MOST: Final = 100
"""As many as one page shows."""
_APPLICATION, _REVIEW, _TAKING, _PAPER = (table(one) for one in (Application, ApplicationReview, Taking, Paper))


class Show(StrEnum):
    """Which applications: all that wait, or those that are for me in some way."""

    ALL = "all"
    FREE = "free"  # that I can take: nobody is at them, and no paper is awaited
    MINE = "mine"  # that I took
    CONFIRM = "confirm"  # that another proposed something about
    PAPERS = "papers"  # that wait for the applicant's paper


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to."""

    show: Show = Show.ALL
    purpose: int | None = None
    with_papers: bool = False


@dataclass(frozen=True, slots=True)
class Queued:
    """An application in the queue."""

    id: str
    number: str
    purpose: int
    regime: Regime
    asked_at: datetime
    start_at: datetime | None
    papers: int
    """That can be looked at."""
    unread: int
    """That are still being read."""
    taken_by: str
    """An actor, and their name; empty where nobody is at it."""
    taker: str
    proposal: str
    proposed_by: str
    proposer: str
    paper_asked_at: datetime | None
    returned: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The first of the queue, and how long it is."""

    first: tuple[Queued, ...]
    count: int
    by_purpose: tuple[int, ...]
    """The purposes there are among all that wait."""


def queue(work: Work, wanted: Wanted, by: str) -> Queue:
    """What waits and is wanted, the oldest first."""
    where = and_(_APPLICATION.c.state == "referred", *_narrowed(wanted, by))
    rows = work.rows(_joined(work, _columns()).where(where).order_by(_APPLICATION.c.id).limit(MOST))
    count = work.count(_joined(work, [func.count()]).where(where))
    purposes = select(_APPLICATION.c.purpose).where(_APPLICATION.c.state == "referred").distinct()
    names = names_of(work, {one for row in rows for one in (row.taken_by, row.proposed_by) if one})
    there = tuple(sorted(row.purpose for row in work.rows(purposes)))
    return Queue(tuple(_queued(work, row, names) for row in rows), count, there)


def queued(work: Work, number: str) -> Queued | None:
    """One of them by its number; None where it does not wait."""
    wanted = _joined(work, _columns()).where(_APPLICATION.c.state == "referred", _APPLICATION.c.number == number)
    row = work.row(wanted)
    if row is None:
        return None
    return _queued(work, row, names_of(work, {one for one in (row.taken_by, row.proposed_by) if one}))


def _columns() -> list[ColumnElement[Any]]:
    papers = select(func.count()).where(_PAPER.c.application_id == _APPLICATION.c.id).correlate(_APPLICATION)
    return [
        *(_APPLICATION.c[name] for name in ("id", "number", "purpose", "regime_version", "asked_at", "start_at")),
        *(_REVIEW.c[name] for name in ("proposal", "proposed_by", "returned_at")),
        _REVIEW.c.asked_at.label("paper_asked_at"),
        _TAKING.c.taken_by,
        papers.where(_PAPER.c.state == "read").scalar_subquery().label("papers"),
        papers.where(_PAPER.c.state.in_(("arriving", "waiting"))).scalar_subquery().label("unread"),
    ]


def _joined(work: Work, columns: list[Any]) -> Select[Any]:
    live = and_(
        _TAKING.c.kind == literal(APPLICATION),
        _TAKING.c.subject_id == _APPLICATION.c.id,
        _TAKING.c.used_at > work.now - UNUSED,
    )
    reviewed = _APPLICATION.outerjoin(_REVIEW, _REVIEW.c.application_id == _APPLICATION.c.id)
    return select(*columns).select_from(reviewed.outerjoin(_TAKING, live))


def _narrowed(wanted: Wanted, by: str) -> list[ColumnElement[bool]]:
    shown: dict[Show, list[ColumnElement[bool]]] = {
        Show.ALL: [],
        Show.FREE: [
            _TAKING.c.taken_by.is_(None),
            _REVIEW.c.asked_at.is_(None),
            or_(_REVIEW.c.proposed_by.is_(None), _REVIEW.c.proposed_by != by),
        ],
        Show.MINE: [_TAKING.c.taken_by == by],
        Show.CONFIRM: [_REVIEW.c.proposed_by.is_not(None), _REVIEW.c.proposed_by != by],
        Show.PAPERS: [_REVIEW.c.asked_at.is_not(None)],
    }
    found = list(shown[wanted.show])
    if wanted.purpose is not None:
        found.append(_APPLICATION.c.purpose == wanted.purpose)
    if wanted.with_papers:
        readable = select(col(Paper.id)).where(_PAPER.c.application_id == _APPLICATION.c.id, _PAPER.c.state == "read")
        found.append(readable.exists())
    return found


def _queued(work: Work, row: Row[Any], names: dict[str, str]) -> Queued:
    return Queued(
        row.id,
        row.number,
        row.purpose,
        terms(work, row.regime_version).regime,
        row.asked_at,
        row.start_at,
        row.papers,
        row.unread,
        row.taken_by or "",
        names.get(row.taken_by, ""),
        row.proposal or "",
        row.proposed_by or "",
        names.get(row.proposed_by, ""),
        row.paper_asked_at,
        row.returned_at is not None,
    )
