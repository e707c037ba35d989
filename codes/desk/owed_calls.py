"""Calls back that are owed or that failed, as agents work them off: call now, or done by other means."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, exists, func, select, update

from codes.desk.agents import anybody_there
from codes.desk.calling import awake
from codes.regimes import in_force
from store import Work
from store.calls import Call
from store.columns import table
from store.jobs import DELIVER
from store.messages import CALL_BACK, LOST, UNSENT, OutboxMessage
from store.outbox import message_fields, owe_call
from store.people import Phone
from store.phones import PHONE, Telephone, phone_by_id, telephone

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


class NotNow(StrEnum):
    """Why a call back is not made at once."""

    GONE = "gone"  # settled, made, or being made
    NOBODY_THERE = "nobody_there"


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
    unanswered: bool
    """Whether it failed since nobody picked up."""
    error_code: int | None


def owed_calls(work: Work) -> list[OwedCall]:
    """What is owed or failed, the oldest first."""
    return [_owed(work, row) for row in work.rows(_UNDONE.limit(MOST))]


def _owed(work: Work, row: Row[Any]) -> OwedCall:
    phone = telephone(work, row)
    return OwedCall(
        row.id,
        phone.number,
        row.created_at,
        row.due_at,
        for_agent=message_fields(row, phone.key).get("wants") == "agent",
        under_way=row.state == "sending",
        failed=row.state in LOST,
        unanswered=row.state == "undelivered",
        error_code=row.error_code,
    )


def count_owed(work: Work) -> tuple[int, int]:
    """How many calls back are owed, and how many failed and were not settled."""
    failed = _OUTBOX.c.state.in_(LOST).label("failed")
    counted = _UNDONE.with_only_columns(failed, func.count().label("calls")).order_by(None).group_by(failed)
    counts = {bool(row.failed): int(row.calls) for row in work.rows(counted)}
    return counts.get(False, 0), counts.get(True, 0)


def call_now(work: Work, message_id: str, by: str) -> datetime | NotNow:
    """Makes a call back due at once, or after the night; when. It must meet an agent.

    One that failed is owed anew, since a row's state never goes back.
    """
    row = work.row(select(_OUTBOX).where(_OUTBOX.c.id == message_id, _OUTBOX.c.template == CALL_BACK))
    if row is None or row.fields_sealed is None or row.state not in ("created", *LOST):
        return NotNow.GONE
    if not anybody_there(work):
        return NotNow.NOBODY_THERE
    phone = phone_by_id(work, row.phone_id)
    work.lock(phone.index)
    due_at = awake(work.now, in_force(work).regime)
    if not (_hasten(work, row, due_at) if row.state == "created" else _owe_anew(work, phone, row, due_at)):
        return NotNow.GONE
    work.audit(by, "call_back.called_now", message_id)
    return due_at


def _hasten(work: Work, row: Row[Any], due_at: datetime) -> bool:
    mine = update(_OUTBOX).where(_OUTBOX.c.id == row.id, _OUTBOX.c.state == "created")
    if not work.run(mine, due_at=due_at):
        return False
    if due_at <= work.now:
        work.ring(DELIVER, row.id)
    return True


def _owe_anew(work: Work, phone: Telephone, row: Row[Any], due_at: datetime) -> bool:
    mine = update(_OUTBOX).where(_OUTBOX.c.id == row.id, _OUTBOX.c.fields_sealed.is_not(None))
    if not work.run(mine, fields_sealed=None):
        return False
    open_one = (_OUTBOX.c.phone_id == phone.id) & (_OUTBOX.c.template == CALL_BACK) & _OUTBOX.c.state.in_(UNSENT)
    if work.row(select(_OUTBOX.c.id).where(open_one)) is None:
        owe_call(work, phone, CALL_BACK, row.language, message_fields(row, phone.key), due_at)
    return True


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
