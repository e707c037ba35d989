"""What the detector notices, what it does not, and when it wants to hear again."""

import time
from random import Random
from typing import Any

import pytest
from shapely import MultiPolygon, Point, Polygon, box
from shapely.affinity import translate

from monitoring.fence import Detector
from tests.monitoring.fence.shapes import HOUSE, LAT, LON, M_LON, START, YARD, Where, at, every, follow

HOME, SHOP, NEXT_DOOR = at(0), at(400), at(90)


def heard(detector: Detector, where: Where, seconds: float, radius: float = 20.0, **more: Any) -> tuple[object, int]:
    return detector.feed(START + seconds, *where, radius, **more)


def test_a_day_at_home_is_no_departure() -> None:
    stay = every(600, 0, 86400, HOME, Random(1))

    assert list(follow(Detector(HOUSE), stay)) == []


def test_forty_minutes_at_the_shop_are_a_departure_and_a_return() -> None:
    random = Random(2)
    day = (
        every(600, 0, 7200, HOME, random) + every(240, 7200, 9600, SHOP, random) + every(600, 9600, 12000, HOME, random)
    )

    (left, first), (back, second) = follow(Detector(HOUSE), day)

    assert (first, second) == ("departed", "returned")
    assert 420 <= left - 7200 <= 960 and back >= 9600


def test_one_fix_proves_nothing_however_far_it_is() -> None:
    random = Random(3)
    wrong = [(3600.0, at(5000))]

    assert (
        list(follow(Detector(HOUSE), every(600, 0, 3600, HOME, random) + wrong + every(600, 4200, 9000, HOME, random)))
        == []
    )


def test_two_fixes_prove_nothing_either() -> None:
    detector = Detector(HOUSE)

    assert [heard(detector, at(700), 0)[0], heard(detector, at(703), 900)[0], heard(detector, HOME, 1800)[0]] == [
        None
    ] * 3


def test_many_fixes_within_a_minute_are_as_one() -> None:
    detector = Detector(HOUSE)
    heard(detector, HOME, 0)

    assert {heard(detector, at(500 + n), 600 + n)[0] for n in range(60)} == {None}


def test_next_door_is_home() -> None:
    assert list(follow(Detector(HOUSE), every(600, 0, 86400, NEXT_DOOR, Random(4)))) == []


def test_a_wide_radius_proves_nothing_and_is_asked_for_again_six_times() -> None:
    detector = Detector(HOUSE)
    heard(detector, HOME, 0)

    asked = [heard(detector, at(3000), 600 + 240 * n, 3450) for n in range(8)]

    assert [event for event, _ in asked] == [None] * 8
    assert [wanted for _, wanted in asked] == [240] * 6 + [600] * 2


def test_while_something_speaks_for_being_away_it_is_asked_for_again_sooner() -> None:
    detector = Detector(HOUSE)
    heard(detector, HOME, 0)
    heard(detector, SHOP, 600)

    assert [heard(detector, SHOP, 840 + 60 * n, 3450)[1] for n in range(8)] == [60] * 6 + [240] * 2


def test_whoever_is_beyond_what_is_allowed_is_asked_sooner_also_where_that_proves_nothing() -> None:
    detector = Detector(HOUSE)

    assert heard(detector, at(200), 0, 180, provider="gps") == (None, 240)
    assert detector.feed(START + 240, *at(10), 180, "gps") == (None, 600)


def test_a_suspicious_fix_is_followed_sooner() -> None:
    detector = Detector(HOUSE)

    assert [heard(detector, place, n * 600)[1] for n, place in enumerate((HOME, SHOP, HOME))] == [600, 240, 600]


@pytest.mark.parametrize(
    "more",
    [
        {"mock": True},
        {"provider": "cell"},
        {"server_now": START + 10 * 86400},
        {"server_now": START - 10 * 86400},
        {"server_now": float("nan")},
        {"server_now": "now"},
    ],
    ids=["mock", "cell", "old", "ahead", "no moment", "a word"],
)
def test_what_is_no_evidence_never_counts(more: dict[str, Any]) -> None:
    detector = Detector(HOUSE)

    assert {heard(detector, at(2000 + n), n * 300, **more)[0] for n in range(20)} == {None}


