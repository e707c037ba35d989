"""Somebody is known on another number from now on: one rule, whoever of the staff does it.

Who it is must be certain, by a proof on a call or because they sit there, and the number is read back to them. The
old number is told at once, since it may not have been them, and opens nothing any more; the new one is texted.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update
from sqlmodel import col

from codes.case_telephones import move_cases
from codes.fields import Field
from codes.meeting import Meeting, meet
from codes.people import DOCUMENT, Holder
from codes.registering import MOST_PEOPLE
from store import Work
from store.outbox import send
from store.passes import Application, Pass
from store.people import Document, PersonPhone
from store.phones import Telephone

MOVED_TO = "registered"
"""What a new number is told."""
MOVED_FROM = "phone_moved"
"""What the old one is told at once."""


class Move(StrEnum):
    """What came of a wish to be known on another number."""

    MOVED = "moved"
    SAME = "same"  # it is theirs already
    KNOWN = "known"  # somebody there has this document: by text the two can be joined
    CROWDED = "crowded"


@dataclass(frozen=True, slots=True)
class Moved:
    """Who moved, and where to."""

    people: AbstractSet[str]
    to: Telephone


def move_person(work: Work, here: Meeting, person: Holder, number: str, by: str) -> Moved | Move:
    """Whoever is meant of those met on the old number, and who is in their care, is known on `number` from now on.

    Who stays at home is asked there too: `monitoring.patients.telling.tell_moved` tells them how. The old number is
    told also where it wants no notices. Anything but `Moved` says why nothing changed.
    """
    there = meet(work, number)
    moving = {person.id, *(one.id for one in here.holders if one.guardian_id == person.id)}
    if there.phone.id == here.phone.id:
        return Move.SAME
    if _document_there(work, person, there):
        return Move.KNOWN
    if len(there.holders) + len(moving) > MOST_PEOPLE:
        return Move.CROWDED
    for one in moving:
        _move(work, one, here.phone.id, there.phone.id)
    move_cases(work, moving, here.phone.id, there.phone.id)
    work.audit(by, "person.moved", person.id, {"from": here.phone.id, "to": there.phone.id})
    _tell(work, here, there.phone, person)
    return Moved(moving, there.phone)


def _tell(work: Work, here: Meeting, new: Telephone, person: Holder) -> None:
    old, default = here.phone, here.terms.regime.default_language
    shown = {"initials": person.initials, "tail": person.document_tail}
    send(work, old, MOVED_FROM, old.language or default, {}, asked=True)
    send(work, new, MOVED_TO, new.language or old.language or default, shown, asked=True)


def _move(work: Work, person_id: str, old: str, new: str) -> None:
    link = (col(PersonPhone.person_id) == person_id) & (col(PersonPhone.phone_id) == old)
    work.run(update(PersonPhone).where(link), phone_id=new)
    live = (col(Pass.person_id) == person_id) & (col(Pass.valid_until) > work.now)
    work.run(update(Pass).where(live), phone_id=new)
    waiting = (col(Application.person_id) == person_id) & (col(Application.state) == "referred")
    work.run(update(Application).where(waiting), phone_id=new)


def _document_there(work: Work, person: Holder, there: Meeting) -> bool:
    document = person.details.get(Field.DOCUMENT)
    if document is None:
        return False
    index = work.keys.blind(DOCUMENT, document)
    theirs = [one.id for one in there.holders]
    same = select(col(Document.person_id)).where(col(Document.document_index) == index)
    return work.row(same.where(col(Document.person_id).in_(theirs)).limit(1)) is not None
