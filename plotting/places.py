"""`python -m plotting.places FILE [PROPERTY]`: a register of addresses or a layer of buildings as JSON, in WGS 84.

Points and areas alike. An address is the property that was named; else OpenStreetMap's street and number; else the
first that is called like one. Areas that cross themselves are repaired; lines and what is empty are left out.
"""

import json
import sys
from typing import Any

import numpy as np
import shapely

from plotting.layers import WGS_84
from plotting.shapes import READ, NoShapes, open_shapes
from plotting.working import bound_itself

_STREETS = ("addr:street", "addr_street", "street", "улица")
_NUMBERS = ("addr:housenumber", "addr_housen", "housenumber", "number", "дом")
_WHOLE = ("address", "addr:full", "adress", "адрес", "full_address", "name")
_POINT, _AREAS, _COLLECTION = 0, (3, 6), 7
_MOST_TOLD = 50


def read_places(file: str, wanted: str | None) -> dict[str, Any]:
    """``places`` (text, lon, lat, wkb as hex or null), ``repaired``, ``dropped`` with a name each; or NoShapes."""
    read, columns = open_shapes(file, wanted)
    texts, named = _texts(read, columns, wanted)
    shapes = shapely.force_2d(read.to_crs(WGS_84).geometry.to_numpy())
    valid = shapely.is_valid(shapes)  # false for what is missing
    whole = np.where(valid, shapes, shapely.make_valid(shapes, method="structure", keep_collapsed=False))
    kept = _kept(whole)
    middles = shapely.point_on_surface(whole)
    areas = shapely.to_wkb(whole, hex=True)
    kinds = shapely.get_type_id(whole)
    lons, lats = shapely.get_x(middles), shapely.get_y(middles)
    places = [
        (texts[place], float(lons[place]), float(lats[place]), None if kinds[place] == _POINT else areas[place])
        for place in np.flatnonzero(kept)
    ]
    told = {"repaired": _told(texts, kept & ~valid), "dropped": _told(texts, ~kept)}
    return {"places": places, "text_property": named, **told}


def _kept(shapes: Any) -> Any:
    """Whether each is a point, or areas; a mixture that a repair left behind is none."""
    kinds, empty = shapely.get_type_id(shapes), shapely.is_empty(shapes)
    bounds = shapely.bounds(shapes)
    placed = np.isfinite(bounds).all(axis=1)
    return (np.isin(kinds, _AREAS) | (kinds == _POINT)) & ~empty & placed


def _texts(table: Any, columns: list[str], wanted: str | None) -> tuple[list[str], str]:
    """The address of each row, and of what it was made."""
    if wanted is not None:
        return _said(table, wanted), wanted
    street, number = (next((one for one in names if one in columns), None) for names in (_STREETS, _NUMBERS))
    if street and number:
        pairs = zip(_said(table, street), _said(table, number), strict=True)
        return [f"{one}, {other}" if one and other else one for one, other in pairs], f"{street}, {number}"
    whole = next((one for one in _WHOLE if one in columns), None)
    return (_said(table, whole), whole) if whole else ([""] * len(table), "")


def _said(table: Any, column: str) -> list[str]:
    return ["" if value is None or value != value else " ".join(str(value).split())[:200] for value in table[column]]


def _told(texts: list[str], which: Any) -> dict[str, Any]:
    """How many, and which: by address or else by place in the file; not more than anybody reads."""
    numbers = np.flatnonzero(which)
    return {"count": len(numbers), "which": [texts[one] or str(one + 1) for one in numbers[:_MOST_TOLD]]}


def main() -> None:
    """Reads the file named on the command line."""
    bound_itself()
    try:
        found = read_places(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
    except NoShapes as error:
        found = {"error": str(error)}
    except Exception as error:
        # Whatever a driver makes of a broken file: its kind is enough, its words may be anything.
        found = {"error": f"it is no file of shapes that can be read ({type(error).__name__}); {READ}"}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
