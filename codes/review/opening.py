"""An application as who decides it sees it: what was said, who asks, what was before. To open one is a look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from codes.applications import APPLICATION, said_in
from codes.fields import Field
from codes.looking import note_look
from codes.people import PERSON, holder
from codes.regime import Regime
from codes.regimes import terms
from codes.review.papers import ListedPaper, papers_of
from codes.review.review_queue import Queued, queued
from codes.review.reviewing import REVIEW, returned_place, words_place
from codes.review.showing_papers import Page, pages_of
from codes.review.taking import APPLICATION as KIND
from codes.review.taking import names_of, take, use
from store import Work
from store.columns import table
from store.passes import Application, Pass
from store.people import Person
from store.phones import phone_by_id
from store.reviews import ApplicationReview

EARLIER: Final = 20
"""As many earlier applications, and as many passes, as are shown."""
_OPENED = (
    select(*APPLICATION, *PERSON, *REVIEW)
    .join(Person, col(Person.id) == col(Application.person_id))
    .outerjoin(table(ApplicationReview), col(ApplicationReview.application_id) == col(Application.id))
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was before: an application with what became of it, or a pass; without its code."""

    purpose: int
    regime: Regime
    at: datetime
    state: str
    """Of an application: refused, referred; of a pass: active, expired, revoked."""
    reason: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An application, opened."""

    queued: Queued
    phone: str
    """E.164; show no more than its end."""
    language: str
    name: str
    document_tail: str
    said: Mapping[Field, str]
    channel: str
    for_another: bool
    """For a dependant of who asked."""
    papers: tuple[ListedPaper, ...]
    applications: tuple[Earlier, ...]
    passes: tuple[Earlier, ...]
    words: str
    """That the applicant is to be sent, as another proposed."""
    returned: str
    """Why the last proposal was sent back, and by whom."""
    returner: str


def take_application(work: Work, number: str, by: str) -> bool:
    """Takes it to decide it, and looks at it; whether it is theirs now. False too where it does not wait."""
    one = queued(work, number)
    if one is None or not take(work, KIND, one.id, by):
        return False
    row = work.row(select(col(Application.person_id)).where(col(Application.id) == one.id))
    note_look(work, row.person_id, by, f"application {number}", "review")
    return True


def open_application(work: Work, number: str, by: str) -> Opened | None:
    """All there is to decide by, for who took it; None for everybody else. It stays theirs for another while."""
    one = queued(work, number)
    if one is None or not use(work, KIND, one.id, by):
        return None
    row = work.row(_OPENED.where(col(Application.id) == one.id))
    known, phone = holder(work, row), phone_by_id(work, row.application_phone_id)
    words = phone.key.open(words_place(one.id), row.review_words_sealed) if row.review_words_sealed else ""
    returned = phone.key.open(returned_place(one.id), row.review_returned_sealed) if row.review_returned_sealed else ""
    returner = names_of(work, [row.review_returned_by])[row.review_returned_by] if row.review_returned_by else ""
    return Opened(
        one,
        phone.number,
        phone.language or one.regime.default_language,
        known.details.get(Field.NAME, ""),
        known.document_tail,
        said_in(row, known),
        row.application_channel,
        known.guardian_id is not None,
        tuple(papers_of(work, one.id)),
        _applications(work, row.person_id, one.id),
        _passes(work, row.person_id),
        words,
        returned,
        returner,
    )


def look_at_paper(work: Work, number: str, paper_id: str, by: str) -> list[Page]:
    """The pages of a paper, for who took its application: a look. None for others, or where none can be read."""
    one = queued(work, number)
    if one is None or not use(work, KIND, one.id, by):
        return []
    pages = pages_of(work, one.id, paper_id)
    if pages:
        row = work.row(select(col(Application.person_id)).where(col(Application.id) == one.id))
        note_look(work, row.person_id, by, f"application {number}", "paper")
        work.audit(by, "paper.looked_at", paper_id, {"application": one.id})
    return pages


def look_at_page(work: Work, number: str, paper_id: str, page: int, by: str) -> Page | None:
    """One page of it, from 1 on, to be shown now."""
    one = queued(work, number)
    if one is None or not use(work, KIND, one.id, by):
        return None
    pages = pages_of(work, one.id, paper_id)
    if not 1 <= page <= len(pages):
        return None
    work.audit(by, "paper.page_shown", paper_id, {"page": page})
    return pages[page - 1]


def _applications(work: Work, person_id: str, this: str) -> tuple[Earlier, ...]:
    theirs = select(table(Application)).where(col(Application.person_id) == person_id, col(Application.id) != this)
    undone = theirs.where(col(Application.state) != "granted").order_by(col(Application.id).desc())
    return tuple(
        Earlier(row.purpose, terms(work, row.regime_version).regime, row.asked_at, row.state, row.refusal or "")
        for row in work.rows(undone.limit(EARLIER))
    )


def _passes(work: Work, person_id: str) -> tuple[Earlier, ...]:
    theirs = select(table(Pass)).where(col(Pass.person_id) == person_id).order_by(col(Pass.id).desc())
    return tuple(_pass(work, row) for row in work.rows(theirs.limit(EARLIER)))


def _pass(work: Work, row: Any) -> Earlier:
    over = "revoked" if row.revoked_at else "expired" if row.valid_until <= work.now else "active"
    regime = terms(work, row.regime_version).regime
    return Earlier(row.purpose, regime, row.valid_from, over, until=row.valid_until)
