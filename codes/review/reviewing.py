"""Deciding referred applications: a person grants or refuses, or two do, and the applicant is told by text.

Where the order wants two, the first one's decision is a proposal; another confirms it or sends it back with a reason.
Whoever asked for an application does not decide it, and nobody decides what another reviewer is at (`barring`).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, select, text, update
from sqlmodel import col

from codes.applications import APPLICATION, Asking, said_in
from codes.decisions import Again, Span, decide
from codes.isolation import hold_person
from codes.issuing import grant
from codes.meeting import LIVE, OPEN_CASE, holder_with_passes
from codes.outcomes import Grant, Refusal, RefusalReason
from codes.passes import PASS
from codes.people import PERSON
from codes.regimes import Terms, terms
from codes.review.barring import Barred, asked_themselves, not_theirs
from codes.review.papers import has_readable, papers_of
from codes.review.taking import APPLICATION as KIND
from codes.review.taking import done
from store import Work
from store.columns import labelled, table
from store.outbox import send
from store.passes import Application, Pass
from store.people import Person
from store.phones import phone_by_id
from store.reviews import ApplicationReview

REVIEW = labelled(ApplicationReview, "review")
_REVIEW = table(ApplicationReview)
_WHOSE = select(col(Application.person_id)).where(col(Application.number) == bindparam("number"))
_REFERRED = (
    select(*APPLICATION, *PERSON, *PASS, *REVIEW, OPEN_CASE.label("open_case"))
    .join(Person, col(Person.id) == col(Application.person_id))
    .outerjoin(table(Pass), LIVE)
    .outerjoin(_REVIEW, _REVIEW.c.application_id == col(Application.id))
    .where(col(Application.number) == bindparam("number"))
)
_BEGIN = text("INSERT INTO application_review (application_id) VALUES (:application_id) ON CONFLICT DO NOTHING")
_ONE = update(_REVIEW).where(_REVIEW.c.application_id == bindparam("of_application"))


class NotWaiting(ValueError):
    """There is no such application, or it was decided before."""


class Came(StrEnum):
    """What came of a decision that is no pass."""

    PROPOSED = "proposed"  # another reviewer is to confirm it
    REFUSED = "refused"
    RETURNED = "returned"  # the proposal was not confirmed
    ASKED = "asked"  # the applicant was asked for another paper


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that is to be decided, as the verbs here see it; nothing of it changes meanwhile."""

    row: Row[Any]
    asking: Asking
    under: Terms

    @property
    def id(self) -> str:
        """The application's."""
        return str(self.row.application_id)

    @property
    def language(self) -> str:
        """The applicant's, else the order's."""
        return self.asking.phone.language or self.under.regime.default_language


def find_waiting(work: Work, number: str) -> Waiting:
    """The application with this number. Its row and its person are held to the end of the work. Raises NotWaiting."""
    work.lock(work.keys.blind("application", number))
    whose = work.row(_WHOSE, number=number)
    if whose is not None:
        hold_person(work, whose.person_id)
    rows = work.rows(_REFERRED, number=number, now=work.now)
    if not rows or rows[0].application_state != "referred":
        raise NotWaiting(f"no application {number} waits for a decision")
    first = rows[0]
    known = holder_with_passes(work, rows)
    under = terms(work, first.application_regime_version)
    phone, purpose = phone_by_id(work, first.application_phone_id), under.regime.by_number[first.application_purpose]
    said, channel, start = said_in(first, known), first.application_channel, first.application_start_at
    return Waiting(first, Asking(phone, known, purpose, said, channel, "", start), under)


def grant_application(work: Work, number: str, by: str) -> Grant | Refusal | Came | Barred:
    """Grants a referred application and owes the applicant the code, or proposes to; a rule may refuse it meanwhile.

    Raises NotWaiting.
    """
    found = find_waiting(work, number)
    barred = _bar(work, found, by, proposal=False) or _lacks_papers(work, found)
    if barred:
        return barred
    if found.asking.purpose.reviewers == 1:
        return _grant(work, found, by)
    answer = rehearse(work, found)
    return answer if isinstance(answer, Refusal) else _propose(work, found, "grant", None, by)


def rehearse(work: Work, found: Waiting) -> Span | Again | Refusal:
    """What the rules say of it now; its limit comes after."""
    return decide(found.under, found.asking, work.now)


def refuse_application(work: Work, number: str, reason: str, by: str) -> Came | Barred:
    """Refuses a referred application, or proposes to, with words the applicant is sent. Raises NotWaiting."""
    found = find_waiting(work, number)
    barred = _bar(work, found, by, proposal=False)
    if barred:
        return barred
    if found.asking.purpose.reviewers == 1:
        return _refuse(work, found, reason, by)
    sealed = found.asking.phone.key.seal(words_place(found.id), reason)
    return _propose(work, found, "refuse", sealed, by)


