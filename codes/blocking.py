"""Blocking: no passes for a telephone or a person until somebody lifts it. What they text is still answered."""

from sqlalchemy import update
from sqlmodel import col

from store import Work
from store.people import Person, Phone


def block_phone(work: Work, phone_id: str, reason: str, by: str) -> None:
    """Refuses every request from a telephone, whoever it is for."""
    work.run(update(Phone).where(col(Phone.id) == phone_id), blocked_at=work.now)
    work.audit(by, "phone.blocked", phone_id, {"reason": reason})


def unblock_phone(work: Work, phone_id: str, reason: str, by: str) -> None:
    """Lets a telephone ask again."""
    work.run(update(Phone).where(col(Phone.id) == phone_id), blocked_at=None)
    work.audit(by, "phone.unblocked", phone_id, {"reason": reason})


def block_person(work: Work, person_id: str, reason: str, by: str) -> None:
    """Refuses every request for a person, from whichever telephone."""
    work.run(update(Person).where(col(Person.id) == person_id), blocked_at=work.now)
    work.audit(by, "person.blocked", person_id, {"reason": reason})


def unblock_person(work: Work, person_id: str, reason: str, by: str) -> None:
    """Lets a person have passes again."""
    work.run(update(Person).where(col(Person.id) == person_id), blocked_at=None)
    work.audit(by, "person.unblocked", person_id, {"reason": reason})
