"""Outlines as numbers, held against shapely's."""

import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from monitoring.outlines import (
    METRES_A_DEGREE,
    NoOutline,
    circle,
    contains,
    is_place,
    middle_of,
    read_wkb,
    size_of,
    write_point,
    write_wkb,
)

YARD = Polygon(
    [(49.1, 55.7), (49.101, 55.7), (49.101, 55.701), (49.1, 55.701)],
    [[(49.1004, 55.7004), (49.1006, 55.7004), (49.1006, 55.7006), (49.1004, 55.7006)]],
)
TWO = MultiPolygon([YARD, Polygon([(49.2, 55.7), (49.201, 55.7), (49.2, 55.701)])])


@pytest.mark.parametrize("shape", [YARD, TWO])
@pytest.mark.parametrize("order", [0, 1])
def test_what_shapely_writes_is_read_and_written_alike(shape: Polygon, order: int) -> None:
    outline = read_wkb(shapely.to_wkb(shape, byte_order=order))

    assert shapely.from_wkb(write_wkb(outline)).equals(shape)


def test_a_point_is_the_circle_around_it() -> None:
    outline = read_wkb(write_point(49.1, 55.7))

    assert outline == circle(49.1, 55.7) and shapely.from_wkb(write_point(49.1, 55.7)).equals(Point(49.1, 55.7))
    assert middle_of(outline) == pytest.approx((49.1, 55.7)) and size_of(outline).wide == pytest.approx(200)


@pytest.mark.parametrize(
    "wkb",
    [
        b"",
        b"\x01",
        shapely.to_wkb(LineString([(0, 0), (1, 1)])),
        shapely.to_wkb(YARD)[:-1],
        shapely.to_wkb(YARD) + b"\0",
        shapely.to_wkb(Polygon()),
        shapely.to_wkb(YARD).replace(shapely.to_wkb(YARD)[13:21], b"\xff" * 8),
        b"\x01\x03\x00\x00\x00\xff\xff\xff\xff",
    ],
)
def test_what_is_no_area_is_refused(wkb: bytes) -> None:
    with pytest.raises(NoOutline):
        read_wkb(wkb)


def test_holes_and_corners_are_seen() -> None:
    outline = read_wkb(shapely.to_wkb(TWO))

    inside = [(49.1001, 55.7001), (49.2002, 55.7002)]
    outside = [(49.1005, 55.7005), (49.1001, 55.702), (49.15, 55.7), (49.2009, 55.7009)]
    assert [contains(outline, *point) for point in (*inside, *outside)] == [True, True, False, False, False, False]


def test_sizes_are_metres() -> None:
    size = size_of(read_wkb(shapely.to_wkb(YARD)))

    assert size.high == pytest.approx(111.2, abs=0.1) and size.wide == pytest.approx(62.7, abs=0.1)
    assert size.area == pytest.approx(62.7 * 111.2 * 0.96, rel=0.01) and METRES_A_DEGREE > 111_000


@pytest.mark.parametrize(
    ("lon", "lat", "fine"), [(49.1, 55.7, True), (0, 0, False), (181, 5, False), (5, 86, False), (0, 51.5, True)]
)
def test_nobody_lives_off_the_map(lon: float, lat: float, fine: bool) -> None:
    assert is_place(lon, lat) is fine
