"""Geometries as well-known binary (OGC 06-103r4, and PostGIS's extended form), read without a library."""

import math
import struct
from dataclasses import dataclass
from typing import Final

_POINT, _LINE, _POLYGON = 1, 2, 3
_MANY: Final = (4, 5, 6, 7)
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000
_DEEPEST: Final = 8
Ring = tuple[tuple[float, float], ...]
"""Longitude, latitude."""


@dataclass(frozen=True, slots=True)
class Part:
    """A polygon with its holes (`solid`), a line or a point: one ring."""

    solid: bool
    rings: tuple[Ring, ...]


def read_wkb(wkb: bytes) -> tuple[Part, ...]:
    """The parts of a geometry, whatever its kind; raises ValueError where it is none."""
    try:
        parts, end = _read(wkb, 0, _DEEPEST)
    except (struct.error, IndexError):
        raise ValueError("this is no whole geometry") from None
    if end != len(wkb):
        raise ValueError("something follows the geometry")
    return tuple(part for part in parts if part.rings)


def _read(wkb: bytes, place: int, deep: int) -> tuple[list[Part], int]:
    """The parts of the geometry that begins at `place`, and where it ends."""
    order = "<" if wkb[place] == 1 else ">"
    (code,) = struct.unpack_from(f"{order}I", wkb, place + 1)
    place += 9 if code & _SRID else 5
    kind, more = (code & 0xFFFF) % 1000, (code & 0xFFFF) // 1000
    size = 2 + (bool(code & _Z) or more in (1, 3)) + (bool(code & _M) or more in (2, 3))
    if kind in _MANY and deep:
        return _many(wkb, place, order, deep)
    if kind == _POINT:
        ring, place = _points(wkb, place, order, size, 1)
        return [Part(False, (ring,) if ring else ())], place
    if kind == _LINE:
        (many,) = struct.unpack_from(f"{order}I", wkb, place)
        ring, place = _points(wkb, place + 4, order, size, many)
        return [Part(False, (ring,) if ring else ())], place
    if kind == _POLYGON:
        return _polygon(wkb, place, order, size)
    raise ValueError(f"no fence is made of geometries of kind {code}")


def _many(wkb: bytes, place: int, order: str, deep: int) -> tuple[list[Part], int]:
    (many,) = struct.unpack_from(f"{order}I", wkb, place)
    place += 4
    parts: list[Part] = []
    for _ in range(many):
        some, place = _read(wkb, place, deep - 1)
        parts += some
    return parts, place


def _polygon(wkb: bytes, place: int, order: str, size: int) -> tuple[list[Part], int]:
    (many,) = struct.unpack_from(f"{order}I", wkb, place)
    place += 4
    rings = []
    for _ in range(many):
        (length,) = struct.unpack_from(f"{order}I", wkb, place)
        ring, place = _points(wkb, place + 4, order, size, length)
        if ring:
            rings.append(ring if ring[0] == ring[-1] else (*ring, ring[0]))
    return [Part(True, tuple(rings))], place


def _points(wkb: bytes, place: int, order: str, size: int, many: int) -> tuple[Ring, int]:
    """So many points; an empty point, which is written as one of NaN, is none."""
    numbers = struct.unpack_from(f"{order}{many * size}d", wkb, place)
    points = tuple(zip(numbers[::size], numbers[1::size], strict=True))
    if many == 1 and all(map(math.isnan, points[0])):
        points = ()
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
        raise ValueError("a fence has no point at infinity")
    return points, place + 8 * many * size
