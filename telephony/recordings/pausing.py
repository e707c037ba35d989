"""Pausing: the carrier is told what the desk wants of a call's recording, one telling at a time.

Two at once could overtake each other, and the last wish would not be what counts. A telling that nobody answered is
repeated even where the wish went back meanwhile, since nobody knows whether it was heard.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import bindparam, case, func, literal, select, update

from store import Store, Work
from store.audit import WORKER
from store.calls import Call
from store.columns import table
from telephony.recordings.recorder import Done, Failed, Missing, Recorder

LEASE = timedelta(seconds=30)
"""Longer than the carrier takes to answer: connecting and answering have 10 s each."""
AGAIN = timedelta(seconds=3)
GRACE = timedelta(seconds=1)
"""So long the doorbell alone is trusted."""
BATCH, HANDS = 50, 4
NO_RECORDING = 20404
"""Twilio's number for a leg that is not being recorded."""
_log = structlog.get_logger("recordings")

_CALL = table(Call)
_DUE = select(_CALL.c.sid).where(_CALL.c.pause_due_at <= bindparam("before")).limit(BATCH)
_ONE = update(_CALL).where(_CALL.c.sid == bindparam("call_sid"))
_CLAIM = (
    _ONE.where(_CALL.c.pause_due_at <= bindparam("now"), _CALL.c.state == "connected")
    .values(pause_due_at=bindparam("until"))
    .returning(_CALL.c.leg_sid, _CALL.c.pause_wanted)
)
_OVER = _ONE.where(_CALL.c.state != "connected").values(pause_due_at=None)
_MINE = _ONE.where(_CALL.c.leg_sid == bindparam("leg"), _CALL.c.pause_due_at == bindparam("until"))


@dataclass(frozen=True, slots=True)
class _Telling:
    call_sid: str
    leg_sid: str
    paused: bool
    until: datetime


def hold(store: Store, recorder: Recorder, call_sid: str) -> None:
    """Tells the carrier to pause a call's recording or to go on, as is wanted now and by the end. May run twice."""
    while telling := _claimed(store, call_sid):
        outcome = recorder.hold(telling.leg_sid, paused=telling.paused)
        with store.work() as work:
            _record(work, telling, outcome)


def sweep(store: Store, recorder: Recorder) -> int:
    """Tells the carrier again where it does not do what is wanted; how many calls it saw, at most a batch."""
    with store.reading() as work:
        due = [row.sid for row in work.rows(_DUE, before=work.now - GRACE)]

    def pick_up(call_sid: str) -> None:
        try:
            hold(store, recorder, call_sid)
        except Exception as error:
            _log.error("pausing_failed", sid=call_sid, error=type(error).__name__)

    if due:
        with ThreadPoolExecutor(HANDS) as hands:
            hands.map(pick_up, due)
    return len(due)


def _claimed(store: Store, call_sid: str) -> _Telling | None:
    with store.work() as work:
        until = work.now + LEASE
        row = work.row(_CLAIM, call_sid=call_sid, now=work.now, until=until)
        if row is None:
            work.run(_OVER, call_sid=call_sid)
            return None
    return _Telling(call_sid, row.leg_sid or "", row.pause_wanted, until)


def _record(work: Work, telling: _Telling, outcome: Done | Missing | Failed) -> None:
    mine = {"call_sid": telling.call_sid, "leg": telling.leg_sid, "until": telling.until}
    if isinstance(outcome, Done):
        due_at = case((_CALL.c.pause_wanted.is_(not telling.paused), literal(work.now, _CALL.c.pause_due_at.type)))
        if work.run(_MINE.values(paused=telling.paused, pause_failed_at=None, pause_due_at=due_at), **mine):
            action = "recording.paused" if telling.paused else "recording.sounding"
            work.audit(WORKER, action, telling.call_sid, {"leg": telling.leg_sid})
        return
    code = outcome.code if isinstance(outcome, Failed) else NO_RECORDING
    _log.error("recording_not_held", sid=telling.call_sid, error_code=code, state="paused" if telling.paused else "on")
    failed_at = func.coalesce(_CALL.c.pause_failed_at, work.now)
    work.run(_MINE.values(pause_failed_at=failed_at, pause_due_at=work.now + AGAIN), **mine)
