"""The simulated telephones err as real ones were measured to, and the table of the fence tells what they come to."""

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from statistics import quantiles
from typing import Any

import pytest

from bench.fence_table import Made, as_table, fence_table
from bench.intervals import rate, share
from bench.other_phones import OtherPhone
from bench.phones import Habits, Phone, Spells, Told
from bench.rules import RULES
from bench.traces import Fix, stays

QUIET: dict[str, Any] = {"mast_share": 0.0, "tunnels_a_day": 0.0, "wrong_a_day": 0.0}


def reported(made: Made, gps_share: float) -> list[list[Told]]:
    """A few hours of many telephones that stay where they are."""
    random, found = Random(2590), []
    for _ in range(300):
        phone = made(Random(random.getrandbits(64)), Habits(gps_share=gps_share, **QUIET))
        told = [phone.report(600.0 * n, (0.0, 0.0)) for n in range(40)]
        found.append([one for one in told if one is not None])
    return found


def together(many: Sequence[Sequence[Told]]) -> float:
    """How much an error has to do with the one ten minutes before."""
    pairs = [(a.east, b.east) for told in many for a, b in pairwise(told)]
    squares = sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)
    return sum(a * b for a, b in pairs) / math.sqrt(squares)


@pytest.mark.parametrize("made", [Phone, OtherPhone])
@pytest.mark.parametrize(
    ("gps_share", "p50", "p95", "covered"), [(1.0, 12.0, 68.0, 0.58), (0.0, 7.5, 92.0, 0.92)], ids=["gps", "wifi"]
)
def test_errors_are_as_large_and_as_lasting_as_measured(
    made: Made, gps_share: float, p50: float, p95: float, covered: float
) -> None:
    many = reported(made, gps_share)

    every = [(math.hypot(one.east, one.north), one.radius) for told in many for one in told]
    hundredths = quantiles([error for error, _ in every], n=100)
    assert hundredths[49] == pytest.approx(p50, rel=0.2) and hundredths[94] == pytest.approx(p95, rel=0.35)
    assert sum(error <= radius for error, radius in every) / len(every) == pytest.approx(covered, abs=0.07)
    if made is Phone:  # the others' errors come and go by their own rules
        assert together(many) == pytest.approx(0.87, abs=0.06)


def test_the_table_has_a_line_a_rule_and_the_detector_rings_least() -> None:
    lines = {line.rule: line for line in fence_table(days=6, absences=30)}

    assert list(lines) == list(RULES)
    others = [line for name, line in lines.items() if name != "Detector"]
    assert all(lines["Detector"].stays.value < line.stays.value for line in others)
    assert lines["Detector"].missed_1000.value <= 0.1 and 5 < lines["Detector"].delay_p50 < 20
    assert as_table(list(lines.values())).count("\n") == len(RULES)


def test_a_stay_is_where_half_hours_agree_without_its_ends() -> None:
    at_home = [Fix(n * 300.0, 55.79, 49.12, 20.0) for n in range(60)]
    elsewhere = [Fix(18000.0 + n * 300.0, 55.80, 49.12, 20.0) for n in range(6)]

    (stay,) = stays([*at_home, *elsewhere])

    assert (stay[0].t, stay[-1].t) == (1800.0, 16200.0 - 300.0) and {fix.lat for fix in stay} == {55.79}


def test_spells_come_as_often_and_last_as_long_as_they_are_said_to() -> None:
    spells = Spells(Random(2590), 24.0, 600.0)

    amiss = [spells.going_on(t * 60.0) for t in range(60 * 24 * 60)]

    assert spells.number / 60 == pytest.approx(24 / (1 + 24 * 600 / 86400), rel=0.08)
    assert sum(amiss) / len(amiss) == pytest.approx(1 / 7, rel=0.1)


def test_intervals_are_those_of_the_books() -> None:
    assert share(0, 100) == pytest.approx((0, 0, 0.0370), abs=1e-3)
    assert share(50, 100) == pytest.approx((0.5, 0.404, 0.596), abs=1e-3)
    assert rate(0, 100) == pytest.approx((0, 0, 0.0369), abs=5e-4)
    assert rate(10, 1) == pytest.approx((10, 4.80, 18.39), abs=0.05)
