"""How values are told to callers: counts, options, examples, moments, and what an order words its own way."""

import json
import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from language.speaking import (
    say_singly,
    speak,
    speak_purposes,
    speak_whole,
)
from language.translations import languages
from tests.language.orders import ENGLISH, GRANT, NOW, PRESETS, TATARSTAN

TOMORROW = timedelta(days=1)
LANGUAGES = sorted(languages())


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "Есть ещё 1 пропуск."),
        (3, "Есть ещё 3 пропуска."),
        (5, "Есть ещё 5 пропусков."),
        (11, "Есть ещё 11 пропусков."),
    ],
)
def test_russian_counts_in_three_forms(count: int, expected: str) -> None:
    assert speak("status_more", "ru", TATARSTAN, count=count) == expected


def test_other_languages_count_in_two_forms_or_one() -> None:
    assert speak("status_more", "en", TATARSTAN, count=1) == "You have one more pass."
    assert speak("status_more", "en", TATARSTAN, count=2) == "You have 2 more passes."
    assert speak("status_more", "tt", TATARSTAN, count=2) == "Тагын 2 рөхсәт бар."


def test_a_question_is_followed_by_what_it_offers() -> None:
    people = speak_whole("ask_person", "ru", TATARSTAN, options=["И.И.И. *2506", "*1234", "П.П.П."])
    purposes = speak_whole("ask_which_purpose", "en", TATARSTAN, options=("3", "7"))
    zones = speak_whole("shift_unknown_zone", "en", ENGLISH, options=["North Shore", "Harbour"])

    assert people[1:] == (
        "1: И. И. И., документ оканчивается на 2 5 0 6.",
        "2: Документ оканчивается на 1 2 3 4.",
        "3: П. П. П.",
    )
    assert purposes[1:] == ("3: Doctor or vet.", "7: Bank or post.")
    assert zones == ("There is no such zone. The zones are:", "North Shore.", "Harbour.")


def test_all_that_is_held_about_somebody_comes_in_two_sentences() -> None:
    counts = {"phones": 1, "passes": 7, "looks": 2}
    fields: dict[str, Any] = {"initials": "И.И.И.", "tail": "2506", "destroyed_on": NOW} | counts

    assert speak_whole("my_data", "ru", TATARSTAN, **fields) == (
        "Мы храним о вас: И. И. И., документ оканчивается на 2 5 0 6. Телефонов: 1. Пропусков: 7.",
        "Столько раз их смотрели сотрудники: 2. Мы уничтожим их 23 ноября 2026 года.",
    )


def test_what_needs_no_list_is_one_sentence() -> None:
    assert speak_whole("silence", "en", TATARSTAN) == ("I heard nothing.",)


def test_purposes_are_told_with_their_numbers() -> None:
    assert speak_purposes(TATARSTAN, "ru")[:2] == ("1: Суд.", "2: Ребёнок в школу.")
    assert speak_purposes(TATARSTAN, "ru", (8,)) == ("8: Аптека, продукты.",)


def test_help_names_a_word_that_asks_for_the_usual_pass() -> None:
    assert speak("menu_help", "ru", TATARSTAN).startswith("Скажите, например: аптека.")
    assert speak("menu_help", "en", ENGLISH).startswith("Say for example: doctor.")
    assert speak("menu_help", "en", ENGLISH, example="to the ferry").startswith("Say for example: to the ferry.")


@pytest.mark.parametrize("field", ["document", "plate", "card", "postcode", "tax_number"])
def test_an_example_is_spelt(field: str) -> None:
    for language, regime in product(LANGUAGES, PRESETS.values()):
        assert re.search(r": (\w )+\w\.$", speak(f"format_{field}", language, regime, given="1"))


def test_numbers_and_plates_are_told_sign_by_sign() -> None:
    assert say_singly("9219") == "9 2 1 9"
    assert say_singly("A123-BC 16") == "A 1 2 3 B C 1 6"
    assert speak("binding_live", "en", TATARSTAN, now=NOW, value="A123BC16", until=NOW) == (
        "There is a pass for A 1 2 3 B C 1 6, until noon today. You need do nothing."
    )
    assert "number 1 2 3 4 5 6." in speak("complaint_stored", "en", TATARSTAN, number="123456")


def test_fields_kept_as_json_say_the_same() -> None:
    fields: dict[str, Any] = {"purpose": 3, "initials": "И.И.И.", "tail": "2506"}
    moments = {"valid_from": NOW, "valid_until": GRANT.valid_until}
    kept = json.loads(json.dumps(fields | {name: moment.isoformat() for name, moment in moments.items()}))

    assert speak("application_granted", "ru", TATARSTAN, **kept) == speak(
        "application_granted", "ru", TATARSTAN, **fields, **moments
    )


def test_the_order_may_word_a_spoken_sentence_its_own_way() -> None:
    regime = TATARSTAN.model_copy(update={"wording": {"ru": {"spoken.goodbye": "Всего доброго."}}})

    assert speak("goodbye", "ru", regime) == "Всего доброго."
    assert speak("goodbye", "en", regime) == "Thank you. Goodbye."


def test_a_value_that_is_missing_leaves_no_sign_alone() -> None:
    assert speak("granted", "en", TATARSTAN) == "Your pass is issued."
    assert speak("shift_opened", "ru", TATARSTAN, until=NOW, now=NOW) == "Смена открыта сегодня до 12 часов."


def test_a_name_that_is_no_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        speak("no such sentence", "en", TATARSTAN)
