"""`python -m plotting.within`: in which area each point lies. ``areas`` (WKB as hex) and ``points`` (lon, lat), WGS 84.

Answers a list with the place of an area for each point, or null; of a border the first. The points are in memory alone.
"""

import json
import sys
from typing import Any

import geopandas
import numpy as np
from shapely import from_wkb, points

from plotting.layers import WGS_84
from plotting.working import bound_itself


def place(asked: dict[str, Any]) -> list[int | None]:
    """The area of each point."""
    shapes = from_wkb([bytes.fromhex(one) for one in asked["areas"]])
    areas = geopandas.GeoSeries(shapes, crs=WGS_84)
    given = points(np.asarray(asked["points"], dtype=float).reshape(-1, 2))
    which, found = areas.sindex.query(given, predicate="intersects")
    first = np.full(len(given), len(areas))
    np.minimum.at(first, which, found)
    return [int(one) if one < len(areas) else None for one in first]


def main() -> None:
    """Reads what is asked on stdin."""
    bound_itself()
    json.dump(place(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
