"""What a form over an order writes: just what was typed, and nothing where nothing was."""

from string import ascii_letters
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from codes.orders.drafting import find_draft
from codes.orders.order_text import document, put, value_at
from codes.regime import Regime, read_regime
from codes.regimes import preset, preset_names
from store import Store
from tests.stories.desk import AgentAtDesk, Filled
from tests.web.admin.orders import begin, form_of, saves
from web.admin.regimes.labels import LABELS
from web.admin.regimes.parts import SINGLE, TITLES, WORDING, items
from web.admin.regimes.shapes import LISTS, Entry, Kind, entries, item_entries
from web.admin.regimes.values import changes, shown

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def text_of(store: Store, draft: str) -> str:
    """The newest text of the draft at this address."""
    with store.reading() as work:
        found = find_draft(work, draft.rsplit("/", 1)[-1])
    assert found
    return found.text


def pages_of(text: str) -> list[str]:
    """Every form of a draft with this text, from its address on."""
    values = document(text) or {}
    listed = [f"/lists/{name}/{place}" for name in LISTS for place in range(len(items(values, name)))]
    return [*(f"/parts/{part}" for part in SINGLE), *listed, "/toml"]


@one_database
@pytest.mark.parametrize("name", preset_names())
def test_a_preset_saved_from_each_form_untouched_stays_the_same_text(
    olga: AgentAtDesk, store: Store, name: str
) -> None:
    draft = begin(olga, f"preset:{name}")

    for page in pages_of(preset(name)):
        url, fields = form_of(olga.opens(f"{draft}{page}").html, page)
        olga.submits(Filled(url, fields))
        assert (olga.status, "Nothing was changed." in olga.reads) == (200, True), page

    assert text_of(store, draft) == preset(name)
    assert read_regime(text_of(store, draft)) == read_regime(preset(name))


def test_every_key_of_an_order_has_a_place_in_a_form_and_a_name() -> None:
    keys = {key for part in SINGLE.values() for key in part} | set(LISTS) | {WORDING}
    whole = document(preset("example-en")) or {}
    made = [*(one for part in SINGLE.values() for one in entries(whole, part))]
    made += [one for name in LISTS for one in item_entries(whole, name, 0)]

    assert keys == set(Regime.model_fields) and set(TITLES) == {*SINGLE, *LISTS, WORDING}
    assert {one.key for one in made} <= set(LABELS)
    assert set(LABELS) - {one.key for one in made} <= {"wording"}


