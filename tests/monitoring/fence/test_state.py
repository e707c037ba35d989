"""What is remembered: written, read again, and never a position."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.fence.bands import distance_band, radius_band
from monitoring.fence.deciding import decide, is_plain
from monitoring.fence.fixes import Fix
from monitoring.fence.outlines import outline_of
from monitoring.fence.parameters import PAGE_ANSWERS, STREAM, UNDERWAY, Parameters
from monitoring.fence.signs import FAR_M, STILL_GPS_S, STILL_S, sign_of
from monitoring.fence.state import NOTHING_YET, State, read_state, write_state
from tests.monitoring.fence.shapes import HOUSE, START, at

OUTLINE = outline_of(HOUSE.wkb, 100)


def feed(
    given: Parameters, state: State, seconds: float, east_m: float, radius: float = 20.0
) -> tuple[State, str | None]:
    made = decide([OUTLINE], given, state, None, Fix(START + seconds, *at(east_m), radius, False))
    return made.state, made.event


@given(st.lists(st.tuples(st.floats(1, 4000), st.floats(-900, 900)), max_size=20))
def test_what_is_written_is_read_again(steps: list[tuple[float, float]]) -> None:
    state, seconds = NOTHING_YET, 0.0
    for gap, east in steps:
        seconds += gap
        state, _ = feed(STREAM, state, seconds, east)

    assert read_state(write_state(state, "1")) == state


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", "1", '{"score": "x"}', '{"away": 1}', '{"at": NaN}', '{"outside": 1.5}']
)
def test_a_broken_row_is_a_beginning(text: str | None) -> None:
    assert read_state(text) == NOTHING_YET


def test_an_untouched_state_is_short() -> None:
    assert write_state(NOTHING_YET, "2026-1") == '{"v":"2026-1"}'


def test_the_plain_rule_wants_three_fixes_and_seven_minutes() -> None:
    state, said = NOTHING_YET, []
    for n in range(4):
        state, _ = feed(STREAM, state, n * 240, 600)
        said.append(is_plain(STREAM, state))

    assert said == [False, False, True, True]
    assert not is_plain(STREAM, feed(STREAM, state, 1200, 100)[0])
    assert is_plain(STREAM, feed(STREAM, state, 1200, 100, radius=180)[0]), "a wide radius says nothing to it"


def test_answers_hours_apart_are_enough_for_pages_and_not_for_streams() -> None:
    told = {}
    for given_ in (STREAM, PAGE_ANSWERS):
        state, _ = feed(given_, NOTHING_YET, 0, 800)
        told[given_.version] = feed(given_, state, 3 * 3600, 803)[1]

    assert list(told.values()) == [None, "departed"]


def test_who_is_underway_with_leave_has_longer() -> None:
    def minutes(given_: Parameters) -> float:
        state, event, n = NOTHING_YET, None, 0
        while event is None:
            n += 1
            state, event = feed(given_, state, n * 240, 900 + n)
        return n * 4

    assert minutes(STREAM) < 20 < 44 < minutes(UNDERWAY)


def test_what_is_remembered_is_no_position() -> None:
    state = NOTHING_YET
    for n in range(6):
        state, _ = feed(STREAM, state, n * 240, 700)

    assert not any(digits in write_state(state, "1") for digits in ("55.7", "49.1"))


class TestSigns:
    def fixes(self, many: int, step_s: float, *, gps: bool, moving: float = 0.0) -> list[Fix]:
        return [Fix(START + n * step_s, *at(n * moving), 15, gps) for n in range(many)]

    def told(self, fixes: list[Fix], distance_m: float = 0.0) -> list[str]:
        state, before, said = NOTHING_YET, None, []
        for fix in fixes:
            state, sign = sign_of(state, before, fix, distance_m)
            before = fix
            if sign:
                said.append(str(sign))
        return said

    def test_satellites_that_say_the_same_for_an_hour(self) -> None:
        assert self.told(self.fixes(int(STILL_GPS_S // 600) + 1, 600, gps=True)) == ["still"]
        assert self.told(self.fixes(int(STILL_GPS_S // 600) + 1, 600, gps=True, moving=0.1)) == []

    def test_access_points_may_say_the_same_for_longer(self) -> None:
        assert self.told(self.fixes(int(STILL_GPS_S // 600) + 1, 600, gps=False)) == []
        assert self.told(self.fixes(int(STILL_S // 600) + 1, 600, gps=False)) == ["still"]

    def test_two_leaps_within_a_day(self) -> None:
        there = [Fix(START + n * 600, *at(0 if n % 2 else 250_000), 15, False) for n in range(3)]

        assert self.told(there) == ["teleport"]
        assert self.told([replace(fix, t=START + n * 90_000) for n, fix in enumerate(there)]) == []

    def test_another_country(self) -> None:
        assert self.told(self.fixes(2, 600, gps=False, moving=1), FAR_M + 1) == ["far"]


@pytest.mark.parametrize(
    ("metres", "band"), [(0, "0-50"), (50, "50-100"), (199.9, "150-200"), (317, "200-500"), (9999, "5000+")]
)
def test_distances_are_kept_in_bands(metres: float, band: str) -> None:
    assert distance_band(metres) == band


def test_radii_are_kept_in_bands() -> None:
    assert [radius_band(radius) for radius in (5, 50, 180, 200)] == ["0-50", "50-100", "150-200", "200+"]
