"""One document on two telephones: the one that named it first is asked, then the other; only two yeses join them.

Whoever names a document first may be a stranger who knows it, so neither can join the other alone. The question lies
beside the dialogue, under a key of its own: nobody asked for it, and both go on with whatever they were doing. It is
answered by the number that stands in it, or by a no: a sender can be forged, so that a yes alone would let a stranger
answer for both.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlmodel import col

from codes.fields import Field
from codes.joining import join_people
from codes.meeting import Meeting
from codes.people import DOCUMENT, Holder
from store import Work
from store.dialogues import FORGET, KEEP
from store.messages import OpenDialogue
from store.outbox import send
from store.people import Document, PersonPhone
from store.phones import Telephone, phone_by_id
from store.prepared import Prepared

LIFE = timedelta(hours=24)
_FIRST_PHONE = Prepared(
    select(col(PersonPhone.phone_id))
    .join(Document, col(Document.person_id) == col(PersonPhone.person_id))
    .where(col(Document.document_index) == bindparam("index"), col(PersonPhone.phone_id) != bindparam("phone_id"))
    .order_by(col(PersonPhone.added_at))
    .limit(1)
)
"""The telephone on which a document was named first, other than this one."""


class Claim(StrEnum):
    """What came of an answer: the other telephone is asked too, both share the document from now on, or nothing."""

    WAITS = "waits"
    AGREED = "agreed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that waits for a telephone's answer: `consent` are the six digits that say yes."""

    consent: str
    person_id: str
    """Who claims the document."""
    agreed: bool
    """Whether they said yes themselves already."""


def ask_first_phone(work: Work, meeting: Meeting, claimant: Holder, by: str) -> None:
    """Asks whoever named the claimant's document before, once a day; until they agree nothing is joined."""
    index = work.keys.blind(DOCUMENT, claimant.details[Field.DOCUMENT])
    row = work.row(_FIRST_PHONE, index=index, phone_id=meeting.phone.id)
    if row is None:
        return
    first = phone_by_id(work, row.phone_id)
    if not pending_claim(work, first):
        _ask(work, meeting, first, claimant.id, claimant.document_tail, agreed=False)
        work.audit(by, "document.claimed", claimant.id)


def _ask(work: Work, meeting: Meeting, phone: Telephone, person_id: str, tail: str, *, agreed: bool) -> None:
    consent = f"{work.random.randrange(1_000_000):06}"
    sealed = phone.key.seal(_place(phone), json.dumps([consent, person_id, agreed]))
    work.later(KEEP, key=_key(phone), state_sealed=sealed, expires_at=work.now + LIFE)
    _tell(work, meeting, phone, "document_claimed", {"tail": tail, "consent": consent})


def _tell(work: Work, meeting: Meeting, phone: Telephone, template: str, fields: Mapping[str, str]) -> None:
    send(work, phone, template, phone.language or meeting.terms.regime.default_language, fields)


def pending_claim(work: Work, phone: Telephone) -> Pending | None:
    """What waits for this telephone's answer."""
    asked = select(col(OpenDialogue.state_sealed)).where(
        col(OpenDialogue.key) == _key(phone), col(OpenDialogue.expires_at) > work.now
    )
    row = work.row(asked)
    return Pending(*json.loads(phone.key.open(_place(phone), row.state_sealed))) if row else None


def answer_claim(work: Work, meeting: Meeting, claim: Pending, *, agreed: bool) -> tuple[Claim, str]:
    """The telephone says whether its document may be used on another too; what came of it, and the document's end."""
    other_id = claim.person_id
    other, mine = _phone_of(work, other_id), _namesake(work, meeting, other_id)
    outcome, tail = Claim.DENIED, mine.document_tail if mine and other else ""
    if mine and other and agreed and not claim.agreed:
        outcome = Claim.WAITS
        _ask(work, meeting, other, mine.id, tail, agreed=True)
    elif mine and other:
        if agreed:
            outcome = Claim.AGREED
            join_people(work, mine, other_id, meeting.phone.actor)
        _tell(work, meeting, other, f"claim_{outcome}", {"tail": tail})
    work.later(FORGET, key=_key(meeting.phone))
    work.audit(meeting.phone.actor, f"document.claim_{outcome}", other_id)
    return outcome, tail


def _key(phone: Telephone) -> str:
    return f"claim/{phone.id}"


def _place(phone: Telephone) -> str:
    return f"dialogue.claim.{phone.id}"


def _phone_of(work: Work, person_id: str) -> Telephone | None:
    row = work.row(select(col(PersonPhone.phone_id)).where(col(PersonPhone.person_id) == person_id))
    return phone_by_id(work, row.phone_id) if row else None


def _namesake(work: Work, meeting: Meeting, claimant_id: str) -> Holder | None:
    """The person of this telephone with a document of the claimant's."""
    named = select(col(Document.document_index)).where(col(Document.person_id) == claimant_id)
    theirs = {row.document_index for row in work.rows(named)}
    for one in meeting.holders:
        document = one.details.get(Field.DOCUMENT)
        if document and work.keys.blind(DOCUMENT, document) in theirs:
            return one
    return None