ORDER = preset("example-en")
FIELDS = {one.name: one for part in SINGLE.values() for one in entries(document(ORDER) or {}, part)}
PURPOSE = {one.name: one for one in item_entries(document(ORDER) or {}, "purposes", 5)}
TYPED = some.text(some.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
WORDS = some.text(ascii_letters + " 'ёщҗ\"\\{}#=[]", min_size=1, max_size=20)


def written(typed: dict[str, Any], fields: dict[str, Entry] = FIELDS) -> dict[str, Any]:
    """The values of the order after these were typed."""
    values = document(ORDER) or {}
    text = put(ORDER, changes(list(fields.values()), values, typed))
    assert "# an example to copy" in text.lower()
    assert "# two letters and six digits" in text or not typed.get("document_pattern", "kept").strip()
    return document(text) or {}


@given(TYPED, WORDS)
def test_texts_are_kept_as_they_were_typed(title: str, pattern: str) -> None:
    found = written({"title.en": title, "document_pattern": pattern})

    for path, typed in ((("title", "en"), title), (("document_pattern",), pattern)):
        assert value_at(found, path) == (typed.strip() or None)


@given(some.integers(1, 999), some.integers(1, 99), some.booleans(), some.sampled_from(["", "end-date"]))
def test_numbers_and_choices_read_as_an_order_are_what_was_typed(
    day: int, kept: int, separate: bool, prefix: str
) -> None:
    text = put(
        ORDER,
        changes(
            list(FIELDS.values()),
            document(ORDER) or {},
            {
                "quota.day": str(day),
                "quota.week": "",
                "retention_days": f" {kept} ",
                "registration.separate": separate,
                "code.prefix": prefix,
            },
        ),
    )

    order = read_regime(text)

    assert (order.quota.day, order.quota.week, order.retention_days) == (day, None, kept)
    assert (order.registration.separate, order.code.prefix) == (separate, prefix)


@given(
    some.lists(WORDS.map(str.strip).filter(bool), max_size=40),
    some.lists(some.tuples(some.times(), some.times()), max_size=4),
    some.lists(some.sampled_from(["plate", "card", "reason", "clinic"]), unique=True),
)
@settings(max_examples=60)
def test_lists_are_kept_as_they_were_typed(words: list[str], hours: list[Any], fields: list[str]) -> None:
    windows = [(start.isoformat("minutes"), until.isoformat("minutes")) for start, until in hours]
    typed = {
        "keywords.en": "\r\n".join(words),
        "hours": "\n".join(f"{start} - {until}" for start, until in windows),
        "fields": fields,
    }

    [purpose] = written(typed, PURPOSE)["purposes"][5:6]

    assert purpose.get("keywords", {}).get("en", []) == words
    assert [(one["start"], one["until"]) for one in purpose.get("hours", [])] == windows
    assert sorted(purpose.get("fields", [])) == sorted(fields)


def test_what_is_no_number_is_kept_and_told() -> None:
    assert value_at(written({"quota.day": "three"}), ("quota", "day")) == "three"


def test_every_kind_is_shown_as_it_is_read() -> None:
    whole = document(ORDER) or {}
    for entry in (*FIELDS.values(), *PURPOSE.values()):
        assert changes([entry], whole, {entry.name: shown(entry, whole)}) == {}
    assert {entry.kind for entry in (*FIELDS.values(), *PURPOSE.values())} >= {Kind.HOURS, Kind.LINES, Kind.CHOICES}


@one_database
def test_faults_are_told_beside_the_field_in_plain_words_and_the_draft_is_saved(
    olga: AgentAtDesk, store: Store
) -> None:
    draft = begin(olga)

    saves(olga, f"{draft}/parts/limits", quota__day="three", retention_days="0")

    assert "Saved." in olga.reads and "There is a problem" in olga.reads
    assert "'three' should be a whole number" in olga.reads
    assert 'day = "three"' in text_of(store, draft)
    assert "2 to put right" in olga.opens(draft).reads and "Can't be read as an order (2)" in olga.reads


@one_database
def test_a_purpose_is_added_put_elsewhere_and_taken_out(olga: AgentAtDesk, store: Store) -> None:
    draft = begin(olga, "preset:example-en")
    before = text_of(store, draft)

    olga.opens(f"{draft}/lists/purposes").sends("/purposes/add")
    assert "Purpose: 8" in olga.reads and "The text in en is missing" in olga.reads
    saves(olga, f"{draft}/lists/purposes/7", name__en="Dog", keywords__en="puppy\r\npuppies", validity__minutes="30")
    olga.opens(f"{draft}/lists/purposes").sends("/purposes/7/move", to="up")

    order = read_regime(text_of(store, draft))
    assert [one.number for one in order.purposes] == [1, 2, 3, 4, 5, 6, 8, 7]
    assert order.by_number[8].keywords == {"en": ("puppy", "puppies")}
    olga.opens(f"{draft}/lists/purposes").sends("/purposes/6/remove")
    assert text_of(store, draft) == before


@one_database
def test_a_sentence_is_worded_and_given_back(olga: AgentAtDesk, store: Store) -> None:
    draft = begin(olga)
    olga.opens(f"{draft}/wording?language=ru&name=spoken.goodbye")
    assert "Its fields" not in olga.reads and "The common sentence:" in olga.reads

    olga.sends("/wording/ru/spoken.goodbye", sentence="До свидания.\r\nБерегите себя.")

    assert read_regime(text_of(store, draft)).wording == {"ru": {"spoken.goodbye": "До свидания.\nБерегите себя."}}
    olga.opens(f"{draft}/wording/ru/spoken.goodbye").sends("/wording/ru/spoken.goodbye", sentence="")
    assert read_regime(text_of(store, draft)) == read_regime(preset("tatarstan-2020"))


@one_database
@pytest.mark.parametrize(("language", "words"), [("ru", "целое число"), ("tt", "бөтен сан")])
def test_faults_are_said_in_the_language_of_the_page(olga: AgentAtDesk, language: str, words: str) -> None:
    draft = begin(olga)
    olga.client.set_cookie("language", language)

    saves(olga, f"{draft}/parts/limits", quota__day="three")

    assert words in olga.reads