def confirm_proposal(work: Work, number: str, by: str) -> Grant | Refusal | Came | Barred:
    """Decides as another reviewer proposed; a rule may refuse it meanwhile. Raises NotWaiting."""
    found = find_waiting(work, number)
    barred = _bar(work, found, by, proposal=True)
    if barred:
        return barred
    if found.row.review_proposal == "grant":
        outcome = _lacks_papers(work, found) or _grant(work, found, by)
        if isinstance(outcome, Grant):
            work.run(_ONE.values(confirmed_by=by), of_application=found.id)
        return outcome
    work.run(_ONE.values(confirmed_by=by), of_application=found.id)
    return _refuse(work, found, found.asking.phone.key.open(words_place(found.id), found.row.review_words_sealed), by)


def send_back(work: Work, number: str, reason: str, by: str) -> Came | Barred:
    """Does not confirm: the application waits again, with the reason for who decides next. Raises NotWaiting."""
    found = find_waiting(work, number)
    barred = _bar(work, found, by, proposal=True)
    if barred:
        return barred
    why = found.asking.phone.key.seal(returned_place(found.id), reason)
    returned = {"returned_by": by, "returned_to": found.row.review_proposed_by, "returned_at": work.now}
    nothing = {"proposal": None, "proposed_by": None, "proposed_at": None, "words_sealed": None}
    work.run(_ONE.values(**returned, returned_sealed=why, **nothing), of_application=found.id)
    work.audit(by, "application.returned", found.id, {"to": found.row.review_proposed_by})
    done(work, KIND, found.id, by)
    return Came.RETURNED


def ask_for_paper(work: Work, number: str, words: str, by: str) -> Came | Barred:
    """Asks the applicant for another paper, in words they are sent; the application waits. Raises NotWaiting."""
    found = find_waiting(work, number)
    barred = _bar(work, found, by, proposal=False)
    if barred:
        return barred
    if not found.asking.purpose.papers:
        return Barred.NONE_WANTED
    work.run(_BEGIN, application_id=found.id)
    work.run(_ONE.values(asked_at=work.now), of_application=found.id)
    work.audit(by, "paper.wanted", found.id)
    send(work, found.asking.phone, "paper_wanted", found.language, {"application": number, "reason": words})
    done(work, KIND, found.id, by)
    return Came.ASKED


def words_place(application_id: str) -> str:
    """What the words of a proposed refusal are sealed for, under the telephone's key."""
    return f"application_review.words.{application_id}"


def returned_place(application_id: str) -> str:
    """What the reason why it was sent back is sealed for, under the telephone's key."""
    return f"application_review.returned.{application_id}"


def _bar(work: Work, found: Waiting, by: str, *, proposal: bool) -> Barred | None:
    """Why they may not decide it, where it is `proposal` that should be there or not."""
    proposed_by = found.row.review_proposed_by
    if asked_themselves(work, found.row, by):
        return Barred.OWN
    if proposal != (proposed_by is not None):
        return Barred.NOT_PROPOSED if proposal else Barred.PROPOSED
    if proposed_by == by:
        return Barred.TWICE
    return not_theirs(work, KIND, found.id, by)


def _lacks_papers(work: Work, found: Waiting) -> Barred | None:
    papers = found.asking.purpose.papers
    needed = papers is not None and papers.need == "required"
    return Barred.NO_PAPERS if needed and not has_readable(papers_of(work, found.id)) else None


def _propose(work: Work, found: Waiting, verdict: str, words: bytes | None, by: str) -> Came:
    work.run(_BEGIN, application_id=found.id)
    proposed = {"proposal": verdict, "proposed_by": by, "proposed_at": work.now, "words_sealed": words}
    work.run(_ONE.values(**proposed, asked_at=None), of_application=found.id)
    work.audit(by, "application.proposed", found.id, {"verdict": verdict})
    done(work, KIND, found.id, by)
    return Came.PROPOSED


def _grant(work: Work, found: Waiting, by: str) -> Grant | Refusal:
    row, asking, under = found.row, found.asking, found.under
    answer = decide(under, asking, work.now)
    if isinstance(answer, Refusal):
        return answer
    span = answer if isinstance(answer, Span) else Span(answer.live.valid_from, answer.live.valid_until, True)
    outcome = grant(work, under, asking, span, found.id, decided_by=by)
    if isinstance(outcome, Grant):
        _decided(work, found, "granted", None, by)
        fields: dict[str, str | int | datetime] = {
            "application": row.application_number,
            "code": outcome.code,
            "purpose": outcome.name.get(found.language) or outcome.name[under.regime.default_language],
            "valid_from": outcome.valid_from,
            "valid_until": outcome.valid_until,
            "initials": outcome.initials,
            "tail": outcome.document_tail,
        }
        send(work, asking.phone, "application_granted", found.language, fields)
    return outcome


def _refuse(work: Work, found: Waiting, reason: str, by: str) -> Came:
    _decided(work, found, "refused", RefusalReason.REVIEW, by)
    work.audit(by, "application.refused", found.id)
    fields = {"application": found.row.application_number, "reason": reason}
    send(work, found.asking.phone, "application_refused", found.language, fields)
    return Came.REFUSED


def _decided(work: Work, found: Waiting, state: str, refusal: RefusalReason | None, by: str) -> None:
    change = update(Application).where(col(Application.id) == found.id)
    work.run(change, state=state, refusal=refusal, decided_at=work.now, decided_by=by)
    done(work, KIND, found.id, by)
