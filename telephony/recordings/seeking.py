"""Recordings that nobody announced: a leg that was connected must have one, so the carrier is asked which it has."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import bindparam, func, select, update

from codes.desk.recording import ANNOUNCED_WITHIN
from store import Store, Work
from store.audit import WORKER
from store.calls import Call, RecordedLeg, Recording
from store.columns import table
from telephony.recordings.announcing import OVER, Announcement, announce
from telephony.recordings.recorder import Failed, Listed, Recorder

LEASE = timedelta(minutes=2)
LATEST = timedelta(hours=3)
"""The longest wait before the carrier is asked again; below that it is half of the time since the call's end."""
GIVE_UP = timedelta(days=1)
BATCH, HANDS = 50, 3
_log = structlog.get_logger("recordings")

_CALL, _LEG, _RECORDING = table(Call), table(RecordedLeg), table(Recording)
_DUE = select(_LEG.c.leg_sid).where(_LEG.c.due_at <= bindparam("now")).order_by(_LEG.c.due_at).limit(BATCH)
_ONE = update(_LEG).where(_LEG.c.leg_sid == bindparam("leg"))
_CLAIM = _ONE.where(_LEG.c.due_at <= bindparam("now")).values(due_at=bindparam("until")).returning(_LEG)
_OF_LEG = select(func.count()).select_from(_RECORDING).where(_RECORDING.c.leg_sid == bindparam("leg"))
_CALL_OF = select(_CALL.c.state, _CALL.c.leg_sid, _CALL.c.ended_at).where(_CALL.c.sid == bindparam("call_sid"))


@dataclass(frozen=True, slots=True)
class _Search:
    leg_sid: str
    call_sid: str
    since: datetime


def seek(store: Store, recorder: Recorder, leg_sid: str) -> None:
    """Asks the carrier for the recording of a leg that none was announced of, if it is time. May run twice."""
    with store.work() as work:
        search = _claim(work, leg_sid)
    if search is None:
        return
    found = recorder.recordings_of(leg_sid)
    with store.work() as work:
        _judge(work, search, found)


def sweep(store: Store, recorder: Recorder) -> int:
    """Seeks for the legs whose time has come; how many it saw, at most a batch."""
    with store.reading() as work:
        due = [row.leg_sid for row in work.rows(_DUE, now=work.now)]

    def pick_up(leg_sid: str) -> None:
        try:
            seek(store, recorder, leg_sid)
        except Exception as error:
            _log.error("seeking_failed", sid=leg_sid, error=type(error).__name__)

    if due:
        with ThreadPoolExecutor(HANDS) as hands:
            hands.map(pick_up, due)
    return len(due)


def _claim(work: Work, leg_sid: str) -> _Search | None:
    """The search to make; None where it is not due, or there is nothing to search for, yet or any more."""
    row = work.row(_CLAIM, leg=leg_sid, now=work.now, until=work.now + LEASE)
    if row is None:
        return None
    if _announced(work, leg_sid):
        _change(work, leg_sid, due_at=None)
        return None
    call = work.row(_CALL_OF, call_sid=row.call_sid)
    if call.state == "connected" and call.leg_sid == leg_sid:
        _change(work, leg_sid, due_at=work.now + ANNOUNCED_WITHIN)
        return None
    if call.ended_at is not None and work.now < call.ended_at + ANNOUNCED_WITHIN:
        _change(work, leg_sid, due_at=call.ended_at + ANNOUNCED_WITHIN)
        return None
    return _Search(leg_sid, row.call_sid, call.ended_at or row.connected_at)


def _judge(work: Work, search: _Search, found: Sequence[Listed] | Failed) -> None:
    over = () if isinstance(found, Failed) else [one for one in found if one.status in OVER]
    for one in over:
        announce(work, Announcement(one.sid, search.leg_sid, one.status, one.seconds))
    if over or _announced(work, search.leg_sid):
        _change(work, search.leg_sid, due_at=None)
    elif work.now - search.since <= GIVE_UP:
        wait = min(max((work.now - search.since) / 2, ANNOUNCED_WITHIN), LATEST)
        _change(work, search.leg_sid, due_at=work.now + wait)
    else:
        _change(work, search.leg_sid, due_at=None, given_up_at=work.now)
        work.audit(WORKER, "recording.missing", search.call_sid, {"leg": search.leg_sid})
        _log.error("recording_missing", sid=search.call_sid)


def _announced(work: Work, leg_sid: str) -> bool:
    return int(work.row(_OF_LEG, leg=leg_sid)[0]) > 0


def _change(work: Work, leg_sid: str, **values: Any) -> None:
    work.run(_ONE.values(**values), leg=leg_sid)
