"""Calls back that are owed or that failed, as agents work them off: call now, or done by other means."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update

from codes.calling import awake
from codes.regimes import in_force
from store import Work
from store.calls import Call
from store.columns import table
from store.jobs import DELIVER
from store.messages import CALL_BACK, LOST, UNSENT, OutboxMessage
from store.outbox import message_fields, owe_call
from store.people import Phone
from store.phones import PHONE, phone_by_id, telephone

BY_HAND = 90002
"""The error number of a call back that an agent settled in another way; no number of the carrier's."""
MOST = 50
_CALL, _OUTBOX, _PHONE = table(Call), table(OutboxMessage), table(Phone)
_COLUMNS = [
    _OUTBOX.c[name] for name in ("id", "state", "created_at", "due_at", "attempts", "error_code", "fields_sealed")
]
_UNDONE = (
    select(*PHONE, *_COLUMNS)
    .join(_PHONE, _PHONE.c.id == _OUTBOX.c.phone_id)
    .where(
        _OUTBOX.c.template == CALL_BACK,
        _OUTBOX.c.state.in_((*UNSENT, *LOST)),
        _OUTBOX.c.fields_sealed.is_not(None),  # whoever settles one wipes them
        ~exists().where(_CALL.c.phone_id == _OUTBOX.c.phone_id, _CALL.c.began_at > _OUTBOX.c.settled_at),
    )
    .order_by(_OUTBOX.c.id)
)


@dataclass(frozen=True, slots=True)
class OwedCall:
    """A call back that nobody got yet."""

    id: str
    number: str
    """E.164."""
    since: datetime
    due_at: datetime | None
    """When it is made by itself; None: once an agent is free, or it failed."""
    for_agent: bool
    under_way: bool
    failed: bool
    error_code: int | None


def owed_calls(work: Work) -> list[OwedCall]:
    """What is owed or failed, the oldest first."""
    found = []
    for row in work.rows(_UNDONE.limit(MOST)):
        phone, failed = telephone(work, row), row.state in LOST
        wants = message_fields(row, phone.key).get("wants")
        under_way = row.state == "sending"
        found.append(
            OwedCall(
                row.id, phone.number, row.created_at, row.due_at, wants == "agent", under_way, failed, row.error_code
            )
        )
    return found


def call_now(work: Work, message_id: str, by: str) -> datetime | None:
    """Makes a call back due at once, or after the night; when. None where nothing is owed any more.

    One that failed is owed anew, since a row's state never goes back.
    """
    row = work.row(select(_OUTBOX).where(_OUTBOX.c.id == message_id, _OUTBOX.c.template == CALL_BACK))
    if row is None or row.fields_sealed is None or row.state not in ("created", *LOST):
        return None
    phone = phone_by_id(work, row.phone_id)
    work.lock(phone.index)
    due_at = awake(work.now, in_force(work).regime)
    mine = update(_OUTBOX).where(_OUTBOX.c.id == message_id)
    if row.state == "created":
        if not work.run(mine.where(_OUTBOX.c.state == "created"), due_at=due_at):
            return None
        if due_at <= work.now:
            work.ring(DELIVER, message_id)
    else:
        open_one = select(_OUTBOX.c.id).where(_OUTBOX.c.phone_id == phone.id, _OUTBOX.c.template == CALL_BACK)
        if not work.run(mine.where(_OUTBOX.c.fields_sealed.is_not(None)), fields_sealed=None):
            return None
        if work.row(open_one.where(_OUTBOX.c.state.in_(UNSENT))) is None:
            owe_call(work, phone, CALL_BACK, row.language, message_fields(row, phone.key), due_at)
    work.audit(by, "call_back.called_now", message_id)
    return due_at


def settle_owed_call(work: Work, message_id: str, by: str) -> bool:
    """The caller was reached in another way; False where it was settled before, or is being made."""
    wiped = {"fields_sealed": None, "due_at": None}
    mine = update(_OUTBOX).where(
        _OUTBOX.c.id == message_id, _OUTBOX.c.template == CALL_BACK, _OUTBOX.c.fields_sealed.is_not(None)
    )
    owed = {"state": "failed", "error_code": BY_HAND, "settled_at": work.now}
    done = work.run(mine.where(_OUTBOX.c.state == "created"), **wiped, **owed) or work.run(
        mine.where(_OUTBOX.c.state.in_(LOST)), **wiped
    )
    if done:
        work.audit(by, "call_back.settled", message_id)
    return bool(done)
