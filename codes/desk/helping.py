"""What an agent does for a proved caller: issue, lengthen, give back, register, correct; by every channel's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from codes.applications import BY_AGENT, Asking
from codes.desk.attending import Attended, NotAttended, Why, found_by
from codes.desk.proving import prove
from codes.fields import Field
from codes.holding import Cancelled, Withdrawal, cancel_pass, extend_pass
from codes.issuing import issue_pass
from codes.meeting import Meeting, meet
from codes.moving import Move, move_person
from codes.outcomes import Grant, Referral, Refusal, RefusalReason
from codes.people import Holder
from codes.registering import Lacking, missing, settle_person, settle_request, too_many
from store import Work

CORRECTABLE = (Field.ADDRESS, Field.POSTCODE)
"""What an agent may correct; who somebody is, their name and document, is told anew by registering."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Somebody is known from now on; or was before, by this very document."""

    person: Holder
    before: bool


def issue(
    work: Work,
    attended: Attended,
    person_id: str,
    purpose_number: int,
    fields: Mapping[Field, str],
    start: datetime | None = None,
) -> Grant | Refusal | Referral | Lacking:
    """A pass for one of the attended people, or why not, or what must be asked first. Its code must be heard."""
    holder, phone, under = attended.person(person_id), attended.phone, attended.terms
    attended.audible()
    purpose = under.regime.by_number[purpose_number]
    lacking = missing(under.regime, purpose, holder, fields)
    if lacking:
        return Lacking(lacking)
    known = settle_request(work, _meeting(attended), holder, fields, attended.actor)
    call_sid = attended.call.sid
    asking = Asking(phone, known, purpose, fields, BY_AGENT, attended.actor, start, call_sid)
    return issue_pass(work, under, asking)


def extend(work: Work, attended: Attended, pass_id: str) -> Grant | Refusal:
    """Makes a live pass of the attended people longer."""
    pair = attended.live(pass_id)
    if pair is None:
        return Refusal(RefusalReason.NOTHING_LIVE)
    return extend_pass(work, attended.phone, *pair, attended.actor)


def cancel(work: Work, attended: Attended, pass_id: str) -> Cancelled | Refusal:
    """Gives a live pass of the attended people back."""
    pair = attended.live(pass_id)
    if pair is None:
        return Refusal(RefusalReason.NOTHING_LIVE)
    return cancel_pass(work, attended.terms, pair[1], Withdrawal.CANCELLED, attended.actor)


def register(
    work: Work, attended: Attended, fields: Mapping[Field, str], number: str | None = None, guardian_id: str = ""
) -> Registered | Refusal | None:
    """Somebody new on the caller's telephone, or where it is hidden on `number`; None where somebody is known there.

    The document was asked in full: who is on file with it there is proved by it; somebody new is proved as such, which
    opens nobody else. `guardian_id`: a child or dependant of an attended person.
    """
    meeting = attended.meeting or _unknown(work, number)
    if meeting is None:
        return None
    document = fields.get(Field.DOCUMENT)
    same = [one for one in meeting.holders if document and one.details.get(Field.DOCUMENT) == document]
    if same:
        return _proved(work, attended, meeting, Registered(same[0], before=True), "document")
    if refusal := too_many(meeting.holders):
        return refusal
    guardian = attended.person(guardian_id).id if guardian_id else None
    person = settle_person(work, meeting, None, fields, guardian, attended.actor)
    return _proved(work, attended, meeting, Registered(person, before=False), "registered")


def correct(work: Work, attended: Attended, person_id: str, fields: Mapping[Field, str]) -> Holder:
    """Puts a new address in the place of the old."""
    told = {name: value for name, value in fields.items() if name in CORRECTABLE}
    return settle_person(work, _meeting(attended), attended.person(person_id), told, by=attended.actor)


def move(work: Work, attended: Attended, person_id: str, number: str) -> Move:
    """One of the attended people, and who is in their care, is known on another number from now on."""
    moved = move_person(work, _meeting(attended), attended.person(person_id), number, attended.actor)
    if isinstance(moved, Move):
        return moved
    for one in moved.people:
        found_by(work, attended, one, moved.to, "call")
    return Move.MOVED


def _unknown(work: Work, number: str | None) -> Meeting | None:
    """A number that can't be seen opens nothing that is on file with another: whoever is known there is looked up."""
    there = meet(work, number) if number else None
    return None if there is None or there.holders else there


def _proved(work: Work, attended: Attended, meeting: Meeting, registered: Registered, how: str) -> Registered:
    found_by(work, attended, registered.person.id, meeting.phone, "call")
    if not attended.people:
        prove(work, attended.call.sid, registered.person.id, how, attended.actor)
    return registered


def _meeting(attended: Attended) -> Meeting:
    if attended.meeting is None:
        raise NotAttended(Why.NOT_PROVED, attended.call.sid)
    return attended.meeting
