"""Limits that cannot be raced: a pass takes a numbered place, and two can't take the same one.

Counting passes and then inserting lets people through (measured: 190 of 200 at a limit of 2). Here the primary key of
`quota_slot` has the last word, on every database alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BindParameter, Integer, LargeBinary, String, bindparam, delete, text
from sqlmodel import col

from codes.regime import Period, Purpose, Regime
from store import Work
from store.passes import QuotaSlot
from store.prepared import Prepared

ALL = "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `cap` passes under `rule` in `period`; `next_at` is when the next period starts, aware."""

    rule: str
    period: str
    cap: int
    next_at: datetime


_SLOT = "INSERT INTO quota_slot (holder, rule, period, slot, cap, pass_id) "
_MINE = "FROM quota_slot WHERE holder = :holder AND rule = :rule AND period = :period "
_TYPES: tuple[BindParameter[Any], ...] = (
    bindparam("holder", type_=LargeBinary()),
    *(bindparam(name, type_=Integer()) for name in ("cap", "slot")),
    *(bindparam(name, type_=String()) for name in ("rule", "period", "pass_id")),
)


def _prepared(sql: str) -> Prepared:
    statement = text(sql)
    return Prepared(statement.bindparams(*(one for one in _TYPES if f":{one.key}" in sql)).columns(slot=Integer))


_TAKE_NEXT = _prepared(
    _SLOT + "SELECT :holder, :rule, :period, count(*) + 1, :cap, :pass_id " + _MINE + "HAVING count(*) < :cap "
    "ON CONFLICT DO NOTHING RETURNING slot"
)
_TAKE = _prepared(
    _SLOT + "VALUES (:holder, :rule, :period, :slot, :cap, :pass_id) ON CONFLICT DO NOTHING RETURNING slot"
)
_TAKEN = _prepared("SELECT slot " + _MINE)


def limits(regime: Regime, purpose: Purpose, start: datetime) -> tuple[Limit, ...]:
    """The limits a pass for `purpose` that starts at `start` falls under, in the order its places are taken."""
    day = start.astimezone(regime.zone).date()
    common = [(ALL, period, cap) for period, cap in regime.quota.limits if purpose.counts]
    own = [(str(purpose.number), period, cap) for period, cap in purpose.quota.limits]
    return tuple(
        Limit(f"{rule}/{period}", _name(period, day), cap, datetime.combine(_next(period, day), time(), regime.zone))
        for rule, period, cap in (*common, *own)
    )


def _name(period: Period, day: date) -> str:
    match period:
        case Period.DAY:
            return f"{day:%Y-%m-%d}"
        case Period.WEEK:
            return f"{day:%G-W%V}"
        case Period.MONTH:
            return f"{day:%Y-%m}"


def _next(period: Period, day: date) -> date:
    match period:
        case Period.DAY:
            return day + timedelta(days=1)
        case Period.WEEK:
            return day + timedelta(days=7 - day.weekday())
        case Period.MONTH:
            return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def take_slots(work: Work, holder: bytes, pass_id: str, wanted: Sequence[Limit]) -> Limit | None:
    """Takes a place under each of `wanted` for the pass; where one is full, takes none and returns that limit."""
    for limit in wanted:
        if not _take(work, holder, pass_id, limit):
            give_back(work, holder, pass_id)
            return limit
    return None


def _take(work: Work, holder: bytes, pass_id: str, limit: Limit) -> bool:
    """The next place, as a rule; one that was given back, or after a race another, where that is gone."""
    mine = {"holder": holder, "rule": limit.rule, "period": limit.period}
    if work.row(_TAKE_NEXT, **mine, cap=limit.cap, pass_id=pass_id):
        return True
    for _ in range(limit.cap):
        taken = {row.slot for row in work.rows(_TAKEN, **mine)}
        free = next((slot for slot in range(1, limit.cap + 1) if slot not in taken), None)
        if free is None:
            return False
        if work.row(_TAKE, **mine, slot=free, cap=limit.cap, pass_id=pass_id):
            return True
    return False


def give_back(work: Work, holder: bytes, pass_id: str) -> None:
    """Frees the places a pass took."""
    work.run(delete(QuotaSlot).where(col(QuotaSlot.holder) == holder, col(QuotaSlot.pass_id) == pass_id))
