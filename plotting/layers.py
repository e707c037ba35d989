"""`python -m plotting.layers FILE [PROPERTY]`: a file of shapes as JSON, valid and in WGS 84.

Reads GeoPackage, GeoJSON, Shapefile. Shapes that cross themselves are repaired; what is
empty, or has no area left, is told and left out. Without PROPERTY the name is the first text that differs everywhere.
"""

import json
import sys
from typing import Any

from shapely import MultiPolygon, Polygon, get_parts, make_valid, to_wkb
from shapely.geometry.base import BaseGeometry

from plotting.shapes import READ, NoShapes, open_shapes
from plotting.working import bound_itself

WGS_84 = 4326
_NAMES = ("name", "NAME", "name:en")


def read_layer(file: str, wanted: str | None) -> dict[str, Any]:
    """``areas`` (name, properties, wkb as hex), ``repaired`` and ``dropped`` names, ``name_property``; or NoShapes."""
    read, columns = open_shapes(file, wanted)
    placed = read.to_crs(WGS_84)
    named = wanted or _naming(placed, columns)
    found: dict[str, Any] = {"name_property": named, "areas": [], "repaired": [], "dropped": []}
    for place, shape in enumerate(placed.geometry, 1):
        row = placed.iloc[place - 1]
        name = str(row[named]) if named and row[named] is not None else str(place)
        _take(found, name, shape, {one: _plain(row[one]) for one in columns})
    return found


def _take(found: dict[str, Any], name: str, shape: BaseGeometry | None, properties: dict[str, Any]) -> None:
    valid = shape is not None and bool(shape.is_valid)
    whole = shape if shape is None or valid else make_valid(shape)
    area = _areas(whole)
    if area is None:
        found["dropped"].append(name)
        return
    if not valid:
        found["repaired"].append(name)
    kept = {one: value for one, value in properties.items() if value is not None}
    found["areas"].append({"name": name, "properties": kept, "wkb": to_wkb(area, hex=True, output_dimension=2)})


def _areas(shape: BaseGeometry | None) -> BaseGeometry | None:
    """The areas of a shape without lines and points; None where there are none."""
    parts = [] if shape is None else [one for one in _flat(shape) if isinstance(one, Polygon) and one.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _flat(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = list(get_parts(shape))
    return parts if parts == [shape] else [inner for one in parts for inner in _flat(one)]


def _naming(table: Any, columns: list[str]) -> str | None:
    texts = [one for one in columns if all(isinstance(value, str) and value for value in table[one])]
    usual = [one for one in _NAMES if one in texts]
    return next((one for one in [*usual, *texts] if table[one].is_unique), None) or next(iter(usual), None)


def _plain(value: Any) -> Any:
    """A value as JSON knows it: numbers and texts as they are, nothing as null, the rest as text."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or value != value or isinstance(value, bool | int | float | str):
        return None if value != value else value
    return str(value)


def main() -> None:
    """Reads the file named on the command line."""
    bound_itself()
    try:
        found = read_layer(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
    except NoShapes as error:
        found = {"error": str(error)}
    except Exception as error:
        found = {"error": f"it can't be read: {str(error).splitlines()[0]}; {READ}"}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
