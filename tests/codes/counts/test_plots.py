"""A plot is drawn once for the same request; what fails is tried alone, three times, and keeps nobody else waiting."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from codes.counts.layers import Shape, area_names, import_layer, layer
from codes.counts.plots import (
    KEPT_FOR,
    TRIES,
    NotDrawn,
    Request,
    ask_for_plots,
    draw_plots,
    forget_plots,
    key_of,
    svg_of,
)
from store import Store
from store.figures import Plot
from tests.clock import Clock

ONE, OTHER = {"kind": "bars", "x": [1]}, {"kind": "bars", "x": [2]}
MAP = {"kind": "map", "layer": "districts", "areas": [{"name": "North", "value": 12}, {"name": "South", "value": None}]}


class Drawer:
    """Draws nothing, remembers what was asked, and dies over what it is told to."""

    def __init__(self, *deadly: Request) -> None:
        self.deadly = [key_of(one) for one in deadly]
        self.asked: list[tuple[bool, list[Any]]] = []

    def __call__(self, maps: bool, requests: Sequence[Request]) -> list[str | None]:
        self.asked.append((maps, list(requests)))
        if any(key_of(one) in self.deadly for one in requests):
            raise NotDrawn
        return [f"<svg {one['kind']}></svg>" for one in requests]


def states(store: Store, *requests: Request) -> list[tuple[bool, bool]]:
    return [(one.drawn, one.given_up) for one in ask_for_plots(store, requests)]


def test_it_is_drawn_once_however_often_it_is_asked_for(store: Store) -> None:
    drawer = Drawer()
    assert states(store, ONE, OTHER, ONE) == [(False, False)] * 3

    assert draw_plots(store, drawer) == 2
    assert draw_plots(store, drawer) == 0

    assert states(store, ONE, {"x": [1], "kind": "bars"}) == [(True, False)] * 2
    assert len(drawer.asked) == 1
    with store.reading() as work:
        assert svg_of(work, key_of(ONE)) == "<svg bars></svg>"
        assert svg_of(work, "nothing") is None


def test_one_that_kills_is_given_up_and_keeps_no_other_waiting(store: Store) -> None:
    drawer = Drawer(ONE)
    states(store, ONE, OTHER)

    for _ in range(TRIES + 1):
        draw_plots(store, drawer)

    assert states(store, ONE, OTHER) == [(False, True), (True, False)]
    assert len(drawer.asked) == TRIES + 1  # together, then each alone, then the bad one once more


def test_a_map_is_given_the_shapes_of_its_layer(store: Store) -> None:
    with store.work() as work:
        shapes = [Shape("North", {"a": 1}, b"\x01"), Shape("South", {}, b"\x02"), Shape("North", {}, b"\x03")]
        version = import_layer(work, "districts", shapes, "tests")
    drawer = Drawer()
    states(store, MAP)

    draw_plots(store, drawer)

    ((maps, (asked,)),) = drawer.asked
    assert maps
    assert [(one["name"], one["wkb"], one["value"]) for one in asked["areas"]] == [
        ("North", "01", 12),
        ("North", "03", 12),
        ("South", "02", None),
    ]
    with store.work() as work:
        assert area_names(work, "districts") == ["North", "South"]
        assert import_layer(work, "districts", shapes[:1], "tests") != version
        found = layer(work, "districts")
        assert found and (found.areas, area_names(work, "districts")) == (1, ["North"])


def test_old_ones_are_forgotten(store: Store, clock: Clock) -> None:
    states(store, ONE)
    draw_plots(store, Drawer())
    clock.now += KEPT_FOR + timedelta(hours=1)
    states(store, OTHER)

    with store.work() as work:
        assert forget_plots(work) == 1
        assert work.count(select(func.count()).select_from(Plot)) == 1


@pytest.mark.parametrize("answers", [[], ["<svg></svg>"] * 3])
def test_who_answers_too_few_or_too_many_is_an_error(store: Store, answers: list[str]) -> None:
    states(store, ONE, OTHER)

    with pytest.raises(ValueError, match="zip"):
        draw_plots(store, lambda maps, requests: answers)

    with store.reading() as work:
        assert not work.count(select(func.count()).where(col(Plot.svg).is_not(None)))
