"""The detector, and the simple rules that one would think of first, to be compared on the same telephones."""

import math
from collections.abc import Callable
from typing import Any, Protocol

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from monitoring.fence import Detector
from monitoring.fence.outlines import outline_of

M_LAT = 1 / 111_320.0
LAT, LON = 55.79, 49.12
M_LON = 1 / (111_320.0 * math.cos(math.radians(LAT)))


class Rule(Protocol):
    """Whatever can be fed as a `Detector`."""

    def feed(self, t: float, lat: float, lon: float, accuracy: float, provider: str = "wifi") -> tuple[Any, int]:
        """The event, and in how many seconds the next fix is wanted."""
        ...


class OneFix:
    """Rings at each fix that `is_out` takes for outside; heard again, it is back."""

    def __init__(self, fence: BaseGeometry, is_out: Callable[[float, float], bool]) -> None:
        self._outline = outline_of(fence.wkb, 100)
        self._is_out = is_out
        self._away = False

    def feed(self, t: float, lat: float, lon: float, accuracy: float, provider: str = "wifi") -> tuple[Any, int]:  # noqa: ARG002
        """By this one fix alone."""
        was, self._away = self._away, self._is_out(self._outline.distance(lat, lon), accuracy)
        return ("departed" if self._away and not was else "returned" if was and not self._away else None), 600


def house(width_m: float = 16.0, depth_m: float = 12.0) -> Polygon:
    """A house around the middle."""
    east, north = width_m / 2 * M_LON, depth_m / 2 * M_LAT
    corners = ((-east, -north), (east, -north), (east, north), (-east, north))
    return Polygon([(LON + x, LAT + y) for x, y in corners])


RULES: dict[str, Callable[[BaseGeometry], Rule]] = {
    "outside": lambda fence: OneFix(fence, lambda distance, _: distance > 0),
    "outside 50 m": lambda fence: OneFix(fence, lambda distance, _: distance > 50),
    "distance > accuracy": lambda fence: OneFix(fence, lambda distance, radius: distance > radius),
    "50 m + accuracy": lambda fence: OneFix(fence, lambda distance, radius: distance > 50 + radius),
    "Detector": Detector,
}
