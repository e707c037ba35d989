"""Addresses are found as people spell them, in either script, and nothing is found that is not like it."""

import time

import pytest

from monitoring.addresses.folding import asked_words, is_near, words_of
from monitoring.addresses.grid import Box, cell, cells
from monitoring.addresses.places import building_at, place_of, places_in
from monitoring.addresses.registers import Place, import_register, versions
from monitoring.addresses.searching import search_addresses
from monitoring.outlines import write_wkb
from store import Store
from tests.web.clinic.ward import house

STREETS = (
    "улица Фёдора Достоевского",
    "проспект Ямашева",
    "улица Мусы Җәлилә",
    "Кремлёвская улица",
    "улица 8 Марта",
    "улица Карла Маркса",
    "Оренбургский тракт",
    "Kauppalankatu",
)


@pytest.fixture
def register(store: Store) -> Store:
    places = [
        Place(f"{street}, {number}", 49.1 + place / 100, 55.7, None)
        for place, street in enumerate(STREETS)
        for number in ("1", "12", "12а", "120")
    ]
    import_register(store, "addresses", places, "tests")
    return store


def found(store: Store, typed: str) -> list[str]:
    with store.reading() as work:
        return [one.text for one in search_addresses(work, typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("улица Фёдора Достоевского, 12", "улица Фёдора Достоевского, 12"),
        ("ул. достоевского д.12", "улица Фёдора Достоевского, 12"),
        ("федора дастаевскава 12 кв 7", "улица Фёдора Достоевского, 12"),
        ("достоевсого 12а", "улица Фёдора Достоевского, 12а"),
        ("Dostoevskogo 12", "улица Фёдора Достоевского, 12"),
        ("достоев 1", "улица Фёдора Достоевского, 1"),
        ("Казань, пр. Ямашева, 12", "проспект Ямашева, 12"),
        ("ямашыва 120", "проспект Ямашева, 120"),
        ("Муса Җәлил урамы 1", "улица Мусы Җәлилә, 1"),
        ("кремлевская 1", "Кремлёвская улица, 1"),
        ("8 марта 12", "улица 8 Марта, 12"),
        ("карла марска 12", "улица Карла Маркса, 12"),
        ("оренбурский тракт 12", "Оренбургский тракт, 12"),
        ("kauppalankatu 12 а", "Kauppalankatu, 12а"),
    ],
)
def test_an_address_is_found_as_it_is_spelt(register: Store, typed: str, first: str) -> None:
    assert found(register, typed)[:1] == [first]


@pytest.mark.parametrize(
    "typed", ["", "12", "Марсианская 12", "ул", "ыыыыыы", "'; DROP TABLE", "%", "\x00", "a" * 5000]
)
def test_what_is_like_nothing_finds_nothing(register: Store, typed: str) -> None:
    assert found(register, typed) == []


def test_a_street_alone_shows_its_houses(register: Store) -> None:
    houses = found(register, "Ямашева")

    assert houses[:3] == [f"проспект Ямашева, {number}" for number in ("1", "12", "120")]
    assert set(houses) == {f"проспект Ямашева, {number}" for number in ("1", "12", "120", "12а")}


def test_a_house_that_is_not_there_shows_the_street(register: Store) -> None:
    houses = found(register, "Ямашева 77")

    assert len(houses) == 4 and all(text.startswith("проспект Ямашева") for text in houses)


def test_another_import_takes_the_place_of_the_first(register: Store) -> None:
    with register.reading() as work:
        before = versions(work)["addresses"]

    import_register(register, "addresses", [Place("улица Новая, 1", 49.1, 55.7, None)], "tests")

    assert found(register, "Ямашева 12") == [] and found(register, "новая 1") == ["улица Новая, 1"]
    with register.reading() as work:
        assert place_of(work, f"{before}:0") is None


def test_a_point_finds_the_building_it_lies_in(store: Store) -> None:
    import_register(store, "buildings", [Place("", 49.10015, 55.70007, write_wkb(house(49.1, 55.7)))], "tests")

    with store.reading() as work:
        assert building_at(work, 49.1001, 55.7001) and not building_at(work, 49.101, 55.7001)
        assert len(places_in(work, Box(49.09, 55.69, 49.11, 55.71))) == 1
        assert places_in(work, Box(-180, -85, 180, 85)) == []


@pytest.mark.parametrize("place_id", ["", ":", "1:", "1:x", "1:99999999999", "x:-1", "1:²"])
def test_a_place_that_is_none_is_none(store: Store, place_id: str) -> None:
    with store.reading() as work:
        assert place_of(work, place_id) is None


def test_cells_fit_what_a_database_counts() -> None:
    assert cell(-180, -90) >= 0 and cell(179.999, 89.999) < 2**31
    assert cell(49.105, 55.705) in cells(Box(49.1, 55.7, 49.11, 55.71))


@pytest.mark.parametrize(
    ("typed", "word", "near"),
    [
        *(("баумана", "баумана", True), ("бумана", "баумана", True), ("баумнаа", "баумана", True)),
        *(("бауманы", "баумана", True), ("дом", "дым", True), ("бау", "баумана", True)),
        *(("ленина", "баумана", False), ("до", "да", False)),
    ],
)
def test_one_sign_may_be_wrong(typed: str, word: str, near: bool) -> None:
    assert is_near(typed, word) is near


def test_both_scripts_fold_to_one() -> None:
    assert words_of("ул. Щорса, 5") == asked_words("Shorsa 5")


def test_a_search_is_quick_in_a_whole_city(store: Store) -> None:
    streets = [f"улица {first}{second}ская" for first in "Абвгдежиклмнопрст" for second in ("лен", "бор", "дуб", "вер")]
    places = [
        Place(f"{street}, {number}", 49 + at / 1000, 55.7 + number / 10_000, None)
        for at, street in enumerate(streets)
        for number in range(1, 150)
    ]
    import_register(store, "addresses", places, "tests")
    started = time.perf_counter()

    answers = [found(store, f"{street.replace('ская', 'скя')} 77")[:1] for street in streets[:20]]

    assert answers == [[f"{street}, 77"] for street in streets[:20]]
    assert time.perf_counter() - started < 4  # of twenty, on a busy machine
