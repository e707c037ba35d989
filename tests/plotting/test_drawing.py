"""Each kind of plot in both sizes: small, the same each time, nothing from elsewhere, readable by night too."""

import re
import struct
from random import Random
from typing import Any

import pytest

from plotting.process import CHARTS, MAPS, draw

HOURS = [f"{hour:02}:00" for hour in range(25)]
NAMES = ("Врач, больница", "Работа", "Магазин, аптека", "Прогулка с собакой", "Вынос мусора", "Прочее")
MOST_BYTES = 60_000


def _series(random: Random, most: int) -> list[dict[str, Any]]:
    return [{"name": name, "values": [random.randrange(most) for _ in HOURS]} for name in NAMES]


def _charts() -> list[dict[str, Any]]:
    random = Random(1)
    lines = [{"name": name, "values": [random.choice([None, 7]) for _ in HOURS]} for name in ("p50", "p99")]
    ranks = [{"name": name, "value": value} for value, name in enumerate(NAMES)]
    return [
        {"kind": "bars", "x": HOURS, "series": _series(random, 10**6), "thousands": " "},
        {"kind": "bars", "x": HOURS[:1], "series": [{"name": "one", "values": [0]}]},
        {"kind": "lines", "x": HOURS, "series": lines, "unit": " мс"},
        {"kind": "lines", "x": HOURS, "series": [{"name": "p50", "values": [None] * 25}], "unit": " ms"},
        {"kind": "ranks", "rows": ranks},
        {"kind": "ranks", "rows": [{"name": "<script>&", "value": 0}]},
        {"kind": "ranks", "rows": [{"name": "Shop $\\planted$ {{7*7}}", "value": 1}]},
    ]


def square(left: int, bottom: int) -> str:
    """WKB of a square of one degree, as hex."""
    corners = [(left, bottom), (left + 1, bottom), (left + 1, bottom + 1), (left, bottom + 1), (left, bottom)]
    numbers = "".join(struct.pack("<dd", *corner).hex() for corner in corners)
    return f"0103000000010000000{len(corners):x}000000{numbers}"


def _maps() -> list[dict[str, Any]]:
    areas = [
        {
            "name": str(place),
            "short": f"Район {place}",
            "wkb": square(40 + place, 50),
            "value": value,
            "label": str(value),
        }
        for place, value in enumerate([None, 10, 10, 4000, 77, 31, 12])
    ]
    nobody = [{**one, "value": None} for one in areas]
    priced = [{**one, "short": "$\\planted$"} for one in areas]
    kinds = (areas, nobody, areas[:1], priced)
    return [{"kind": "map", "areas": one, "few": "меньше 10", "least": 10} for one in kinds]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(("module", "requests"), [(CHARTS, _charts()), (MAPS, _maps())], ids=["charts", "maps"])
def test_every_plot_is_small_and_whole(module: str, requests: list[dict[str, Any]], narrow: bool) -> None:
    asked = [{**one, "narrow": narrow} for one in requests]

    drawn = draw(module, asked)

    assert draw(module, asked) == drawn
    for svg in drawn:
        assert svg is not None
        assert len(svg.encode()) <= MOST_BYTES
        assert "prefers-color-scheme:dark" in svg
        assert not re.findall(
            r"#0101\w\w|#01010\d|<script|<image|(?<!xmlns=\")(?<!xlink=\")https?://(?!www\.w3\.org)", svg
        )


def test_words_stay_words() -> None:
    (svg,) = draw(CHARTS, [{**_charts()[0], "narrow": False}])

    assert svg is not None
    assert all(f">{name}</text>" in svg for name in NAMES)


def test_what_is_rounded_down_is_explained_to_the_end_of_its_step() -> None:
    areas = [{**one, "value": value} for one, value in zip(_maps()[0]["areas"], [None, 10, 20, 20, 35], strict=False)]

    (svg,) = draw(MAPS, [{"kind": "map", "areas": areas, "few": "few", "least": 10, "step": 5, "narrow": False}])

    assert svg is not None
    assert ">10–24</text>" in svg and ">25–39</text>" in svg
