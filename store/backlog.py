"""What should have been done by now: entries to chain, texts to hand over."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from store.audit import AuditEntry, AuditLink
from store.messages import LOST, UNSENT, OutboxMessage
from store.work import Work

UNSEALED_FOR = timedelta(seconds=10)
OVERDUE_FOR = timedelta(minutes=2)


def unsealed(work: Work) -> int:
    """Entries behind the last link that are older than `UNSEALED_FOR`."""
    last = work.row(select(col(AuditLink.entry_id)).order_by(col(AuditLink.place).desc()).limit(1))
    waiting = select(func.count()).where(col(AuditEntry.at) < work.now - UNSEALED_FOR)
    return work.count(waiting.where(col(AuditEntry.id) > last.entry_id) if last else waiting)


def overdue(work: Work) -> int:
    """Texts that are due since more than `OVERDUE_FOR`."""
    unsent, late = col(OutboxMessage.state).in_(UNSENT), work.now - OVERDUE_FOR
    return work.count(select(func.count()).where(unsent, col(OutboxMessage.due_at) < late))


def waiting_texts(work: Work, most: int = 100) -> int:
    """Texts that are due now and not with the carrier yet, counted up to `most`."""
    unsent = col(OutboxMessage.state).in_(UNSENT), col(OutboxMessage.due_at) <= work.now
    found = select(col(OutboxMessage.id)).where(*unsent).limit(most).subquery()
    return work.count(select(func.count()).select_from(found))


def lost(work: Work, since: timedelta) -> int:
    """Texts of the last while that never arrived."""
    given_up = col(OutboxMessage.state).in_(LOST)
    return work.count(select(func.count()).where(given_up, col(OutboxMessage.settled_at) > work.now - since))
