"""Calls of whose end nobody told us, and agents whose telephone was rung in vain: found by asking, now and then."""

from datetime import timedelta

import structlog
from sqlalchemy import func, select
from sqlmodel import col

from codes.desk.agents import give_up_rings
from store import Store
from store.calls import Call
from telephony.gateway import Ambiguous, Gateway
from telephony.voice.ended import note_end

LONG = timedelta(minutes=10)
"""Most calls are over by then; of those that are not, the carrier is asked."""
WAITED = timedelta(minutes=1)
"""Of whoever waits so long for an agent: agents are rung for a caller who is gone, again and again."""
_BATCH = 50
_LIVE = select(col(Call.sid)).where(col(Call.state) != "ended").order_by(func.random()).limit(_BATCH)
"""In any order, so that many long calls leave none unasked."""
_log = structlog.get_logger("lost_calls")


def sweep(store: Store, gateway: Gateway) -> int:
    """Ends the calls that are over, as far as the carrier knows; how many."""
    with store.work() as work:
        give_up_rings(work)
    with store.reading() as work:
        waited = (col(Call.state) == "waiting") & (col(Call.queued_at) < work.now - WAITED)
        old = work.rows(_LIVE.where((col(Call.began_at) < work.now - LONG) | waited))
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
