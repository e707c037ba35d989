"""Distances without a library, held against the library's; and the same decision in bulk."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPoint, MultiPolygon, Point, Polygon, from_wkt, to_wkb
from shapely.affinity import translate

from monitoring.fence.bulk import Fences
from monitoring.fence.deciding import likelihood
from monitoring.fence.outlines import Outline, outline_of, plane_at
from monitoring.fence.parameters import STREAM
from monitoring.fence.wkb import read_wkb
from tests.monitoring.fence.shapes import HOUSE, LAT, LON, M_LAT, M_LON, YARD

METRES = st.floats(-3000, 3000)


@st.composite
def stars(draw: st.DrawFn) -> Polygon:
    """Something with up to sixty corners around the middle."""
    sizes = draw(st.lists(st.floats(5, 400), min_size=3, max_size=60))
    turn = 2 * math.pi / len(sizes)
    corners = [
        (LON + size * math.cos(n * turn) * M_LON, LAT + size * math.sin(n * turn) * M_LAT)
        for n, size in enumerate(sizes)
    ]
    return Polygon(corners)


def _in_bulk(shape: object, lat: float, lon: float) -> float:
    fences = Fences([to_wkb(shape)], STREAM.weak_m)
    return float(fences.distances(np.array([0]), np.array([lat]), np.array([lon]))[0])


@given(stars(), METRES, METRES)
def test_distances_are_the_librarys(star: Polygon, east: float, north: float) -> None:
    lat, lon = LAT + north * M_LAT, LON + east * M_LON

    assert outline_of(star.wkb, 100).distance(lat, lon) == pytest.approx(_in_bulk(star, lat, lon), abs=1e-6)


@pytest.mark.parametrize(
    "shape",
    [
        HOUSE,
        YARD,
        Point(LON, LAT),
        MultiPoint([(LON, LAT), (LON + 1e-3, LAT)]),
        MultiPolygon([HOUSE, translate(HOUSE, xoff=2e-3)]),
        from_wkt(f"GEOMETRYCOLLECTION (POINT ({LON} {LAT}), LINESTRING ({LON} {LAT}, {LON + 1e-3} {LAT}))"),
        from_wkt(f"POLYGON Z (({LON} {LAT} 1, {LON + 1e-3} {LAT} 1, {LON} {LAT + 1e-3} 1, {LON} {LAT} 1))"),
    ],
    ids=lambda shape: str(shape.geom_type),
)
def test_of_every_kind_of_geometry(shape: object) -> None:
    outline: Outline = outline_of(shape.wkb, 100)  # type: ignore[attr-defined]

    for east, north in ((0, 0), (170, 0), (0, 999), (-60, 20), (149, 1)):
        lat, lon = LAT + north * M_LAT, LON + east * M_LON
        assert outline.distance(lat, lon) == pytest.approx(_in_bulk(shape, lat, lon), abs=1e-6)


@given(st.floats(0, 2000), st.floats(0.1, 200), st.booleans())
def test_evidence_in_bulk_is_the_same(distance: float, radius: float, gps: bool) -> None:
    fences, outline = Fences([HOUSE.wkb], 100), outline_of(HOUSE.wkb, 100)

    many = fences.evidence(STREAM, np.array([0]), np.array([distance]), np.array([radius]), np.array([gps]))

    one = likelihood(STREAM, max(0.0, distance - STREAM.buffer_m), radius, gps, outline.home_m)
    assert float(many[0]) == pytest.approx(one)


@given(st.floats(0.1, 200), st.booleans(), st.floats(0, 1e6))
def test_who_is_inside_is_never_evidence_for_being_away(radius: float, gps: bool, home_m: float) -> None:
    assert likelihood(STREAM, 0.0, radius, gps, home_m) < 0


def test_a_degree_is_as_long_as_surveyors_say() -> None:
    at_equator, at_60, at_pole = plane_at(0, 0), plane_at(60, 0), plane_at(90, 0)

    assert (at_equator.east, at_equator.north) == pytest.approx((111319.5, 110574.3), abs=1)
    assert (at_60.east, at_60.north) == pytest.approx((55800.0, 111412.3), abs=2)
    assert at_pole.north == pytest.approx(111694.0, abs=1)


@given(st.binary(max_size=80))
def test_what_is_no_geometry_is_refused_in_words(wkb: bytes) -> None:
    try:
        parts = read_wkb(wkb)
    except ValueError:
        return
    assert isinstance(parts, tuple)


@given(st.integers(0, 92))
def test_what_was_cut_off_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="geometry"):
        read_wkb(HOUSE.wkb[:length])
