"""Whatever a telephone or a stranger sends: nothing raises, and nothing that is no fix counts."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.fence import Detector
from tests.monitoring.fence.shapes import HOUSE, LAT, LON, M_LON, START

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.lists(st.floats(), max_size=2),
    st.just(10**400),
    st.complex_numbers(),
    st.decimals(),
    st.fractions(),
    st.sampled_from([np.float32(1), np.int64(3), np.nan, np.array([1.0, 2.0]), object()]),
)
FAR = LON + 3000 * M_LON
NUMBERS = {"t": START, "lat": LAT, "lon": FAR, "accuracy": 20.0}
HOPELESS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=5),
    st.sampled_from(
        [float("nan"), float("inf"), -float("inf"), 10**400, -1e300, 1e300, -5.0, "55.79", b"1", [], object()]
    ),
)


@given(st.lists(st.tuples(*[ANYTHING] * 7), max_size=6))
def test_nothing_raises(fed: list[tuple[Any, ...]]) -> None:
    detector = Detector(HOUSE)

    for one in fed:
        event, seconds = detector.feed(*one)
        assert event in (None, "departed", "returned") and seconds in (60, 240, 600)


@given(st.sampled_from(["t", "accuracy"]), HOPELESS)
def test_what_lacks_a_number_never_counts(name: str, value: object) -> None:
    detector = Detector(HOUSE)

    assert {detector.feed(**{**NUMBERS, "t": START + n * 300, name: value})[0] for n in range(12)} == {None}  # type: ignore[arg-type]


@pytest.mark.parametrize(("lat", "lon"), [(0, 0), (91, 49), (55, 181), (float("nan"), 49), (-1e308, 0), ("55", "49")])
def test_what_is_nowhere_never_counts(lat: Any, lon: Any) -> None:
    detector = Detector(HOUSE)

    assert {detector.feed(START + n * 300, lat, lon, 20.0)[0] for n in range(12)} == {None}


def test_rubbish_between_good_fixes_changes_nothing() -> None:
    clean, dirty = Detector(HOUSE), Detector(HOUSE)
    rubbish: list[Any] = [float("nan"), None, "x", 1e300, -1.0, True]

    for n in range(10):
        for wrong in rubbish:
            dirty.feed(START + n * 300 + 1, LAT, FAR, wrong)
            dirty.feed(wrong, LAT, FAR, 20.0)
        event = clean.feed(START + n * 300, LAT, FAR + n * 1e-5, 20.0)
        assert dirty.feed(START + n * 300, LAT, FAR + n * 1e-5, 20.0) == event


@pytest.mark.parametrize("kind", [float, np.float64, np.float32])
def test_numbers_of_every_kind_are_numbers(kind: Any) -> None:
    detector, moment, radius, mock = Detector(HOUSE), np.int64, np.int32(20), np.False_
    fixes: list[Any] = [
        (moment(START) + n * 300, kind(LAT), kind(FAR + n * 1e-4), radius, "gps", mock) for n in range(9)
    ]

    assert "departed" in [detector.feed(*fix)[0] for fix in fixes]
