"""How many people are at home in each district: counted once a day, kept as rough numbers, and none of fewer than ten.

Where somebody lives is opened in memory, put into a district by a process that knows nothing of us, and forgotten; no
row says in which district a case is. What is kept of a district is how many it has, down to the next multiple of
`STEP`. So two days seldom show that one person more is at home somewhere, and what is hidden can't be worked out from a
total that somebody knows: where the hidden ones would be one district, or fewer than `LEAST` together, the
smallest that could be shown is hidden with them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, select
from sqlmodel import col

from codes.counts.layers import DISTRICTS, area_names, layer
from codes.regimes import regime_if_any
from monitoring.cases.fences import HOME
from monitoring.figures.counted import LEAST, Count
from monitoring.figures.hiding import beside_their_whole
from monitoring.outlines import NoOutline, Point, middle_of, read_wkb
from store import Store, Work
from store.cases import Case, Fence
from store.columns import table
from store.duty import DistrictCount
from store.keyring import Tampered
from store.layers import Area

STEP: Final = 5
PAGE: Final = 500
ELSEWHERE: Final = ""
"""Of whoever lives in no district, or of whose home nothing is known."""
Place = Callable[[Sequence[bytes], Sequence[Point]], Sequence[int | None]]
"""The place among areas (WKB, WGS 84) in which each point lies, None where it lies in none."""
_CASE, _FENCE = table(Case), table(Fence)
_COUNTING = b"districts.count"


@dataclass(frozen=True, slots=True)
class AtHome:
    """A district; `least` people at least are at home there, fewer than `STEP` more. None: it is hidden."""

    name: str
    least: int | None
    counted_at: datetime


def people_by_district(work: Work) -> list[AtHome]:
    """The districts as they were counted last, by name, what is in none of them last; empty before."""
    rows = work.rows(select(table(DistrictCount)).order_by(col(DistrictCount.name)))
    found = [AtHome(row.name, row.cases, row.counted_at) for row in rows]
    return sorted(found, key=lambda one: one.name == ELSEWHERE)


def count_districts(store: Store, place: Place) -> bool:
    """Counts anew once a day, and after districts were imported; whether it did. On several hosts, one does."""
    with store.reading() as work:
        if not _is_due(work):
            return False
        areas = work.rows(select(col(Area.name), col(Area.wkb)).where(col(Area.layer) == DISTRICTS))
    homes = _homes(store)
    placed = place([bytes(row.wkb) for row in areas], [one for one in homes if one is not None])
    counts = Counter(areas[one].name if one is not None else ELSEWHERE for one in placed)
    counts[ELSEWHERE] += sum(one is None for one in homes)
    with store.work() as work:
        work.lock(_COUNTING)
        if not _is_due(work):
            return False
        _keep(work, counts)
    return True


def rough(counts: Mapping[str, int]) -> dict[str, int | None]:
    """What may be kept of these numbers of people."""
    shown = beside_their_whole({name: Count(count, count) for name, count in counts.items()})
    return {name: None if count is None else count - count % STEP for name, count in shown.items()}


def _is_due(work: Work) -> bool:
    known, regime = layer(work, DISTRICTS), regime_if_any(work)
    if known is None or regime is None:
        return False
    row = work.row(select(col(DistrictCount.counted_at)).limit(1))
    if row is None or row.counted_at < known.imported_at:
        return True
    return bool(row.counted_at.astimezone(regime.zone).date() < work.now.astimezone(regime.zone).date())


def _keep(work: Work, counts: Counter[str]) -> None:
    """Whoever is in no district is told of where there is somebody; else one more would be hidden for nobody."""
    names = dict.fromkeys([*area_names(work, DISTRICTS), *([ELSEWHERE] if counts[ELSEWHERE] else [])])
    work.run(delete(DistrictCount))
    for name, count in rough({name: counts[name] for name in names}).items():
        work.insert(DistrictCount, name=name, cases=count if (count or 0) >= LEAST else None, counted_at=work.now)


def _homes(store: Store) -> list[Point | None]:
    """The middle of each home of an open case, None where none is known; a page at a time, so that nobody waits."""
    homes: list[Point | None] = []
    after = ""
    while True:
        with store.reading() as work:
            rows = work.rows(_OPEN.where(_CASE.c.id > after).limit(PAGE))
            current = _CURRENT.where(_FENCE.c.case_id.in_([row.id for row in rows]))
            fences = {row.case_id: row for row in work.rows(current)}
            homes += [_home(work, row, fences.get(row.id)) for row in rows]
        if len(rows) < PAGE:
            return homes
        after = rows[-1].id


_CURRENT = select(_FENCE).where(_FENCE.c.role == HOME, _FENCE.c.replaced_at.is_(None))
_OPEN = select(_CASE.c.id, _CASE.c.data_key, _CASE.c.epoch).where(_CASE.c.closed_at.is_(None)).order_by(_CASE.c.id)
"""Two queries: joined, PostgreSQL would go through all fences for each page of cases."""


def _home(work: Work, row: Row[Any], fence: Row[Any] | None) -> Point | None:
    if fence is None or not (row.data_key and row.epoch and fence.shape_sealed):
        return None
    try:
        key = work.keys.unwrap(row.data_key, row.epoch)
        return middle_of(read_wkb(key.open_bytes(f"fence.shape.{fence.id}", fence.shape_sealed)))
    except (NoOutline, Tampered):
        return None  # one row that was damaged leaves the others counted
