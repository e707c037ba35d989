"""Judging again, after a fence, a layer of outlines or the parameters changed.

What was remembered was weighed against another fence, so that it is weighed no more: each telephone begins anew, with
its one last fix, where that is known still, as its first. Who is inside now is back; who was away stays so until the
telephone says otherwise; nobody becomes away by a change of ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy import or_, select, update
from sqlmodel import col

from monitoring.cases.watched import WatchedCase, read_case
from monitoring.departures.noticing import notice_return
from monitoring.departures.reports import recall
from monitoring.fence.bulk import Fences
from monitoring.fence.fixes import Fix
from monitoring.fence.parameters import STREAM
from monitoring.fence.state import State, read_state, write_state
from store import Store, Work
from store.audit import SERVICE
from store.cases import Case, Fence
from store.columns import table
from store.last_fixes import LastFixes
from store.patients import FenceState

PAGE: Final = 1000
_STATE: Final = table(FenceState)


@dataclass(frozen=True, slots=True)
class _Known:
    """One telephone with its last fix."""

    case: WatchedCase
    device_id: str
    state: State
    fix: Fix | None


def judge_case_again(store: Store, last_fixes: LastFixes, case_id: str) -> int:
    """After the fence of one case changed; of how many telephones."""
    with store.work() as work:
        return _judge(work, last_fixes, work.rows(_of_open_cases().where(_STATE.c.case_id == case_id)))


def judge_changed(store: Store, last_fixes: LastFixes) -> int:
    """After the parameters changed: all that was weighed by other ones, a page at a time."""
    judged, some = 0, PAGE
    while some >= PAGE:
        with store.work() as work:
            other = ~_STATE.c.state.contains(f'"v":"{STREAM.version}"', autoescape=True)
            some = _judge(work, last_fixes, work.rows(_of_open_cases().where(other).limit(PAGE)))
        judged += some
    return judged


def _of_open_cases() -> Any:
    states = (_STATE.c.case_id, _STATE.c.device_id, _STATE.c.state)
    joined = select(table(Case), *states).join(_STATE, _STATE.c.case_id == table(Case).c.id)
    return joined.where(table(Case).c.closed_at.is_(None)).order_by(_STATE.c.case_id, _STATE.c.device_id)


def _judge(work: Work, last_fixes: LastFixes, rows: Sequence[Any]) -> int:
    cases = [read_case(work, row) for row in rows]
    known = [
        _Known(case, row.device_id, read_state(row.state), recall(last_fixes, case, row.device_id))
        for case, row in zip(cases, rows, strict=True)
    ]
    inside = _inside(work, [one for one in known if one.fix is not None])
    for one in known:
        _begin_anew(work, one, is_inside=(one.case.id, one.device_id) in inside)
    if known:
        work.audit(SERVICE, "fences.judged_again", known[0].case.id, {"devices": len(known)})
    return len(known)


def _begin_anew(work: Work, one: _Known, *, is_inside: bool) -> None:
    away = one.state.away and not is_inside
    told = write_state(State(at=one.state.at, away=away), STREAM.version)
    mine = update(_STATE).where(_STATE.c.case_id == one.case.id, _STATE.c.device_id == one.device_id)
    work.run(mine.values(state=told, next_s=STREAM.soon_s))
    if one.state.away and not away and one.fix is not None:
        notice_return(work, one.case, one.device_id, one.fix)


def _inside(work: Work, known: Sequence[_Known]) -> set[tuple[str, str]]:
    """Whose last fix lies within any of their fences, and what is allowed around it."""
    shapes = _shapes(work, {one.case.id: one.case for one in known})
    pairs = [(one, wkb) for one in known for wkb in shapes.get(one.case.id, ())]
    if not pairs:
        return set()
    fixes = [one.fix for one, _ in pairs if one.fix is not None]
    fences = Fences([wkb for _, wkb in pairs], STREAM.weak_m)
    lats, lons = np.array([fix.lat for fix in fixes]), np.array([fix.lon for fix in fixes])
    away = fences.distances(np.arange(len(pairs)), lats, lons)
    near = zip(pairs, away <= STREAM.buffer_m, strict=True)
    return {(one.case.id, one.device_id) for (one, _), is_near in near if is_near}


def _shapes(work: Work, cases: Mapping[str, WatchedCase]) -> dict[str, list[bytes]]:
    """The fences that count now, by case, as WKB."""
    now = work.now
    counts = col(Fence.replaced_at).is_(None), col(Fence.starts_at) <= now, col(Fence.shape_sealed).is_not(None)
    still = or_(col(Fence.ends_at).is_(None), col(Fence.ends_at) > now)
    found: dict[str, list[bytes]] = {}
    for row in work.rows(select(table(Fence)).where(col(Fence.case_id).in_(list(cases)), *counts, still)):
        if key := cases[row.case_id].key:
            found.setdefault(row.case_id, []).append(key.open_bytes(f"fence.shape.{row.id}", row.shape_sealed))
    return found
