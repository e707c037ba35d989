"""Outlines of buildings and fences as numbers: read, written, measured. Everything in degrees is WGS 84.

Pages draw and measure a few dozen of them; what is exact, or many, is done with shapely elsewhere.
"""

import itertools
import math
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitoring.fence.parameters import STREAM
from monitoring.fence.wkb import Part
from monitoring.fence.wkb import read_wkb as parts_of

METRES_A_DEGREE: Final = 111_195.0
AROUND_M: Final = int(STREAM.buffer_m)
"""So far around a footprint still counts as home."""
WEAK_M: Final = int(STREAM.weak_m)
"""The circle around a point of which no footprint is known."""
_POINT, _POLYGON, _MULTIPOLYGON = 1, 3, 6
_CORNERS = 48
_MOST_POINTS: Final = 20_000
Point = tuple[float, float]
"""Longitude, latitude."""
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""The outer ring, then holes."""
Outline = tuple[Polygon, ...]


class NoOutline(ValueError):
    """These bytes are no polygon."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large something is, in metres and square metres."""

    wide: float
    high: float
    area: float


def read_wkb(wkb: bytes) -> Outline:
    """The polygons in well-known binary, of a point the circle around it; raises NoOutline."""
    try:
        parts = parts_of(wkb)
    except ValueError as error:
        raise NoOutline(str(error)) from None
    match parts:
        case (Part(solid=False, rings=((point,),)),):
            return circle(*point)
    rings = [ring for part in parts for ring in part.rings]
    if not rings or not all(part.solid for part in parts):
        raise NoOutline("it is no polygon")
    if not all(4 <= len(ring) <= _MOST_POINTS for ring in rings):
        raise NoOutline("a ring has four points at least")
    return tuple(part.rings for part in parts)


def write_wkb(outline: Outline) -> bytes:
    """Polygons as well-known binary: one as such, several as a multipolygon."""
    parts = [_written(polygon) for polygon in outline]
    return parts[0] if len(parts) == 1 else struct.pack("<BII", 1, _MULTIPOLYGON, len(parts)) + b"".join(parts)


def write_point(lon: float, lat: float) -> bytes:
    """A point as well-known binary: a weak fence, whose circle is the same for everybody who reads it."""
    return struct.pack("<BIdd", 1, _POINT, lon, lat)


def circle(lon: float, lat: float, radius_m: float = WEAK_M) -> Outline:
    """A circle around a point, as a polygon of `_CORNERS` corners."""
    high = radius_m / METRES_A_DEGREE
    wide = high / _narrowing(lat)
    turns = (2 * math.pi * corner / _CORNERS for corner in range(_CORNERS))
    ring = tuple((lon + wide * math.cos(turn), lat + high * math.sin(turn)) for turn in turns)
    return (((*ring, ring[0]),),)


def middle_of(outline: Outline) -> Point:
    """The middle of the box around it."""
    west, south, east, north = box_of(outline)
    return (west + east) / 2, (south + north) / 2


def box_of(outline: Outline) -> tuple[float, float, float, float]:
    """West, south, east, north."""
    points = [point for polygon in outline for point in polygon[0]]
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return min(lons), min(lats), max(lons), max(lats)


def size_of(outline: Outline) -> Size:
    """Its width and height, and its area without holes."""
    west, south, east, north = box_of(outline)
    narrow = _narrowing((south + north) / 2)
    area = sum(_area(polygon, narrow) for polygon in outline)
    return Size((east - west) * narrow * METRES_A_DEGREE, (north - south) * METRES_A_DEGREE, area)


def contains(outline: Outline, lon: float, lat: float) -> bool:
    """Whether a point lies in it."""
    return any(_inside(polygon[0], lon, lat) and not _in_hole(polygon, lon, lat) for polygon in outline)


def in_metres(outline: Outline, origin: Point) -> Iterator[list[list[Point]]]:
    """Each polygon's rings on a plane around `origin`, metres to the east and to the south."""
    narrow = _narrowing(origin[1]) * METRES_A_DEGREE
    for polygon in outline:
        yield [
            [((lon - origin[0]) * narrow, (origin[1] - lat) * METRES_A_DEGREE) for lon, lat in ring] for ring in polygon
        ]


def is_place(lon: float, lat: float) -> bool:
    """Whether these can be coordinates of somebody's home; where nobody lives, at 0, 0, a slip is likelier."""
    return -180 <= lon <= 180 and -85 <= lat <= 85 and (abs(lon) > 0.01 or abs(lat) > 0.01)


def _narrowing(lat: float) -> float:
    return math.cos(math.radians(lat))


def _written(polygon: Polygon) -> bytes:
    parts = [struct.pack("<BII", 1, _POLYGON, len(polygon))]
    for ring in polygon:
        flat = [number for point in ring for number in point]
        parts.append(struct.pack(f"<I{len(flat)}d", len(ring), *flat))
    return b"".join(parts)


def _area(polygon: Polygon, narrow: float) -> float:
    outer, *holes = (_shoelace(ring) * narrow * METRES_A_DEGREE**2 for ring in polygon)
    return outer - sum(holes)


def _shoelace(ring: Sequence[Point]) -> float:
    """Around its first point: degrees squared are tiny, and far from zero they drown."""
    (x0, y0), total = ring[0], 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        total += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    return abs(total) / 2


def _in_hole(polygon: Polygon, lon: float, lat: float) -> bool:
    return any(_inside(hole, lon, lat) for hole in polygon[1:])


def _inside(ring: Sequence[Point], lon: float, lat: float) -> bool:
    odd = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd
