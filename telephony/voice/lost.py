"""Calls of whose end nobody told us, and agents whose telephone was rung in vain: found by asking, now and then."""

from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlmodel import col

from codes.agents import give_up_rings
from store import Store
from store.calls import Call
from telephony.gateway import Ambiguous, Gateway
from telephony.voice.ended import note_end

LONG = timedelta(minutes=10)
"""Most calls are over by then; of those that are not, the carrier is asked."""
_BATCH = 50
_OLD = select(col(Call.sid)).where(col(Call.state) != "ended").order_by(col(Call.began_at)).limit(_BATCH)
_log = structlog.get_logger("lost_calls")


def sweep(store: Store, gateway: Gateway) -> int:
    """Ends the calls that are over, as far as the carrier knows; how many."""
    with store.work() as work:
        give_up_rings(work)
    with store.reading() as work:
        old = work.rows(_OLD.where(col(Call.began_at) < work.now - LONG))
    return sum(_end(store, gateway, row.sid) for row in old)


def _end(store: Store, gateway: Gateway, call_sid: str) -> bool:
    status = gateway.call_status(call_sid)
    if isinstance(status, Ambiguous):
        return False
    with store.work() as work:
        over = note_end(work, call_sid, status, "")
    if over:
        _log.warning("call_end_untold", sid=call_sid)
    return over
