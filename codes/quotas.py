"""Limits that cannot be raced: a pass takes a numbered place, and two can't take the same one.

Counting passes and then inserting lets people through (measured: 190 of 200 at a limit of 2). Here the primary key of
`quota_slot` has the last word, on every database alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Integer, LargeBinary, String, bindparam, delete, func, select, text
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


_TAKE = Prepared(
    text("""
    WITH RECURSIVE place(slot) AS (SELECT 1 UNION ALL SELECT slot + 1 FROM place WHERE slot < :cap)
    INSERT INTO quota_slot (holder, rule, period, slot, cap, pass_id)
    SELECT :holder, :rule, :period, place.slot, :cap, :pass_id FROM place
    WHERE NOT EXISTS (
        SELECT 1 FROM quota_slot AS taken
        WHERE taken.holder = :holder AND taken.rule = :rule AND taken.period = :period AND taken.slot = place.slot)
    ORDER BY place.slot LIMIT 1
    ON CONFLICT DO NOTHING RETURNING slot
""")
    .bindparams(
        bindparam("holder", type_=LargeBinary()),
        bindparam("cap", type_=Integer()),
        *(bindparam(name, type_=String()) for name in ("rule", "period", "pass_id")),
    )
    .columns(slot=Integer)
)


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
    place = {"holder": holder, "rule": limit.rule, "period": limit.period, "cap": limit.cap, "pass_id": pass_id}
    for _ in range(limit.cap):
        if work.row(_TAKE, **place):
            return True
        if _taken(work, holder, limit) >= limit.cap:
            return False
    return False


def _taken(work: Work, holder: bytes, limit: Limit) -> int:
    theirs = select(func.count()).where(
        col(QuotaSlot.holder) == holder, col(QuotaSlot.rule) == limit.rule, col(QuotaSlot.period) == limit.period
    )
    row = work.row(theirs)
    return int(row[0]) if row else 0


def give_back(work: Work, holder: bytes, pass_id: str) -> None:
    """Frees the places a pass took."""
    work.run(delete(QuotaSlot).where(col(QuotaSlot.holder) == holder, col(QuotaSlot.pass_id) == pass_id))