def test_what_comes_twice_or_too_late_counts_once() -> None:
    detector = Detector(HOUSE)
    heard(detector, HOME, 0)

    assert {heard(detector, SHOP, 600)[0] for _ in range(50)} == {None}
    assert {heard(detector, SHOP, 500 - n)[0] for n in range(50)} == {None}


def test_the_very_same_coordinates_count_little_each_time() -> None:
    detector = Detector(HOUSE)

    left = next(n for n in range(60) if heard(detector, SHOP, n * 240)[0] == "departed")

    assert 12 <= left * 4 <= 32


def test_who_is_at_the_other_end_of_town_in_a_minute_is_doubted() -> None:
    steady, jumping = Detector(HOUSE), Detector(HOUSE)
    places = [at(0), at(60_000), at(60_010), at(60_020), at(60_030)]

    gone = [heard(steady, place, n * 3000)[0] for n, place in enumerate(places)].index("departed")
    doubted = [heard(jumping, place, n * 250)[0] for n, place in enumerate(places)].index("departed")

    assert gone < doubted


class TestFences:
    def test_a_point_is_a_weak_fence_that_tells_nothing_below_150_metres(self) -> None:
        point, random = Point(LON, LAT), Random(5)

        near = [(n * 600.0, at(149.5)) for n in range(200)]
        far = every(240, 0, 3000, at(420), random)

        assert list(follow(Detector(point), near)) == []
        assert [event for _, event in follow(Detector(point), far)] == ["departed"]

    def test_a_second_house_counts_as_home(self) -> None:
        both = MultiPolygon([HOUSE, translate(HOUSE, xoff=400 * M_LON)])

        assert list(follow(Detector(both), every(600, 0, 86400, SHOP, Random(6)))) == []

    def test_the_house_is_home_and_the_middle_of_a_large_yard_is_not(self) -> None:
        assert list(follow(Detector(YARD), every(600, 0, 36000, at(170), Random(7)))) == []
        assert [event for _, event in follow(Detector(YARD), every(240, 0, 6000, at(0), Random(7)))] == ["departed"]

    def test_who_is_in_a_large_area_is_never_away(self) -> None:
        district = box(LON - 0.2, LAT - 0.1, LON + 0.2, LAT + 0.1)

        for provider in ("gps", "wifi"):
            detector = Detector(district)
            assert {heard(detector, at(50 * n), 600 * n, 190, provider=provider)[0] for n in range(100)} == {None}

    def test_it_works_where_longitudes_begin_anew(self) -> None:
        island = box(179.9999, -16.5001, 180.0001, -16.5)
        detector = Detector(island)

        assert {detector.feed(START + n * 600, -16.50005, -179.99995, 15)[0] for n in range(50)} == {None}

    def test_what_is_crossed_or_has_heights_is_read_too(self) -> None:
        bow = Polygon([(LON, LAT), (LON + 20 * M_LON, LAT + 1e-4), (LON + 20 * M_LON, LAT), (LON, LAT + 1e-4)])
        high = Polygon([(x, y, 80.0) for x, y in HOUSE.exterior.coords])

        for shape in (bow, high):
            assert list(follow(Detector(shape), every(600, 0, 20000, HOME, Random(8)))) == []

    @pytest.mark.parametrize("shape", [Polygon(), Point(), Point(200000, 6), Point(49, 91)])
    def test_what_is_no_place_on_earth_is_no_fence(self, shape: object) -> None:
        with pytest.raises(ValueError, match="fence"):
            Detector(shape)  # type: ignore[arg-type]

    def test_parameters_have_names(self) -> None:
        assert heard(Detector(HOUSE, soon_s=120), SHOP, 0)[1] == 120
        with pytest.raises(TypeError):
            Detector(HOUSE, bufer_m=80)


def test_a_decision_is_cheap() -> None:
    detector, random = Detector(YARD), Random(9)
    fixes = every(300, 0, 300 * 2000, HOME, random)

    began = time.process_time()
    list(follow(detector, fixes))

    assert (time.process_time() - began) / len(fixes) < 200e-6, "50 us are wanted; a busy machine gets some room"
