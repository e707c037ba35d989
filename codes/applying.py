"""Asking for a pass on a page: everything is said at once, and the order decides as it does for a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from codes.applications import BY_WEB, Asking
from codes.fields import Field
from codes.issuing import issue_pass
from codes.meeting import Meeting
from codes.outcomes import Grant, Referral, Refusal
from codes.people import Holder
from codes.registering import (
    Lacking,
    missing,
    same_dependant,
    settle_person,
    settle_request,
    too_many,
    whom_fields_mean,
)
from store import Work


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to go, what for. `person_id` None is somebody new; a `dependant` needs no document of their own."""

    purpose: int
    fields: Mapping[Field, str]
    person_id: str | None = None
    dependant: bool = False
    start: datetime | None = None


def guardian_on(meeting: Meeting) -> Holder | None:
    """Who on the telephone children and dependants are registered by."""
    return next((one for one in meeting.holders if one.guardian_id is None), None)


def wished_for(meeting: Meeting, wish: Wish) -> Holder | None:
    """Whom a wish is for, where they are known on this telephone."""
    if wish.person_id is not None:
        return next(one for one in meeting.holders if one.id == wish.person_id)
    if wish.dependant:
        return same_dependant(meeting.holders, wish.fields.get(Field.NAME, ""))
    required = meeting.terms.regime.registration.required
    telling = Field.DOCUMENT if Field.DOCUMENT in required else Field.NAME
    return whom_fields_mean(meeting.holders, wish.fields) if telling in wish.fields else None


def lacking(meeting: Meeting, wish: Wish) -> tuple[Field, ...]:
    """What must still be said, in the order it is asked for."""
    purpose, known = meeting.terms.regime.by_number[wish.purpose], wished_for(meeting, wish)
    if known is None and wish.dependant:
        wanted = (Field.NAME, *purpose.fields)
        return tuple(name for name in wanted if not wish.fields.get(name))
    return missing(meeting.terms.regime, purpose, known, wish.fields)


def apply(work: Work, meeting: Meeting, wish: Wish, channel: str = BY_WEB) -> Grant | Refusal | Referral | Lacking:
    """A pass, why not, that a person decides, or what must be said first. `meeting` holds the telephone's lock."""
    needed = lacking(meeting, wish)
    if needed:
        return Lacking(needed)
    known = wished_for(meeting, wish)
    if known is None and (refusal := too_many(meeting.holders)):
        return refusal
    if known is None and wish.dependant:
        guardian = guardian_on(meeting)
        holder = settle_person(work, meeting, None, wish.fields, guardian.id if guardian else None)
    else:
        holder = settle_request(work, meeting, known, wish.fields)
    purpose = meeting.terms.regime.by_number[wish.purpose]
    actor = meeting.phone.actor
    asking = Asking(meeting.phone, holder, purpose, wish.fields, channel, actor, wish.start)
    return issue_pass(work, meeting.terms, asking)
