"""Many fixes judged at once, in arrays: for the worker and for measurements. Web processes can't afford the libraries.

The same numbers as `monitoring.fence.deciding` comes to, which a test holds them against.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from monitoring.fence.outlines import EQUATOR_M, FLATTENED
from monitoring.fence.parameters import Parameters

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]
Truths = np.ndarray[Any, np.dtype[np.bool_]]


class Fences:
    """Fences laid into the plane at the middle of each, so that a distance is one subtraction away."""

    def __init__(self, wkbs: Sequence[bytes], weak_m: float) -> None:
        """From WKB in WGS 84, as rows keep them."""
        shapes = shapely.from_wkb(np.array(wkbs, dtype=object))
        places, owners = shapely.get_coordinates(shapes, return_index=True)
        firsts = places[np.searchsorted(owners, np.arange(len(shapes))), 0]
        turns = (places[:, 0] - firsts[owners] + 540.0) % 360.0 - 180.0
        self._lat = _middle(places[:, 1], owners, len(shapes))
        self._lon = firsts + _middle(turns, owners, len(shapes))
        self._east, self._north = _degrees(self._lat)
        flat = np.column_stack(self._placed(owners, places[:, 1], places[:, 0]))
        self._shapes = shapely.set_coordinates(shapely.force_2d(shapes), flat)
        weak = shapely.get_dimensions(self._shapes) < 2
        self._margin = np.where(weak, weak_m, 0.0)
        self._home = np.maximum(np.sqrt(shapely.area(self._shapes) / np.pi), self._margin) / 2

    def __len__(self) -> int:
        return len(self._shapes)

    def distances(self, which: Places, lat: Numbers, lon: Numbers) -> Numbers:
        """Metres from each fix to the footprint of its fence, 0 inside."""
        points = shapely.points(*self._placed(which, lat, lon))
        away: Numbers = shapely.distance(self._shapes[which], points) - self._margin[which]
        return np.maximum(away, 0.0)

    def evidence(self, given: Parameters, which: Places, distances: Numbers, radius: Numbers, gps: Truths) -> Numbers:
        """As `monitoring.fence.deciding.likelihood`, of fixes at these distances from their fences."""
        wrong = np.where(gps, given.gps_wrong, given.wifi_wrong)
        square = (np.where(gps, given.gps_factor, given.wifi_factor) * radius) ** 2 + given.least_error_m**2
        home = np.minimum(self._home[which], given.most_home_m)
        far = np.maximum(distances - given.buffer_m, 0.0) ** 2
        core = (1.0 + far / (3.0 * square)) ** -2.5 / (square + home * home)
        broad = 1.0 / (6.0 * (far + square + given.broad_m**2))
        said: Numbers = np.log(broad / ((1.0 - wrong) * core + wrong * broad))
        clipped: Numbers = np.clip(said, given.least_evidence, given.most_evidence)
        return clipped

    def _placed(self, which: Places, lat: Numbers, lon: Numbers) -> tuple[Numbers, Numbers]:
        x = ((lon - self._lon[which] + 540.0) % 360.0 - 180.0) * self._east[which]
        return x, (lat - self._lat[which]) * self._north[which]


def _middle(values: Numbers, owners: Places, many: int) -> Numbers:
    """Halfway between the least and the greatest of each owner."""
    least: Numbers = np.full(many, np.inf)
    greatest: Numbers = np.full(many, -np.inf)
    np.minimum.at(least, owners, values)
    np.maximum.at(greatest, owners, values)
    return (least + greatest) / 2


def _degrees(lat: Numbers) -> tuple[Numbers, Numbers]:
    """Metres of a degree of longitude and of latitude."""
    bulge = 1.0 - FLATTENED * np.sin(np.radians(lat)) ** 2
    degree = np.radians(EQUATOR_M)
    east = np.maximum(np.cos(np.radians(lat)), 1e-9) * degree / np.sqrt(bulge)
    return east, degree * (1.0 - FLATTENED) / bulge**1.5
