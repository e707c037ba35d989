"""Houses and ways to be in or away from one."""

from collections.abc import Iterable, Iterator
from random import Random

from shapely import Polygon, box

from monitoring.fence import Detector

LAT, LON = 55.79, 49.12
M_LAT, M_LON = 1 / 111_320, 1 / 62_640
"""Degrees of a metre here."""
HOUSE = box(LON - 8 * M_LON, LAT - 6 * M_LAT, LON + 8 * M_LON, LAT + 6 * M_LAT)
YARD = Polygon(
    [(LON + x * M_LON, LAT + y * M_LAT) for x, y in ((-200, -200), (200, -200), (200, 200), (-200, 200))],
    [[(LON + x * M_LON, LAT + y * M_LAT) for x, y in ((-150, -150), (150, -150), (150, 150), (-150, 150))]],
)
"""A house around a large yard."""
START = 1_780_000_000.0
Where = tuple[float, float]


def at(east_m: float, north_m: float = 0.0) -> Where:
    """So far from the middle of the house; latitude, longitude."""
    return LAT + north_m * M_LAT, LON + east_m * M_LON


def around(place: Where, random: Random, error_m: float = 8.0) -> Where:
    """A place as a telephone tells it."""
    return place[0] + random.gauss(0, error_m) * M_LAT, place[1] + random.gauss(0, error_m) * M_LON


def follow(
    detector: Detector, places: Iterable[tuple[float, Where]], radius: float = 20.0
) -> Iterator[tuple[float, str]]:
    """Feeds (seconds since the start, place), and tells when what was noticed."""
    for seconds, (lat, lon) in places:
        event, _ = detector.feed(START + seconds, lat, lon, radius)
        if event is not None:
            yield seconds, event


def every(step_s: float, start_s: float, end_s: float, place: Where, random: Random) -> list[tuple[float, Where]]:
    """Fixes near a place at a steady pace."""
    return [(start_s + n * step_s, around(place, random)) for n in range(int((end_s - start_s) // step_s))]
