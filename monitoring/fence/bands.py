"""What is kept of a place: how far off, how sure, in bands that tell nobody where."""

import math
from bisect import bisect_right
from typing import Final

_DISTANCES: Final = (50, 100, 150, 200, 500, 1000, 5000)
_RADII: Final = (50, 100, 150, 200)


def distance_band(distance_m: float) -> str:
    """A distance from the footprint, such as ``200-500`` or ``5000+`` metres."""
    return _band(distance_m, _DISTANCES)


def radius_band(radius_m: float) -> str:
    """A reported radius, such as ``0-50`` metres."""
    return _band(radius_m, _RADII)


def _band(metres: float, ends: tuple[int, ...]) -> str:
    place = bisect_right(ends, math.floor(metres))
    low = ends[place - 1] if place else 0
    return f"{low}-{ends[place]}" if place < len(ends) else f"{low}+"
