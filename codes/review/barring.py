"""Why somebody may not decide something, though it waits and they are a reviewer: the same on pages and in commands."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, select
from sqlmodel import col

from codes.review.taking import taken
from store import Work
from store.audit import AuditEntry
from store.ids import first_id
from store.staff import Agent

REFERRED: Final = "pass.referred"
"""What the audit says where an application is left to a person."""


class Barred(StrEnum):
    """Why not."""

    OWN = "own"  # they asked for it, or it was asked from their own telephone
    TWICE = "twice"  # they proposed it: somebody else confirms
    TAKEN = "taken"  # another reviewer is at it
    PROPOSED = "proposed"  # it is to be confirmed or sent back
    NOT_PROPOSED = "not_proposed"  # there is nothing to confirm or to send back
    NO_PAPERS = "no_papers"  # the order wants some first
    NONE_WANTED = "none_wanted"  # the order asks for none
    CONCERNED = "concerned"  # the appeal is about what they decided


def not_theirs(work: Work, kind: str, subject_id: str, by: str) -> Barred | None:
    """TAKEN where another reviewer is at it."""
    found = taken(work, kind, subject_id)
    return Barred.TAKEN if found and found.by != by else None


def asked_themselves(work: Work, row: Row[Any], by: str) -> bool:
    """Whether they asked for the application of this row, for whomever: who enters one does not decide it."""
    asker = who_did(work, REFERRED, row.application_id, row.application_asked_at)
    return asker == by or is_their_phone(work, row.application_phone_id, by)


def is_their_phone(work: Work, phone_id: str, by: str) -> bool:
    """Whether it is the telephone on which they take calls: the one of theirs that we know."""
    theirs = select(col(Agent.staff_id)).where(col(Agent.phone_id) == phone_id)
    return any(by == f"staff:{row.staff_id}" for row in work.rows(theirs))


def who_did(work: Work, action: str, subject: str, at: datetime) -> str | None:
    """Who did this at that moment, by the audit: ids of one transaction have its millisecond."""
    entry = select(col(AuditEntry.actor)).where(
        col(AuditEntry.id) >= first_id(at),
        col(AuditEntry.id) < first_id(at + timedelta(milliseconds=1)),
        col(AuditEntry.subject) == subject,
        col(AuditEntry.action) == action,
    )
    row = work.row(entry)
    return str(row.actor) if row else None
