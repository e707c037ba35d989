"""An order's text is changed a value at a time, and says just what was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from codes.orders.order_lines import Path, line_numbers, line_of
from codes.orders.order_text import (
    Excess,
    Unwritable,
    add_item,
    document,
    excess,
    move_item,
    put,
    put_table,
    remove_item,
    toml_of,
    value_at,
)
from codes.regime import read_regime
from codes.regimes import preset, preset_names

ORDER = preset("example-en")
LISTS = ("purposes", "zones", "no_pass_needed", "exempt", "grammars", "examples")
TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = some.recursive(
    TEXTS | some.integers(-(10**9), 10**9) | some.booleans(), lambda inner: some.lists(inner, max_size=4), max_leaves=6
)


@given(VALUES)
def test_any_value_is_written_so_that_it_is_read_again(value: object) -> None:
    assert document(f"x = {toml_of(value)}\n") == {"x": value}


@given(VALUES, some.sampled_from([("quota", "day"), ("name",), ("purposes", 2, "keywords", "en"), ("title", "tt")]))
def test_a_value_is_put_at_its_place_and_all_else_stays(value: object, path: Path) -> None:
    text = put(ORDER, {path: value})

    assert value_at(document(text), path) == value
    assert put(text, {path: value_at(document(ORDER), path)}).count("#") >= ORDER.count("#")
    assert "  # two letters and six digits" in text


def test_notes_stay_where_a_value_is_changed_and_where_one_is_struck_out() -> None:
    text = put(ORDER, {("quota", "day"): 4, ("purposes", 1, "optional_fields"): None, ("document_pattern",): r"\d{9}"})

    assert "quota = { day = 4, week = 12 }  # common to all purposes that count" in text
    assert r"document_pattern = '\d{9}'  # two letters and six digits" in text
    assert "optional_fields" not in text.split("[[purposes]]")[2]


def test_a_group_whose_last_key_is_struck_out_goes() -> None:
    text = put(ORDER, {("quota", "day"): None, ("quota", "week"): None})

    assert "quota =" not in text.split("[[purposes]]")[0] and read_regime(text).quota.limits == ()


@pytest.mark.parametrize("name", preset_names())
def test_parts_of_a_list_are_moved_and_come_back_to_the_same_text(name: str) -> None:
    text = preset(name)
    for part in LISTS:
        for place in range(1, len((document(text) or {}).get(part, []))):
            there = move_item(text, part, place, place - 1)
            back = move_item(there, part, place, place - 1)
            assert sorted(there.split("\n")) == sorted(text.split("\n")) or part == "examples", (part, place)
            assert document(back) == document(text)


def test_a_note_above_a_part_goes_with_it() -> None:
    text = move_item(ORDER, "grammars", 1, 0)

    assert text.index("# A form with a purpose") < text.index('head = "PASS"') < text.index('head = "REGISTER"')


def test_parts_are_added_behind_the_others_and_taken_out() -> None:
    text = add_item(ORDER, "zones", {"key": "east", "name": {"en": "East"}})

    assert [zone.key for zone in read_regime(text).zones] == ["north", "harbour", "south", "east"]
    assert text.index('key = "east"') < text.index("[[no_pass_needed]]")
    assert remove_item(text, "zones", 3) == ORDER


def test_a_list_of_groups_on_one_line_is_changed_too() -> None:
    text = 'zones = [{ key = "a" }, { key = "b" }]\n'

    assert document(move_item(text, "zones", 1, 0)) == {"zones": [{"key": "b"}, {"key": "a"}]}
    assert document(add_item(text, "zones", {"key": "c"})) == {"zones": [{"key": "a"}, {"key": "b"}, {"key": "c"}]}
    assert document(remove_item('zones = [{ key = "a" }]\n', "zones", 0)) == {}


def test_a_sentence_is_added_under_its_language() -> None:
    text = put_table(ORDER, "wording", "ru", "spoken.goodbye", "До свидания.\nСпасибо.")

    assert text.startswith(ORDER) and value_at(document(text), ("wording", "ru", "spoken.goodbye")).startswith("До")
    assert value_at(document(put_table(ORDER, "wording", "en", "granted", "x")), ("wording", "en", "granted")) == "x"


@pytest.mark.parametrize(
    ("text", "path"), [("a = [1\n", ("a",)), ("quota = [1]\n", ("quota", "day")), ("a = 1\n", ("zones", 3, "key"))]
)
def test_what_can_not_be_changed_is_said_so(text: str, path: Path) -> None:
    with pytest.raises(Unwritable):
        put(text, {path: 1})


@pytest.mark.parametrize(
    ("text", "too_much"),
    [
        ("я" * 5000, Excess.LINE),
        ("я\n" * 32_768, Excess.SIZE),
        ("x" * 4001, Excess.LINE),
        ("a = '\x00'", Excess.SIGNS),
        ("a = 1\r\n\tb = 2", None),
    ],
)
def test_what_is_too_much_is_not_kept(text: str, too_much: Excess | None) -> None:
    assert excess(text) == too_much


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a" + ".a" * 40 + " = 1", "= 1", "a = 1\na = 2"])
def test_what_is_no_order_has_no_values(text: str) -> None:
    assert document(text) is None


def test_values_are_found_by_line_though_long_texts_stand_before_them() -> None:
    text = "a = " + '''"""\n[[zones]]\nb = 1\n"""\nc = [\n  "[x]",  # ]\n  "y",\n]\n'''
    text += '[[zones]]\nkey = "k"\n[zones.name]\nen = "n"\n'
    known = line_numbers(text)

    assert {path: line_of(known, path) for path in (("c",), ("zones", 0, "key"), ("zones", 0, "name", "en"))} == {
        ("c",): 5,
        ("zones", 0, "key"): 10,
        ("zones", 0, "name", "en"): 12,
    }
    assert line_of(known, ("zones", 0, "geojson")) == 9 and line_of(known, ("quota",)) is None
