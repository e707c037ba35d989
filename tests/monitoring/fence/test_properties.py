"""What holds of the detector whatever it is fed, and for fences of every shape anywhere."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import GeometryCollection, LinearRing, LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from monitoring.fence import Detector
from monitoring.fence.parameters import STREAM
from tests.monitoring.fence.shapes import HOUSE, LAT, M_LAT, START, YARD, at

STEPS = st.lists(
    st.tuples(st.floats(1, 3000), st.floats(-900, 900), st.floats(1, 250), st.sampled_from(["gps", "wifi", "cell"])),
    max_size=40,
)
Step = tuple[float, float, float, str]


def moments(steps: list[Step]) -> list[tuple[float, Step]]:
    seconds, found = 0.0, []
    for step in steps:
        seconds += step[0]
        found.append((START + seconds, step))
    return found


@given(STEPS)
def test_departed_and_returned_take_turns_and_the_next_is_wanted_soon_or_later(steps: list[Step]) -> None:
    detector = Detector(HOUSE)

    said = [detector.feed(t, *at(east), radius, provider) for t, (_, east, radius, provider) in moments(steps)]

    events = [event for event, _ in said if event]
    assert events == ["departed", "returned"] * (len(events) // 2) + ["departed"] * (len(events) % 2)
    assert {seconds for _, seconds in said} <= {60, 240, 600}


@given(STEPS, st.integers(0, 3))
def test_what_comes_twice_late_or_mocked_changes_nothing(steps: list[Step], late: int) -> None:
    once, again, before = Detector(HOUSE), Detector(HOUSE), []

    for t, (_, east, radius, provider) in moments(steps):
        told = once.feed(t, *at(east), radius, provider)[0]
        assert again.feed(t, *at(east), radius, provider, server_now=t + 899)[0] == told
        before.append((t, *at(east), radius, provider))
        for repeated in (before[-1], before[-1 - min(late, len(before) - 1)]):
            assert again.feed(*repeated)[0] is None
        assert again.feed(t + 0.1, *at(900), 10, provider, mock=True)[0] is None


@given(st.lists(st.tuples(st.floats(1, 3000), st.floats(-57, 57), st.floats(0.1, 200)), max_size=60))
def test_who_is_within_the_fence_and_what_is_allowed_is_never_away(fixes: list[tuple[float, float, float]]) -> None:
    detector, seconds = Detector(HOUSE), 0.0

    for gap, east, radius in fixes:
        seconds += gap
        assert detector.feed(START + seconds, *at(east), radius, "gps")[0] is None


@settings(max_examples=40)
@given(st.floats(-89.99, 89.99), st.floats(-180, 180))
def test_it_works_everywhere_on_earth(lat: float, lon: float) -> None:
    east = M_LAT / math.cos(math.radians(lat))
    detector = Detector(box(lon - 8 * east, lat - 8 * M_LAT, lon + 8 * east, lat + 8 * M_LAT))

    def told(metres: float, first: int) -> list[object]:
        there = (lon + metres * east + 180) % 360 - 180
        fixes = [(START + n * 300, lat + n % 7 * M_LAT, there, 15.0, "gps") for n in range(first, first + 12)]
        return [event for fix in fixes if (event := detector.feed(*fix)[0])]

    assert (told(0, 0), told(400, 12), told(0, 24)) == ([], ["departed"], ["returned"])


@pytest.mark.parametrize(
    ("shape", "inside"),
    [
        (LineString([at(-50)[::-1], at(50)[::-1]]), 100),
        (LinearRing([at(0)[::-1], at(50)[::-1], at(50, 50)[::-1]]), 50),
        (GeometryCollection([HOUSE, Point(at(300)[::-1])]), 0),
        (MultiPolygon([HOUSE, box(*at(300)[::-1], *at(320, 20)[::-1])]), 310),
        (Polygon([at(0)[::-1], at(20, 20)[::-1], at(20)[::-1], at(0, 20)[::-1]]), 10),
        (Polygon([(*at(0)[::-1], 5), (*at(20)[::-1], 5), (*at(20, 20)[::-1], 5)]), 10),
        (Point(at(0)[::-1]).buffer(1e-9), 0),
        (YARD, 170),
    ],
    ids=["line", "ring", "mixture", "two houses", "crosses itself", "heights", "tiny", "holes"],
)
def test_fences_of_every_shape(shape: BaseGeometry, inside: float) -> None:
    detector = Detector(shape)

    home = [detector.feed(START + n * 300, *at(inside, n % 5), 15, "gps")[0] for n in range(20)]
    away = [detector.feed(START + n * 300, *at(-900, n % 5), 15, "gps")[0] for n in range(20, 32)]

    assert set(home) == {None} and "departed" in away


@pytest.mark.parametrize("what", [None, "POLYGON EMPTY", b"", {"type": "Point"}, [HOUSE], 1])
def test_what_is_no_geometry_is_said(what: Any) -> None:
    with pytest.raises(TypeError, match="a fence is a shapely geometry in WGS 84, not"):
        Detector(what)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Polygon(), "this fence is empty"),
        (MultiPolygon(), "this fence is empty"),
        (GeometryCollection(), "this fence is empty"),
        (box(500_000, 6_000_000, 500_010, 6_000_010), "WGS 84, longitude before latitude"),
        (box(LAT, 149.0, LAT + 1, 149.1), "WGS 84, longitude before latitude"),
    ],
)
def test_what_is_no_fence_is_said(shape: BaseGeometry, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Detector(shape)


def test_a_clock_that_is_ahead_or_behind_proves_nothing_and_does_no_lasting_harm() -> None:
    detector = Detector(HOUSE)

    for n in range(12):
        now = START + n * 300
        assert detector.feed(now + 86400 * 365, *at(900), 15, server_now=now)[0] is None
        assert detector.feed(now - STREAM.oldest_s - 1, *at(900), 15, server_now=now)[0] is None
    there = [
        detector.feed(START + 3600 + n * 300, *at(900, n), 15, server_now=START + 3600 + n * 300) for n in range(9)
    ]

    assert "departed" in [event for event, _ in there]
