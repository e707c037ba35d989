"""Places of a register: one of them, and those near a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select

from monitoring.addresses.grid import Box, cells
from monitoring.addresses.registers import versions
from monitoring.outlines import Outline, contains, read_wkb
from store import Work
from store.columns import table
from store.registers import RegisterPlace

MOST_NEAR: Final = 600
"""Outlines on one map."""
_NEAR: Final = 0.004
"""Degrees around a point in which its building is looked for."""
_PLACE = table(RegisterPlace)


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as a register has it; `outline` is None where only a point is known."""

    id: str
    """Its version and place: ``01KDX...:17``."""
    text: str
    lon: float
    lat: float
    outline: Outline | None


def place_of(work: Work, place_id: str) -> KnownPlace | None:
    """The place with this id; None where there is none (any more)."""
    version, _, place = place_id.partition(":")
    if not (place.isascii() and place.isdigit() and len(place) < 10):
        return None
    row = work.row(select(_PLACE).where(_PLACE.c.version == version, _PLACE.c.place == int(place)))
    return as_place(row) if row else None


def places_in(work: Work, box: Box) -> list[KnownPlace]:
    """The buildings in a piece of the map; none where it is large."""
    wanted = cells(box)
    if not wanted:
        return []
    near = select(_PLACE).where(
        _PLACE.c.version.in_(list(versions(work).values())),
        _PLACE.c.cell.in_(wanted),
        *(_PLACE.c.lon.between(box.west, box.east), _PLACE.c.lat.between(box.south, box.north)),
        _PLACE.c.wkb.is_not(None),
    )
    return [as_place(row) for row in work.rows(near.order_by(_PLACE.c.version, _PLACE.c.place).limit(MOST_NEAR))]


def building_at(work: Work, lon: float, lat: float) -> KnownPlace | None:
    """The building that a point lies in."""
    around = Box(lon - _NEAR, lat - _NEAR, lon + _NEAR, lat + _NEAR)
    standing = (one for one in places_in(work, around) if one.outline and contains(one.outline, lon, lat))
    return next(standing, None)


def middle(work: Work) -> tuple[float, float] | None:
    """Where a map begins that shows no place yet: at some place of a register; None without one."""
    here = select(_PLACE.c.lon, _PLACE.c.lat).where(_PLACE.c.version.in_(list(versions(work).values())))
    row = work.row(here.order_by(_PLACE.c.version, _PLACE.c.place).limit(1))
    return (row.lon, row.lat) if row else None


def as_place(row: Row[Any]) -> KnownPlace:
    """A row of `RegisterPlace` as a value."""
    outline = read_wkb(bytes(row.wkb)) if row.wkb else None
    return KnownPlace(f"{row.version}:{row.place}", row.text, row.lon, row.lat, outline)


def rows_of(work: Work, places: Sequence[tuple[str, int]]) -> list[KnownPlace]:
    """The places with these versions and numbers."""
    found: list[KnownPlace] = []
    for version in dict.fromkeys(version for version, _ in places):
        numbers = [place for one, place in places if one == version]
        rows = work.rows(select(_PLACE).where(_PLACE.c.version == version, _PLACE.c.place.in_(numbers)))
        found += [as_place(row) for row in rows]
    return found
