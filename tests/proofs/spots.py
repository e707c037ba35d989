"""Every spelling in which a coordinate could be found again: as digits, as bytes, as a square of the world."""

import struct
from collections.abc import Iterable, Iterator, Mapping
from math import atanh, radians, sin

from tests.proofs.canaries import coded

Spot = tuple[float, float]
"""Latitude and longitude, with six decimals that nothing else has."""
_SHORTEST = 7
_NEVER = ("HEX", "percent")
"""Nobody writes digits so."""
_LEAST_DECIMALS, _DECIMALS = 4, 6
"""Four are eleven metres: enough to find a house."""
_GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
_GEOHASH_SIGNS = 8
_EARTH_M = 6378137.0


def spellings(spot: Spot) -> dict[str, bytes]:
    """The spot as bytes, by how it is written; what is so short that chance writes it too is left out."""
    lat, lon = spot
    found: dict[str, bytes] = {}
    for name, one in (("latitude", lat), ("longitude", lon)):
        found |= {f"{name} {how}": raw for how, raw in _written(one)}
        found |= {f"{name} {how}": raw for how, raw in _packed(one)}
    floats = {"32 bits": struct.pack("<2f", lat, lon), "32 bits, turned": struct.pack("<2f", lon, lat)}
    squares = {"geohash": geohash(spot).encode(), "mercator": f"{_mercator(lat):.1f}".encode()}
    return {how: raw for how, raw in (found | floats | squares).items() if len(raw) >= _SHORTEST}


def _written(one: float) -> Iterator[tuple[str, bytes]]:
    whole = f"{one:.{_DECIMALS}f}"
    for decimals in range(_LEAST_DECIMALS, _DECIMALS + 1):
        cut = whole[: len(whole) - _DECIMALS + decimals]
        for how, text in (("cut", cut), ("rounded", f"{one:.{decimals}f}")):
            for sign, spelt in (("point", text), ("comma", text.replace(".", ","))):
                raw = spelt.encode()
                yield f"{how} to {decimals}, {sign}", raw
                yield f"{how} to {decimals}, {sign}, UTF-16", spelt.encode("utf-16-le")
                yield from (
                    (f"{how} to {decimals}, {sign}, {name}", text) for name, text in coded(raw) if name not in _NEVER
                )
    yield "digits alone", whole.replace(".", "").encode()
    degrees, minutes = int(one), (one - int(one)) * 60
    yield "minutes", f"{degrees}°{minutes:.3f}".encode()
    yield "seconds", f"{degrees}°{int(minutes):02}'{(minutes - int(minutes)) * 60:.1f}".encode()


def _packed(one: float) -> Iterator[tuple[str, bytes]]:
    """As in well-known binary, in a table, in a message: a double either way round, and what text makes of those."""
    for order, sign in (("little", "<"), ("big", ">")):
        raw = struct.pack(f"{sign}d", one)
        yield f"{order}-endian", raw
        yield from ((f"{order}-endian, {name}", text) for name, text in coded(raw) if name not in _NEVER)


def _mercator(lat: float) -> float:
    return _EARTH_M * atanh(sin(radians(lat)))


def geohash(spot: Spot) -> str:
    """The square of 38 by 19 m that a spot lies in."""
    (south, north), (west, east) = (-90.0, 90.0), (-180.0, 180.0)
    bits = 0
    for number in range(5 * _GEOHASH_SIGNS):
        if number % 2:
            middle = (south + north) / 2
            above = spot[0] >= middle
            south, north = (middle, north) if above else (south, middle)
        else:
            middle = (west + east) / 2
            above = spot[1] >= middle
            west, east = (middle, east) if above else (west, middle)
        bits = bits << 1 | above
    return "".join(_GEOHASH[bits >> 5 * place & 31] for place in range(_GEOHASH_SIGNS - 1, -1, -1))


def spots_in(places: Mapping[str, bytes], planted: Iterable[Spot]) -> list[str]:
    """Each planted spot that stands in a place, with its spelling; once for all spellings that hold one another."""
    sought = {raw: f"{spot} ({how})" for spot in planted for how, raw in spellings(spot).items()}
    least = [raw for raw in sought if not any(other in raw for other in sought if len(other) < len(raw))]
    return [f"{sought[raw]} in {place}" for place, held in places.items() for raw in least if raw in held]
