"""Finding out who is on the line with an agent: by what they say alone, and proved before anything is done."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlmodel import col

from codes.desk.attending import Attended, found_by, number_on_file
from codes.desk.proving import (
    CONSENTS_A_CALL,
    WRONG_A_DAY,
    consent_fits,
    consents_sent,
    count_wrong,
    holder_with_tail,
    prove,
    send_consent,
    wrong_proofs_lately,
)
from codes.looking import note_look
from codes.people import DOCUMENT
from store import Work
from store.people import Document, PersonPhone, Phone
from store.phones import NUMBER, PHONE, Telephone, telephone
from store.prepared import Prepared

_FIND = Prepared(
    select(*PHONE, col(Document.person_id).label("person_id"))
    .join(PersonPhone, col(PersonPhone.phone_id) == col(Phone.id))
    .join(Document, col(Document.person_id) == col(PersonPhone.person_id))
    .where(
        col(Phone.number_index) == bindparam("number_index"),
        col(Document.document_index) == bindparam("document_index"),
    )
    .limit(1)
)


class LookReason(StrEnum):
    """Why an agent looks somebody up who does not call from their own number, or shows a code again."""

    OTHER_NUMBER = "other_number"  # calls from a number that is not theirs
    HIDDEN_NUMBER = "hidden_number"
    NOT_UNDERSTOOD = "not_understood"  # did not get the code the first time
    CHECKS = "checks"  # wants to compare what they wrote down


class Proof(StrEnum):
    """What came of a try to prove who calls."""

    PROVED = "proved"
    WRONG = "wrong"
    SPENT = "spent"  # wrong as often as may be
    SENT = "sent"
    NO_NUMBER = "no_number"  # nobody was found whose number a code could go to


@dataclass(frozen=True, slots=True)
class Found:
    """Who is on file with the number and the document that were said."""

    person_id: str
    phone: Telephone


def find_caller(work: Work, attended: Attended, number: str, document: str, why: LookReason) -> Found | None:
    """The one person with this telephone (E.164) and this document, both as said; noted either way."""
    indexes = {
        "number_index": work.keys.blind(NUMBER, number),
        "document_index": work.keys.blind(DOCUMENT, document),
    }
    row = work.row(_FIND, **indexes)
    if row is None:
        work.audit(attended.actor, "caller.not_found", attended.call.sid, {"why": str(why)})
        return None
    phone = telephone(work, row)
    found_by(work, attended, row.person_id, phone, str(why))
    note_look(work, row.person_id, attended.actor, str(why), "desk.search")
    return Found(row.person_id, phone)


def prove_by_tail(work: Work, attended: Attended, said: str) -> Proof:
    """The end of the document, as the caller said it, of anybody on the telephone they call from."""
    if attended.people:
        return Proof.PROVED
    meeting, call = attended.meeting, attended.call
    if meeting is None:
        return Proof.NO_NUMBER
    if wrong_proofs_lately(work, meeting.phone) >= WRONG_A_DAY:
        return Proof.SPENT
    holder = holder_with_tail(meeting.holders, said)
    if holder is None:
        count_wrong(work, call.sid, attended.actor)
        return Proof.WRONG
    found_by(work, attended, holder.id, meeting.phone, "call")
    prove(work, call.sid, holder.id, "document", attended.actor)
    return Proof.PROVED


def send_code(work: Work, attended: Attended, person_id: str) -> Proof:
    """Texts six digits to the number on file of somebody who was met or found in this call."""
    phone = number_on_file(work, attended.call.sid, person_id)
    if phone is None:
        return Proof.NO_NUMBER
    if consents_sent(work, attended.call, phone) >= CONSENTS_A_CALL:
        return Proof.SPENT
    send_consent(work, attended.call.sid, phone, phone.language or attended.language, attended.actor)
    return Proof.SENT


def prove_by_code(work: Work, attended: Attended, person_id: str, said: str) -> Proof:
    """The digits that were sent to the number on file of this person, as the caller reads them out."""
    if attended.people:
        return Proof.PROVED
    phone = number_on_file(work, attended.call.sid, person_id)
    if phone is None:
        return Proof.NO_NUMBER
    if attended.call.wrong_proofs >= WRONG_A_DAY:
        return Proof.SPENT
    if not consent_fits(work, attended.call, phone, said):
        count_wrong(work, attended.call.sid, attended.actor)
        return Proof.WRONG
    prove(work, attended.call.sid, person_id, "code", attended.actor)
    return Proof.PROVED
