"""Outages: times in which silence proves nothing, whoever's fault it was. Every miss inside is excused."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, delete, or_, select, update
from sqlmodel import col

from store import Work
from store.columns import table
from store.patients import Outage

KINDS: Final = ("ours", "carrier", "power", "other")
AT_A_DOOR: Final = ("power", "other")
"""What may keep somebody from hearing who stands at their door: bell, intercom, lift; and what an officer named."""
_GOES_ON = col(Outage.ends_at).is_(None)
_LOCK: Final = b"outages."


class Stopped(StrEnum):
    """What came of ending an outage by hand."""

    ENDED = "ended"
    CALLED_OFF = "called_off"  # it had not begun, and does not
    UNKNOWN = "unknown"  # there is no such outage, or it was over


def excusing(means: str) -> Collection[str]:
    """The kinds of outages that excuse a silence, by `store.cases.CASE_MEANS`: a visit needs no carrier, nor us."""
    return AT_A_DOOR if means == "visit" else KINDS


def outage_between(work: Work, start: datetime, end: datetime, kinds: Collection[str] = KINDS) -> str | None:
    """The id of an outage of these kinds that has any moment in common with [start, end]; None where there was none."""
    touching = col(Outage.starts_at) <= end, or_(_GOES_ON, col(Outage.ends_at) >= start)
    row = work.row(select(table(Outage)).where(*touching, col(Outage.kind).in_(kinds)).order_by(col(Outage.id)))
    return str(row.id) if row else None


def begin_outage(
    work: Work, kind: str, starts_at: datetime, by: str, ends_at: datetime | None = None, note: str = ""
) -> str:
    """Notes an outage, `kind` of `store.patients.Outage`, from the past on or ahead; its id.

    Without an end it goes on; of a kind and whoever raised it one goes on at a time. Raises ValueError where it ends
    before it starts. Misses inside are excused by `monitoring.checks.excusing`, also those of before it was noted.
    """
    if ends_at is not None and ends_at <= starts_at:
        raise ValueError("an outage ends after it starts")
    work.lock(_LOCK)
    mine = _GOES_ON, col(Outage.kind) == kind, col(Outage.raised_by) == by
    open_one = work.row(select(table(Outage)).where(*mine)) if ends_at is None else None
    if open_one is not None:
        return str(open_one.id)
    outage_id = work.new_id()
    given = {"kind": kind, "starts_at": starts_at, "ends_at": ends_at, "raised_by": by, "note": note}
    work.insert(Outage, id=outage_id, **given)
    work.audit(by, "outage.begun", outage_id, {"kind": kind, "from": starts_at.isoformat()})
    return outage_id


def end_outage(work: Work, outage_id: str, ends_at: datetime, by: str) -> bool:
    """Ends an outage, or gives it another end; False where there is no such outage, or it began later.

    Misses are looked through again. What was excused stays so: nobody is blamed afterwards.
    """
    mine = update(Outage).where(col(Outage.id) == outage_id, col(Outage.starts_at) < ends_at)
    if not work.run(mine, ends_at=ends_at, settled_at=None):
        return False
    work.audit(by, "outage.ended", outage_id, {"until": ends_at.isoformat()})
    return True


def stop_outage(work: Work, outage_id: str, by: str) -> Stopped:
    """Ends an outage that goes on, now; one that was noted ahead and has not begun is called off, and excuses nothing.

    What is over stays as it was.
    """
    work.lock(_LOCK)
    row = work.row(select(table(Outage)).where(col(Outage.id) == outage_id))
    if row is None or (row.ends_at is not None and row.ends_at <= work.now):
        return Stopped.UNKNOWN
    if row.starts_at < work.now:
        end_outage(work, outage_id, work.now, by)
        return Stopped.ENDED
    work.run(delete(Outage).where(col(Outage.id) == outage_id))
    work.audit(by, "outage.called_off", outage_id, {"kind": row.kind, "from": row.starts_at.isoformat()})
    return Stopped.CALLED_OFF


def outages(work: Work, since: datetime) -> Sequence[Row[Any]]:
    """The rows of those that go on or ended after `since`, the newest first."""
    lately = or_(_GOES_ON, col(Outage.ends_at) >= since)
    return work.rows(select(table(Outage)).where(lately).order_by(col(Outage.starts_at).desc()))


def outage_now(work: Work, kinds: Collection[str] = KINDS) -> str | None:
    """The id of an outage of these kinds that goes on at this moment."""
    return outage_between(work, work.now, work.now, kinds)
