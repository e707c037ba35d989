"""Calls: who rang, who waits for an agent, who is owed a call back."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

import phonenumbers
from sqlalchemy import Row, bindparam, func, select, text, update
from sqlmodel import col

from codes.regime import Regime
from store import Work
from store.calls import Call
from store.columns import table
from store.messages import CALL_BACK, CALL_BACK_OPEN, OutboxMessage
from store.outbox import message_fields, owe_call
from store.phones import Telephone
from store.prepared import Prepared

MISSED_WITHIN = timedelta(seconds=5)
"""Whoever hangs up so soon after ringing wants to be called back: it costs them nothing."""
CALL_BACKS_A_DAY = 3
MOMENT = timedelta(seconds=5)
"""Between somebody's hanging up and our ringing them."""
QUIET_FROM, QUIET_UNTIL = time(22), time(8)
OVERTAKEN = 90001
"""The error number of a call back that was not made since its caller reached us first; no number of the carrier's."""
_COSTLY = (phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST)
_CALL = table(Call)
_BY_SID = Prepared(select(_CALL).where(_CALL.c.sid == bindparam("call_sid")))
_ONE = update(_CALL).where(_CALL.c.sid == bindparam("call_sid"))
_OWED = (col(OutboxMessage.template) == CALL_BACK) & (col(OutboxMessage.phone_id) == bindparam("owed_to"))
_STILL_OWED = (col(OutboxMessage.phone_id) == bindparam("owed_to")) & text(CALL_BACK_OPEN)
"""In the words of its index, which is asked then: else SQLite reads all that was not sent yet."""
_OPEN = select(col(OutboxMessage.id)).where(_STILL_OWED)
_REACHED = update(table(OutboxMessage)).where(_STILL_OWED, col(OutboxMessage.state) == "created")
_SETTLED = ("state", "error_code", "settled_at", "due_at", "fields_sealed")
_OVERTAKE = Prepared(_REACHED.where(col(OutboxMessage.due_at).is_not(None)), _SETTLED)
_OVERTAKE_ALL = Prepared(_REACHED, _SETTLED)


class Wanted(StrEnum):
    """Why a caller wants an agent."""

    ASKED = "asked"
    MISUNDERSTOOD = "misunderstood"
    HIDDEN = "hidden"
    CALLED_BACK = "called_back"


class CallBack(StrEnum):
    """What came of a wish to be called back."""

    PROMISED = "promised"
    SPENT = "spent"  # as often as a day allows
    ABROAD = "abroad"  # we ring only ordinary numbers of our own country: others make money by being rung


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is on the line: the call's id, their telephone (None: its number is hidden), and the language spoken."""

    call_sid: str
    phone: Telephone | None
    language: str


def find_call(work: Work, call_sid: str) -> Row[Any] | None:
    """The row of a call."""
    found: Row[Any] | None = work.row(_BY_SID, call_sid=call_sid)
    return found


def begin_call(work: Work, caller: Caller, direction: str) -> None:
    """Notes a call that was answered, by us or by them."""
    phone_id = caller.phone.id if caller.phone else None
    flags = {"pause_wanted": False, "paused": False, "wrong_proofs": 0}
    given = {"direction": direction, "language": caller.language, "state": "talking", "began_at": work.now, **flags}
    work.insert(Call, sid=caller.call_sid, phone_id=phone_id, **given)


def join_line(work: Work, caller: Caller, why: Wanted) -> None:
    """The caller waits for an agent from now on; one who was joined with one before waits anew."""
    given = {"state": "waiting", "queued_at": work.now, "why": str(why), "language": caller.language}
    work.run(_ONE.where(_CALL.c.state.in_(("talking", "connected"))), call_sid=caller.call_sid, **given)


def leave_line(work: Work, call_sid: str) -> None:
    """Back with the machine, from the line or after a talk."""
    work.run(_ONE.where(_CALL.c.state.in_(("waiting", "connected"))), call_sid=call_sid, state="talking")


def end_call(work: Work, call_sid: str) -> bool:
    """Notes that a call is over; False where that is known, or no such call is."""
    live = _ONE.where(_CALL.c.state != "ended")
    return work.run(live, call_sid=call_sid, state="ended", ended_at=work.now) > 0


def is_missed(call: Row[Any], steps: int, now: datetime) -> bool:
    """Whether a call that ends now was one to be called back for: `steps` were answered, the greeting among them."""
    soon = now - call.began_at <= MISSED_WITHIN
    return bool(call.direction == "in" and call.state == "talking" and steps <= 1 and soon)


def owe_call_back(work: Work, phone: Telephone, language: str, regime: Regime, *, for_agent: bool = False) -> CallBack:
    """Owes a telephone a call, once: now or after the night; one `for_agent` when an agent is free.

    Holds the telephone's lock: two missed calls are one call back.
    """
    if not _is_ours(phone, regime):
        return CallBack.ABROAD
    work.lock(phone.index)
    if work.row(_OPEN, owed_to=phone.id):
        return CallBack.PROMISED
    midnight = regime.midnight(work.now)
    since = select(func.count()).where(_OWED, col(OutboxMessage.created_at) >= midnight)
    if int(work.row(since, owed_to=phone.id)[0]) >= CALL_BACKS_A_DAY:
        return CallBack.SPENT
    due_at = None if for_agent else awake(work.now + MOMENT, regime)
    owe_call(work, phone, CALL_BACK, language, {"wants": "agent" if for_agent else "machine"}, due_at)
    work.audit(phone.actor, "call_back.owed", phone.id, {"for_agent": for_agent})
    return CallBack.PROMISED


def overtake_call_back(work: Work, phone_id: str, *, agent: bool = False) -> None:
    """The caller reached us: what we owed them is settled; a call by an agent, who is waited for, only by an agent."""
    settled = {"state": "failed", "error_code": OVERTAKEN, "settled_at": work.now, "due_at": None}
    work.later(_OVERTAKE_ALL if agent else _OVERTAKE, owed_to=phone_id, **settled, fields_sealed=None)


def wants_agent(work: Work, message_id: str, phone: Telephone) -> bool:
    """Whether the call back that is this row was promised by way of the line for an agent."""
    row = work.row(select(table(OutboxMessage)).where(col(OutboxMessage.id) == message_id))
    return row is not None and row.phone_id == phone.id and message_fields(row, phone.key).get("wants") == "agent"


def awake(moment: datetime, regime: Regime) -> datetime:
    """`moment`, or the end of the night it lies in: nobody is rung from 22 to 8."""
    local = moment.astimezone(regime.zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, regime.zone)


def _is_ours(phone: Telephone, regime: Regime) -> bool:
    number = phonenumbers.parse(phone.number)
    costly = phonenumbers.number_type(number) in _COSTLY
    return phonenumbers.region_code_for_number(number) == regime.phone_region and not costly
