"""Zones belong to the district that has their name; what is under ten is hidden; the rest is counted apart."""

from datetime import timedelta

import pytest

from codes.counts.counting import Figure
from codes.counts.districts import by_district, plain_name, short_name
from codes.counts.figures import Span
from codes.counts.layers import DISTRICTS, Shape, import_layer
from codes.counts.tallies import Tally
from codes.regimes import preset
from tests.codes.counter import Counter


@pytest.fixture
def order() -> str:
    return preset("example-en")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Агрызский район", "Агрызский"),
        ("городской округ Казань", "Казань"),
        ("Southern District", "Southern"),
        ("Район", "Район"),
        ("Ново-Савиновский район", "Ново-Савиновский"),
    ],
)
def test_a_map_has_room_for_the_name_alone(name: str, short: str) -> None:
    assert short_name(name) == short


def test_names_are_compared_without_what_people_write_differently() -> None:
    assert plain_name("Тётюшский  Район") == plain_name("тетюшский")
    assert plain_name("North-Shore district") == plain_name("north shore")
    assert plain_name("Northshore") != plain_name("north shore")


def test_without_districts_there_is_no_map(counter: Counter) -> None:
    with counter.store.reading() as work:
        assert by_district(work, Tally(Span(work.now, work.now), {}, {})) is None


def test_zones_are_counted_where_their_name_is(counter: Counter) -> None:
    with counter.store.work() as work:
        names = ("North Shore district", "South Farms", "Elsewhere")
        import_layer(work, DISTRICTS, [Shape(name, {}, b"") for name in names], "tests")
        inspected = {"north": 12, "south": 9, "harbour": 30, "": 4}
        issued = {"1/6/text": 15, "1/1/text": 400, "1/99/web": 10}
        counts = {Figure.INSPECTED_IN: inspected, Figure.PASSES: issued}
        found = by_district(work, Tally(Span(work.now, work.now + timedelta(hours=1)), counts, {}))

    assert found is not None
    assert [(one.short, one.inspections, one.passes) for one in found.districts] == [
        ("North Shore", 12, 15),
        ("South Farms", None, 15),
        ("Elsewhere", None, None),
    ]
    assert (found.elsewhere.inspections, found.elsewhere.passes) == (34, None)
