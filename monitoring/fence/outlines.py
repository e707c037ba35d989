"""A fence as plain numbers: distances from it without any library, since a web process can't afford one.

A geometry comes in as WKB in WGS 84 and is laid into the plane that touches the earth at its middle. Within a few
kilometres that is right to a metre; farther away it does not matter.
"""

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitoring.fence.wkb import Part, read_wkb

_RUN: Final = 12
"""Edges that share a box: what is farther away than an edge already met is passed over."""
EQUATOR_M: Final = 6378137.0
FLATTENED: Final = 0.00669437999014
"""The square of the first eccentricity of WGS 84."""


@dataclass(frozen=True, slots=True)
class Plane:
    """The plane that touches the earth at a point, in metres east and north of it."""

    lat: float
    lon: float
    east: float
    """Metres of a degree of longitude."""
    north: float

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point lies in the plane, the shorter way round the earth."""
        return ((lon - self.lon + 540.0) % 360.0 - 180.0) * self.east, (lat - self.lat) * self.north


def plane_at(lat: float, lon: float) -> Plane:
    """The plane at a point."""
    bulge = 1.0 - FLATTENED * math.sin(math.radians(lat)) ** 2
    degree = math.radians(EQUATOR_M)
    east = max(math.cos(math.radians(lat)), 1e-9) * degree / math.sqrt(bulge)
    return Plane(lat, lon, east, degree * (1.0 - FLATTENED) / bulge**1.5)


@dataclass(frozen=True, slots=True)
class Run:
    """Some edges one after the other, as x, y, x, y, ..., and the box they lie in."""

    left: float
    low: float
    right: float
    high: float
    line: "array[float]"
    """Packed: a third of what a tuple takes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon with its holes (`solid`), a line or a point."""

    solid: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One fence. `margin_m` is what counts as inside around it: none, or the circle around a point."""

    plane: Plane
    shapes: tuple[Shape, ...]
    home_m: float
    """Half of the radius of a circle as large."""
    margin_m: float
    weak: bool

    def distance(self, lat: float, lon: float) -> float:
        """Metres from the footprint, 0 inside it."""
        x, y = self.plane.place(lat, lon)
        nearest = math.inf
        for shape in self.shapes:
            nearest = _nearest(shape, x, y, nearest)
        return max(0.0, math.sqrt(nearest) - self.margin_m)


def outline_of(wkb: bytes, weak_m: float) -> Outline:
    """The fence of a geometry; a point is a circle of `weak_m`. Raises ValueError for what is no area of the earth."""
    parts = read_wkb(wkb)
    points = [point for part in parts for ring in part.rings for point in ring]
    if not points:
        raise ValueError("this fence is empty: it needs an area, or a point")
    if not all(abs(lon) <= 360.0 and abs(lat) <= 90.0 for lon, lat in points):
        raise ValueError("a fence needs points in WGS 84, longitude before latitude")
    first = points[0][0]
    turns = [(lon - first + 540.0) % 360.0 - 180.0 for lon, _ in points]
    lats = [lat for _, lat in points]
    plane = plane_at((min(lats) + max(lats)) / 2, first + (min(turns) + max(turns)) / 2)
    shapes = tuple(_laid(part, plane) for part in parts)
    area = sum(_area(part, plane) for part in parts)
    weak = not any(shape.solid for shape in shapes)
    margin = weak_m if weak else 0.0
    return Outline(plane, shapes, max(math.sqrt(area / math.pi), margin) / 2, margin, weak)


def _laid(part: Part, plane: Plane) -> Shape:
    runs = [run for ring in part.rings for run in _runs([plane.place(lat, lon) for lon, lat in ring])]
    return Shape(part.solid, tuple(runs))


def _runs(points: Sequence[tuple[float, float]]) -> Iterator[Run]:
    for start in range(0, max(1, len(points) - 1), _RUN):
        some = points[start : start + _RUN + 1]
        line = some if len(some) > 1 else [*some, *some]
        xs, ys = [x for x, _ in line], [y for _, y in line]
        yield Run(min(xs), min(ys), max(xs), max(ys), array("d", (number for point in line for number in point)))


def _area(part: Part, plane: Plane) -> float:
    """Square metres: the first ring without the others."""
    sizes = [_size([plane.place(lat, lon) for lon, lat in ring]) for ring in part.rings] if part.solid else [0.0]
    return max(0.0, sizes[0] - sum(sizes[1:]))


def _size(ring: Sequence[tuple[float, float]]) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _nearest(shape: Shape, x: float, y: float, nearest: float) -> float:
    """The smaller of `nearest` and the square of the distance; 0 inside."""
    inside = False
    for run in shape.runs:
        crosses = shape.solid and run.low <= y < run.high and x <= run.right
        aside = run.left - x if x < run.left else x - run.right if x > run.right else 0.0
        above = run.low - y if y < run.low else y - run.high if y > run.high else 0.0
        if aside * aside + above * above >= nearest and not crosses:
            continue
        line = run.line
        ax, ay = line[0], line[1]
        for place in range(2, len(line), 2):
            bx, by = line[place], line[place + 1]
            dx, dy, px, py = bx - ax, by - ay, x - ax, y - ay
            if crosses and (ay > y) != (by > y) and px < dx * py / dy:
                inside = not inside
            length = dx * dx + dy * dy
            along = (px * dx + py * dy) / length if length else 0.0
            along = 0.0 if along < 0.0 else min(along, 1.0)
            px -= along * dx
            py -= along * dy
            if (square := px * px + py * py) < nearest:
                nearest = square
            ax, ay = bx, by
    return 0.0 if inside else nearest
