"""What was exchanged with a telephone: how many texts came in, and every text out with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import col

from store.messages import LOST, InboundMessage, OutboxMessage
from store.people import Phone
from store.phones import PHONE, Telephone, telephone
from store.work import Work

_OUT = (
    select(
        *PHONE,
        col(OutboxMessage.id),
        col(OutboxMessage.template),
        col(OutboxMessage.state),
        col(OutboxMessage.error_code),
        col(OutboxMessage.attempts),
        col(OutboxMessage.segments),
        col(OutboxMessage.created_at),
        col(OutboxMessage.sent_at),
        col(OutboxMessage.settled_at),
    )
    .join(Phone, col(Phone.id) == col(OutboxMessage.phone_id))
    .order_by(col(OutboxMessage.id).desc())
)


@dataclass(frozen=True, slots=True)
class TextOut:
    """A text we owed; never its words."""

    id: str
    phone: str
    """E.164."""
    template: str
    state: str
    error_code: int | None
    attempts: int
    segments: int | None
    created_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None


def count_in(work: Work, phone: Telephone) -> int:
    """How many texts came from a telephone."""
    return work.count(select(func.count()).where(col(InboundMessage.phone_id) == phone.id))


def texts_out(work: Work, phone: Telephone | None, *, lost_only: bool) -> Sequence[TextOut]:
    """Texts to a telephone, or to all, the newest first; `lost_only`: those that never arrived."""
    wanted = _OUT if phone is None else _OUT.where(col(OutboxMessage.phone_id) == phone.id)
    if lost_only:
        wanted = wanted.where(col(OutboxMessage.state).in_(LOST))
    return [TextOut(**told(work, row)) for row in work.rows(wanted)]


def told(work: Work, row: Row[Any]) -> dict[str, Any]:
    """What `TextOut` tells of a row that has columns of these names, and those of its telephone."""
    kept = {one.name: getattr(row, one.name) for one in fields(TextOut) if one.name != "phone"}
    return {"phone": telephone(work, row).number, **kept}
