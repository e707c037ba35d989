"""Every look at personal data is noted: who looked, at whom, and why. People are told how often (`MYDATA`)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, text
from sqlmodel import col

from store import Work
from store.audit import IS_LOOK, LOOKED_AT, AuditEntry
from store.columns import table

EVERYONE = "everyone"
"""The subject of a look at a whole list."""


def note_look(work: Work, subject: str, by: str, why: str, at: str) -> None:
    """`by` looked at a person (their id) or at `EVERYONE`, at the page or command `at`."""
    work.audit(by, LOOKED_AT, subject, {"why": why, "at": at})


def looks_at(person_id: str) -> Select[int]:
    """How often somebody looked at a person, in a list of all or alone, since we know them."""
    return select(func.count()).select_from(AuditEntry).where(*_looks(person_id))


def looks_of(work: Work, person_id: str) -> Sequence[Row[Any]]:
    """Each of those, as rows of the audit, the newest first."""
    entry = table(AuditEntry)
    return work.rows(select(entry).where(*_looks(person_id)).order_by(entry.c.id.desc()))


def _looks(person_id: str) -> tuple[ColumnElement[bool], ...]:
    subject, known_since = col(AuditEntry.subject), col(AuditEntry.id) >= person_id
    of_all = (subject == EVERYONE) & known_since
    is_look: Any = text(IS_LOOK)
    return is_look, or_(subject == person_id, of_all)
