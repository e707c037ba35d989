"""Calls that are over, as the carrier tells: a missed one is called back, one we owed is settled, an agent is free."""

from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlmodel import col

from codes.desk.agents import RING, caller_gone, release, ring_agents, ring_failed
from codes.desk.calling import end_call, find_call, is_missed, owe_call_back
from codes.regimes import in_force
from store import Work
from store.calls import CallStep
from store.columns import table
from store.messages import OutboxMessage
from store.phones import phone_by_id
from telephony.retrying import UNKNOWN

ANSWERED = "completed"
_BECAME: Final = MappingProxyType(
    {
        ANSWERED: "delivered",
        "busy": "undelivered",
        "no-answer": "undelivered",
        "canceled": "undelivered",
        "failed": "failed",
    }
)
"""What a final status of a call of ours means for what we owed."""
_OUTBOX = table(OutboxMessage)
_OPEN = ("created", "sending", "sent")


def note_end(work: Work, call_sid: str, status: str, message_id: str) -> bool:
    """Notes that a call is over, if it was not known; `message_id` is what we owed, where we made it.

    May be told twice, in any order, or never.
    """
    if status not in _BECAME:
        return False
    owed = _settle(work, call_sid, status, message_id) if message_id else None
    if owed is not None and owed.template == RING:
        release(work, call_sid)
        if status != ANSWERED:
            ring_failed(work, message_id)
        return False
    call = find_call(work, call_sid)
    if call is None or call.state == "ended":
        return False
    steps = work.count(select(func.count()).where(col(CallStep.call_sid) == call_sid))
    if call.phone_id and is_missed(call, steps, work.now):
        owe_call_back(work, phone_by_id(work, call.phone_id), call.language, in_force(work).regime)
    end_call(work, call_sid)
    caller_gone(work, call_sid)
    ring_agents(work)
    return True


def _settle(work: Work, call_sid: str, status: str, message_id: str) -> Any:
    """Moves what we owed to its end; the row."""
    became = _BECAME[status]
    code = None if status == ANSWERED else UNKNOWN
    values = {"state": became, "settled_at": work.now, "due_at": None, "error_code": code, "provider_sid": call_sid}
    mine = update(_OUTBOX).where(_OUTBOX.c.id == message_id)
    work.run(mine.where(_OUTBOX.c.state.in_(_OPEN)), **values)
    return work.row(select(_OUTBOX).where(_OUTBOX.c.id == message_id))
