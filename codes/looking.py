"""Every look at personal data is noted: who looked, at whom, and why. People are told how often (`MYDATA`)."""

from sqlalchemy import Select, func, or_, select, text
from sqlmodel import col

from store import Work
from store.audit import IS_LOOK, LOOKED_AT, AuditEntry

EVERYONE = "everyone"
"""The subject of a look at a whole list."""


def note_look(work: Work, subject: str, by: str, why: str, at: str) -> None:
    """`by` looked at a person (their id) or at `EVERYONE`, at the page or command `at`."""
    work.audit(by, LOOKED_AT, subject, {"why": why, "at": at})


def looks_at(person_id: str) -> Select[int]:
    """How often somebody looked at a person, in a list of all or alone, since we know them."""
    subject, known_since = col(AuditEntry.subject), col(AuditEntry.id) >= person_id
    of_all = (subject == EVERYONE) & known_since
    return select(func.count()).select_from(AuditEntry).where(text(IS_LOOK), or_(subject == person_id, of_all))
