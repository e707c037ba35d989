"""The pictures of the fence are drawn of what the decision makes of fixes, and show no place on earth."""

import pytest

from bench.fence_pictures import judged, jump, leaving, the_evidence, the_map, the_table
from bench.fence_table import Line
from bench.intervals import rate, share
from bench.rules import LAT, LON


def test_a_stay_a_jump_and_a_leaving_come_to_what_their_pictures_say() -> None:
    stay = [(n * 120.0, float(n % 5), 3.0 * (n % 3), 900.0 if n % 4 == 0 else 20.0, "wifi") for n in range(90)]

    told = [[one.event for one in judged(fixes) if one.event] for fixes in (stay, jump(), leaving(stay))]
    drawn = the_map(judged(stay)) + the_evidence({"left": judged(leaving(stay))})

    assert told == [[], [], ["departed", "returned"]]
    assert ">departed</text>" in drawn and str(LAT) not in drawn and str(LON) not in drawn


@pytest.mark.parametrize("many", [0, 40])
def test_the_table_is_drawn_with_its_intervals(many: int) -> None:
    a, m = rate(many, 100), share(many, 100)
    line = Line("50 m", a, a, a, a, m, m, m, m, m, 11.0, 16.0)

    drawn = the_table({line.rule: {name: getattr(line, name) for name in Line.__slots__ if name != "rule"}})

    assert ">50 m</text>" in drawn and ">three wrong spells a day</text>" in drawn
