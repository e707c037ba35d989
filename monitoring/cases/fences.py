"""The areas that count as home: one for good, others for a while."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import col

from monitoring.cases.watched import WatchedCase
from monitoring.outlines import Outline, middle_of, read_wkb, write_point, write_wkb
from store import Work
from store.cases import Fence
from store.columns import table
from store.jobs import JUDGE_CASE_AGAIN

HOME: Final = "home"
OTHER: Final = "other"
_FENCE = table(Fence)


@dataclass(frozen=True, slots=True)
class KnownFence:
    """A fence of a case that has a key still."""

    id: str
    role: str
    outline: Outline
    weak: bool
    starts_at: datetime
    ends_at: datetime | None
    set_by: str
    set_at: datetime


def set_home(work: Work, case: WatchedCase, outline: Outline, *, weak: bool, by: str) -> str:
    """The home of a case from now on, in place of the one before; its id. Telephones are judged by it anew."""
    mine = update(Fence).where(col(Fence.case_id) == case.id, col(Fence.role) == HOME)
    if work.run(mine.where(col(Fence.replaced_at).is_(None)), replaced_at=work.now):
        work.ring(JUDGE_CASE_AGAIN, case.id)
    return _add(work, case, outline, weak=weak, by=by, role=HOME, starts_at=work.now, ends_at=None)


def allow_elsewhere(
    work: Work, case: WatchedCase, outline: Outline, span: tuple[datetime, datetime], *, weak: bool, by: str
) -> str:
    """A second area that counts as home from and until; its id."""
    return _add(work, case, outline, weak=weak, by=by, role=OTHER, starts_at=span[0], ends_at=span[1])


def end_elsewhere(work: Work, case: WatchedCase, fence_id: str, ends_at: datetime, by: str) -> bool:
    """Ends an exemption before its time; whether there was one to end. One that has not begun is called off."""
    one = update(Fence).where(col(Fence.id) == fence_id, col(Fence.case_id) == case.id, col(Fence.role) == OTHER)
    going_on = one.where(col(Fence.replaced_at).is_(None), col(Fence.ends_at) > work.now)
    off = work.run(going_on.where(col(Fence.starts_at) > work.now), replaced_at=work.now)
    if not off and not work.run(going_on.where(col(Fence.ends_at) > ends_at), ends_at=ends_at):
        return False
    work.audit(by, "case.fence_ended", case.id, {"fence": fence_id})
    return True


def allowed_elsewhere(work: Work, case_id: str) -> tuple[datetime, datetime] | None:
    """From when until when another place counts as well: the one that does now, else the next; None where none does."""
    mine = select(_FENCE.c.starts_at, _FENCE.c.ends_at).where(_FENCE.c.case_id == case_id, _FENCE.c.role == OTHER)
    ahead = mine.where(_FENCE.c.replaced_at.is_(None), _FENCE.c.ends_at > work.now)
    row = work.row(ahead.order_by(_FENCE.c.starts_at, _FENCE.c.id).limit(1))
    return (row.starts_at, row.ends_at) if row else None


def fences_of(work: Work, case: WatchedCase) -> list[KnownFence]:
    """The fences that count now or will: the home first, then exemptions by their beginning."""
    mine = select(_FENCE).where(_FENCE.c.case_id == case.id, _FENCE.c.replaced_at.is_(None))
    rows = work.rows(mine.order_by(_FENCE.c.role, _FENCE.c.starts_at))
    still = (row for row in rows if row.ends_at is None or row.ends_at > work.now)
    return [_known(case, row) for row in still if case.key and row.shape_sealed]


def homeless(work: Work, case_ids: Collection[str]) -> set[str]:
    """Those of these cases that have no home set: nobody notices where they are."""
    mine = select(_FENCE.c.case_id).where(_FENCE.c.case_id.in_(list(case_ids)), _FENCE.c.role == HOME)
    still = mine.where(_FENCE.c.replaced_at.is_(None), _FENCE.c.shape_sealed.is_not(None))
    return set(case_ids) - {row.case_id for row in work.rows(still)}


def _add(
    work: Work,
    case: WatchedCase,
    outline: Outline,
    *,
    weak: bool,
    by: str,
    role: str,
    starts_at: datetime,
    ends_at: datetime | None,
) -> str:
    assert case.key is not None, "an open case has its key"
    fence_id = work.new_id()
    sealed = case.key.seal_bytes(f"fence.shape.{fence_id}", _shape(outline, weak=weak))
    span = {"starts_at": starts_at, "ends_at": ends_at}
    given = {"case_id": case.id, "role": role, "shape_sealed": sealed, "weak": weak, **span}
    work.insert(Fence, id=fence_id, **given, set_by=by, set_at=work.now)
    work.audit(by, "case.fence_set", case.id, {"fence": fence_id, "role": role, "weak": weak})
    work.ring(JUDGE_CASE_AGAIN, case.id)
    return fence_id


def _shape(outline: Outline, *, weak: bool) -> bytes:
    """A weak fence is a point: how far around it counts is the decision's."""
    return write_point(*middle_of(outline)) if weak else write_wkb(outline)


def _known(case: WatchedCase, row: Row[Any]) -> KnownFence:
    assert case.key is not None
    outline = read_wkb(case.key.open_bytes(f"fence.shape.{row.id}", row.shape_sealed))
    return KnownFence(row.id, row.role, outline, row.weak, row.starts_at, row.ends_at, row.set_by, row.set_at)
