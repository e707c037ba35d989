"""Passes and waiting applications as people who run the service see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlmodel import col

from codes.applications import APPLICATION, said_in
from codes.code import show_code
from codes.fields import Field
from codes.finding import PASS_AND_PEOPLE
from codes.passes import open_face
from codes.people import PERSON, holder
from codes.regime import Regime
from codes.regimes import terms
from store import Store, Work
from store.columns import table
from store.ids import first_id
from store.papers import Paper
from store.passes import Application, Pass
from store.patience import take_time
from store.people import Person, Phone
from store.phones import PHONE, telephone
from store.reviews import ApplicationReview

PAGE = 1000
REVIEWED_WITHIN = timedelta(days=30)
"""A pass is as old as its application, which may have waited so long for somebody to grant it."""
_READABLE = (
    select(func.count())
    .where(col(Paper.application_id) == col(Application.id), col(Paper.state) == "read")
    .correlate(table(Application))
    .scalar_subquery()
)
_REFERRED = (
    select(*APPLICATION, *PERSON, *PHONE, col(ApplicationReview.proposal), _READABLE.label("papers"))
    .join(Person, col(Person.id) == col(Application.person_id))
    .join(Phone, col(Phone.id) == col(Application.phone_id))
    .outerjoin(table(ApplicationReview), col(ApplicationReview.application_id) == col(Application.id))
    .where(col(Application.state) == "referred")
    .order_by(col(Application.id))
)


class PassStatus(StrEnum):
    """Where a pass is in its life. One that begins later is active too."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ListedPass:
    """A pass with its holder, opened."""

    id: str
    code: str
    """As shown to people, in groups."""
    phone: str
    """E.164; of the telephone that asked."""
    purpose: int
    status: PassStatus
    valid_from: datetime
    valid_until: datetime
    channel: str
    regime: Regime
    person_id: str
    holder_name: str
    document_tail: str
    revoked_reason: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which passes: of a telephone, one by its id, issued since then; None: whichever."""

    phone_id: str | None = None
    pass_id: str | None = None
    since: datetime | None = None


def passes(store: Store, wanted: Wanted) -> Iterator[ListedPass]:
    """The passes wanted, newest first (by when they were asked for).

    Each page is a short read of its own: nobody waits for a long list.
    """
    last: str | None = None
    while True:
        with store.reading() as work:
            take_time(work.connection)
            rows = work.rows(_page(wanted, last))
            page = [listed(work, row) for row in rows]
        yield from page
        if len(rows) < PAGE:
            return
        last = rows[-1].pass_id


def _page(wanted: Wanted, last: str | None) -> Select[Any]:
    page = PASS_AND_PEOPLE.order_by(col(Pass.id).desc()).limit(PAGE)
    if wanted.phone_id:
        page = page.where(col(Pass.phone_id) == wanted.phone_id)
    if wanted.pass_id:
        page = page.where(col(Pass.id) == wanted.pass_id)
    if wanted.since:
        asked = first_id(wanted.since - REVIEWED_WITHIN)
        page = page.where(col(Pass.issued_at) >= wanted.since, col(Pass.id) >= asked)
    return page if last is None else page.where(col(Pass.id) < last)


def holders_of(work: Work, wanted: Wanted) -> set[str]:
    """The ids of those whose passes are wanted; for the passes of one telephone or one code."""
    take_time(work.connection)
    return {row.person_id for row in work.rows(_page(wanted, None))}


def pass_by_id(work: Work, pass_id: str) -> ListedPass:
    """The pass of a grant."""
    return listed(work, work.row(_page(Wanted(pass_id=pass_id), None)))


def listed(work: Work, row: Row[Any]) -> ListedPass:
    """A row of `PASS_AND_PEOPLE` as a value."""
    known = holder(work, row)
    face = open_face(known.key, row.pass_id, row.pass_face_sealed)
    regime = terms(work, row.pass_regime_version).regime
    return ListedPass(
        row.pass_id,
        show_code(face.code, regime.code),
        telephone(work, row).number,
        row.pass_purpose,
        _status(row, work.now),
        row.pass_valid_from,
        row.pass_valid_until,
        row.pass_channel,
        regime,
        row.person_id,
        known.name,
        face.tail,
        row.pass_revoked_reason,
    )


def _status(row: Row[Any], now: datetime) -> PassStatus:
    if row.pass_revoked_at is not None:
        return PassStatus.REVOKED
    return PassStatus.EXPIRED if row.pass_valid_until <= now else PassStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that a person must decide, opened."""

    number: str
    phone: str
    purpose: int
    fields: Mapping[Field, str]
    """What was said for this application alone, by field."""
    start_at: datetime | None
    asked_at: datetime
    channel: str
    regime: Regime
    holder_name: str
    document_tail: str
    proposal: str | None
    """What one of two reviewers proposed: grant, refuse."""
    papers: int
    """That can be looked at."""


def waiting(work: Work) -> list[Waiting]:
    """The applications that wait for a decision, oldest first."""
    return [_waiting(work, row) for row in work.rows(_REFERRED)]


def _waiting(work: Work, row: Row[Any]) -> Waiting:
    known = holder(work, row)
    return Waiting(
        row.application_number,
        telephone(work, row).number,
        row.application_purpose,
        said_in(row, known),
        row.application_start_at,
        row.application_asked_at,
        row.application_channel,
        terms(work, row.application_regime_version).regime,
        known.name,
        known.document_tail,
        row.proposal,
        row.papers,
    )
