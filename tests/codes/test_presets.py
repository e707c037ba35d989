"""The orders that come with the program: complete, without contradictions, their published texts understood."""

import re
from datetime import time
from importlib import resources

import pytest
from pydantic import ValidationError

from codes.code import length
from codes.fields import Field
from codes.regime import Purpose, Regime, read_regime
from codes.regimes import preset, preset_names

ORDERS = {name: read_regime(preset(name)) for name in preset_names()}


@pytest.fixture(params=list(ORDERS.values()), ids=list(ORDERS))
def regime(request: pytest.FixtureRequest) -> Regime:
    """Each order in turn."""
    order: Regime = request.param
    return order


def _of(name: str, number: int) -> Purpose:
    return ORDERS[name].by_number[number]


def test_the_presets_are_those_of_the_readme() -> None:
    assert tuple(ORDERS) == (
        "azerbaijan-2020",
        "cyprus-2020",
        "example-en",
        "greece-2020",
        "india-epass",
        "moscow-2020",
        "nizhny-2020",
        "tatarstan-2020",
    )


def test_a_preset_is_named_as_its_file(regime: Regime) -> None:
    assert ORDERS[regime.name] is regime


def test_each_preset_publishes_a_dozen_texts_and_one_for_each_purpose(regime: Regime) -> None:
    meanings = {example.meaning for example in regime.examples}

    assert len(regime.examples) >= 12
    assert {f"request {number}" for number in regime.by_number} <= meanings
    assert "status" in meanings


def test_each_example_has_an_english_gloss(regime: Regime) -> None:
    assert all(example.gloss.isprintable() and example.gloss.isascii() for example in regime.examples)


def test_each_preset_can_be_used_from_a_latin_keyboard(regime: Regime) -> None:
    latin = [example for example in regime.examples if example.text.isascii()]

    assert any(example.meaning.startswith("request") for example in latin)
    assert any(example.meaning == "register" for example in latin) or not regime.registration.separate


def test_a_new_sender_can_register_in_one_text(regime: Regime) -> None:
    assert not regime.registration.separate or any(not example.registered for example in regime.examples)


def test_tatarstan_has_ten_purposes_of_an_hour_two_a_day_and_no_hours() -> None:
    order = ORDERS["tatarstan-2020"]

    assert set(order.by_number) == set(range(1, 11))
    assert order.quota.day == 2
    assert not any(purpose.hours for purpose in order.purposes)
    lasting = {purpose.number: purpose.validity.minutes for purpose in order.purposes}
    assert lasting == dict.fromkeys(range(1, 11), 60) | {6: 120, 9: 360}


def test_tatarstan_has_the_limits_of_april() -> None:
    limited = {
        purpose.number: purpose.quota.limits for purpose in ORDERS["tatarstan-2020"].purposes if purpose.quota.limits
    }

    assert limited == {1: (("month", 1),), 4: (("week", 1),), 5: (("month", 1),), 6: (("week", 4),)}


def test_in_tatarstan_the_document_alone_suffices() -> None:
    order = ORDERS["tatarstan-2020"]

    assert order.registration.required == (Field.DOCUMENT,)
    assert order.needed(order.by_number[8]) == (Field.DOCUMENT,)


def test_moscow_codes_have_sixteen_signs_with_the_end_date_in_front() -> None:
    shape = ORDERS["moscow-2020"].code

    assert (length(shape), shape.prefix) == (16, "end-date")


def test_moscow_binds_plate_and_card_and_limits_personal_trips() -> None:
    assert ORDERS["moscow-2020"].bound == (Field.PLATE, Field.CARD)
    assert _of("moscow-2020", 3).quota.limits == (("week", 2),)
    assert _of("moscow-2020", 2).quota.limits == ()


def test_moscow_has_both_versions_of_its_form() -> None:
    grammars = ORDERS["moscow-2020"].grammars

    assert {grammar.purpose for grammar in grammars} == {None, 1, 2, 3, 4}
    assert all(grammar.head == "ПРОПУСК" and grammar.separator == "*" for grammar in grammars)


def test_nizhny_has_its_durations() -> None:
    assert [purpose.validity.minutes for purpose in ORDERS["nizhny-2020"].purposes] == [180, 180, 180, 60, 30]


def test_at_night_greece_allows_purposes_one_and_six() -> None:
    assert [purpose.number for purpose in ORDERS["greece-2020"].purposes if not purpose.hours] == [1, 6]


def test_cyprus_asks_for_document_and_postcode_and_nobody_registers() -> None:
    registration = ORDERS["cyprus-2020"].registration

    assert registration.required == (Field.DOCUMENT, Field.POSTCODE)
    assert not registration.separate


def test_the_indian_pass_is_reviewed_but_for_an_emergency() -> None:
    assert [purpose.number for purpose in ORDERS["india-epass"].purposes if purpose.approval == "auto"] == [1]


def test_the_indian_pass_asks_for_papers_and_for_two_officials_where_a_journey_is_one_way() -> None:
    order = ORDERS["india-epass"]

    assert {one.number: one.papers.need for one in order.purposes if one.papers} == {
        2: "optional",
        3: "required",
        4: "optional",
        5: "required",
        6: "optional",
    }
    assert [one.number for one in order.purposes if one.reviewers == 2] == [4]


def test_the_example_shows_every_feature() -> None:
    order = ORDERS["example-en"]
    told = {name for purpose in order.purposes for name in purpose.model_fields_set}

    assert told == set(Purpose.model_fields)
    assert order.model_fields_set == set(Regime.model_fields)


def test_outlines_of_zones_come_with_the_package() -> None:
    folder = resources.files("codes") / "presets"
    outlines = [zone.geojson for order in ORDERS.values() for zone in order.zones if zone.geojson]

    assert outlines
    assert all((folder / outline).is_file() for outline in outlines)


@pytest.mark.parametrize(
    ("written", "read"), [('"07:30"', time(7, 30)), ("07:30:00", time(7, 30)), ('"24:00"', time())]
)
def test_a_time_of_day_is_read(written: str, read: time) -> None:
    text = preset("example-en").replace('start = "07:00"', f"start = {written}", 1)

    assert read_regime(text).by_number[1].hours[0].start == read


@pytest.mark.parametrize("written", ["7", '"25:00"', '"7"', "true"])
def test_what_is_no_time_of_day_is_refused(written: str) -> None:
    text = preset("example-en").replace('start = "07:00"', f"start = {written}", 1)

    with pytest.raises(ValidationError, match="time of day"):
        read_regime(text)


@pytest.mark.parametrize("name", ["tatarstan-2020", "moscow-2020", "nizhny-2020"])
@pytest.mark.parametrize(
    ("document", "fits"),
    [
        ("9219632506", True),
        ("921963250", False),
        ("92196325060", False),
        ("AA1234567", True),
        ("TJ401234567", True),
        ("PF9219", False),
        ("PF9219632506", False),
    ],
)
def test_a_russian_passport_has_ten_digits_and_others_have_letters(name: str, document: str, fits: bool) -> None:
    assert bool(re.fullmatch(ORDERS[name].document_pattern, document)) is fits
