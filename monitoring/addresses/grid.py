"""A grid over the world, so that what is near a point is found by numbers that an index knows."""

from dataclasses import dataclass
from typing import Final

STEP: Final = 0.01
"""Degrees: about a kilometre."""
_A_ROW: Final = 36_000
MOST_CELLS: Final = 36


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of the map in degrees, WGS 84."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def cell(lon: float, lat: float) -> int:
    """The number of the cell that a point lies in; it fits 32 bits."""
    return int((lat + 90) / STEP) * _A_ROW + int((lon + 180) / STEP) % _A_ROW


def cells(box: Box) -> list[int]:
    """The cells that a box touches; none where there are more than `MOST_CELLS`, or where it is no box."""
    rows = range(int((box.south + 90) / STEP), int((box.north + 90) / STEP) + 1)
    columns = range(int((box.west + 180) / STEP), int((box.east + 180) / STEP) + 1)
    if not 0 < len(rows) * len(columns) <= MOST_CELLS:
        return []
    return [row * _A_ROW + column % _A_ROW for row in rows for column in columns]
