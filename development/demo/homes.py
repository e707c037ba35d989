"""Where the invented town lives: streets of houses with outlines, which the clinic's search knows.

They are written as GeoJSON too, which `layers import FILE --name addresses` imports as any other register.
"""

import json
from pathlib import Path
from typing import Any, Final

from development.demo.chance import Chance
from monitoring.addresses.registers import Place, import_register, versions
from monitoring.outlines import Outline, write_wkb
from store import Store

STREETS: Final = tuple("Баумана Ленина Пушкина Чистопольская Декабристов Хакима Гагарина Тукая Восстания Мира".split())
HOUSES: Final = 89
WEST, SOUTH = 49.1, 55.79
"""Of the first house of the first street, in degrees."""
_STREET, _ACROSS, _ALONG = 0.0035, 0.0006, 0.0007
"""Degrees between streets, between the two sides of one, and between neighbours."""
_WIDE, _HIGH = 0.0003, 0.00015
"""Of a house: some 19 by 17 m."""
_A_DEGREE_M: Final = 62_600.0
"""Of longitude, there."""


def address_of(street: str, house: int) -> str:
    """As the register has it."""
    return f"улица {street}, {house}"


def outline_of(street: str, house: int) -> Outline:
    """What a house stands on, in WGS 84."""
    west = WEST + (house - 1) // 2 * _ALONG
    south = SOUTH + STREETS.index(street) * _STREET + (house + 1) % 2 * _ACROSS
    east, north = west + _WIDE, south + _HIGH
    return ((((west, south), (east, south), (east, north), (west, north), (west, south)),),)


def beside(street: str, house: int, east_m: float = 0.0) -> tuple[float, float]:
    """Latitude and longitude in the middle of a house, or so many metres east of there."""
    west, south = outline_of(street, house)[0][0][0]
    return south + _HIGH / 2, west + _WIDE / 2 + east_m / _A_DEGREE_M


def a_home(chance: Chance) -> tuple[str, int]:
    """A house of the town."""
    return chance.choice(STREETS), chance.randint(1, HOUSES)


def town_map() -> dict[str, Any]:
    """All houses, as GeoJSON."""
    return {"type": "FeatureCollection", "features": [_feature(*one) for one in _houses()]}


def _feature(street: str, house: int) -> dict[str, Any]:
    ring = [[round(lon, 7), round(lat, 7)] for lon, lat in outline_of(street, house)[0][0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"address": address_of(street, house)}, "geometry": shape}


def survey(store: Store, var: Path, by: str) -> bool:
    """Makes the town the register of addresses, unless there is one already; whether it did."""
    with store.reading() as work:
        if versions(work):
            return False
    (var / "town.geojson").write_text(json.dumps(town_map(), ensure_ascii=False), "utf-8")
    import_register(store, "addresses", [_place(street, house) for street, house in _houses()], by)
    return True


def _houses() -> list[tuple[str, int]]:
    return [(street, house) for street in STREETS for house in range(1, HOUSES + 1)]


def _place(street: str, house: int) -> Place:
    lat, lon = beside(street, house)
    return Place(address_of(street, house), lon, lat, write_wkb(outline_of(street, house)))
