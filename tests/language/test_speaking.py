"""What callers hear: the same as in a text, in words, without codes and commands."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from codes.outcomes import Grant, Mark, Referral, Refusal, RefusalReason, Verdict, VerdictKind
from codes.regime import read_regime
from codes.regimes import preset, preset_names
from language.speaking import (
    SPOKEN,
    say_singly,
    speak,
    speak_outcome,
    speak_pass,
    speak_purposes,
    speak_rules,
    speak_verdict,
    speak_whole,
)
from language.templates import DERIVED, TEMPLATES, placeholders
from language.translations import MESSAGES, SAID, languages, sentences

PRESETS = {name: read_regime(preset(name)) for name in preset_names()}
TATARSTAN, ENGLISH = PRESETS["tatarstan-2020"], PRESETS["example-en"]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # noon in Kazan
DOCTOR = TATARSTAN.by_number[3].name
GRANT = Grant("p1", "THXA-9546-C61A", 3, DOCTOR, NOW, NOW + timedelta(minutes=220), "И.И.И.", "2506")
TOMORROW = timedelta(days=1)
LANGUAGES = sorted(languages())

UNSPOKEN = re.compile(r"brief_|text_|sample_|field_|status_line|rules_commands|rules_ask|rules_more|proof_code")
"""Parts of texts, lists of commands, and the one text that a call is about."""
NO_COMMANDS = {"PIN", "ПИН", "ИНН", "ΑΦΜ"}


def test_whatever_a_text_can_answer_can_be_said() -> None:
    assert [name for name in TEMPLATES if name not in SPOKEN and not UNSPOKEN.match(name)] == []


def test_a_spoken_sentence_needs_nothing_that_its_written_twin_has_not() -> None:
    for name in SPOKEN.keys() & TEMPLATES.keys():
        given = {*TEMPLATES[name].fields, *DERIVED}
        assert {*SPOKEN[name].fields} <= given, name


def test_no_spoken_sentence_holds_a_code() -> None:
    assert [
        name for name, template in SPOKEN.items() if {"code", "consent", "shown"} & {*placeholders(template.text)}
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_spoken_sentences_are_plain_words(language: str) -> None:
    for name in SPOKEN:
        text = re.sub(r"\{\w+\}", "", sentences(language)[SAID + name])
        assert not re.search(r"[^\w\s.,:;?|'’-]|\d|_", text), name
        assert {word for word in re.findall(r"\w{2,}", text) if word.isupper()} <= NO_COMMANDS, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_as_one(language: str) -> None:
    parts = ("term_", "holder")

    for name in SPOKEN:
        if not name.startswith(parts) or name in ("term_review", "term_isolation", "term_one_way", "term_ahead"):
            for form in sentences(language)[SAID + name].split("|"):
                assert form.endswith((".", "?", ":", ";", "{text}")), name


def test_every_spoken_sentence_of_every_language_is_its_own() -> None:
    for language, name in product(LANGUAGES, SPOKEN):
        if language != "en" and re.search(r"[a-z]{3}", re.sub(r"\{\w+\}", "", SPOKEN[name].text)):
            assert sentences(language)[SAID + name] != SPOKEN[name].text, (language, name)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ru",
            "Пропуск выдан. Врач, ветеринар, сегодня до 15 часов 40 минут. И. И. И., документ оканчивается на 2 5 0 6.",
        ),
        ("tt", "Рөхсәт бирелде. Табиб, ветеринар, бүген 15 сәгать 40 минутка кадәр. И. И. И., документ ахыры 2 5 0 6."),
        ("en", "Your pass is issued. Doctor or vet, until 3:40 PM today. И. И. И., document ending 2 5 0 6."),
        ("el", "Δόθηκε άδεια. Врач, ветеринар, σήμερα έως τις 15 και 40. И. И. И., έγγραφο με τέλος 2 5 0 6."),
        ("az", "İcazə verildi. Врач, ветеринар, bu gün saat 15 40-a qədər. И. И. И., sənədin sonu 2 5 0 6."),
    ],
)
def test_a_pass_is_told_without_its_code(language: str, expected: str) -> None:
    assert speak_outcome(GRANT, language, TATARSTAN, NOW) == expected


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        (replace(GRANT, repeated=True), "You have a pass. Doctor or vet, until 3:40 PM today."),
        (replace(GRANT, extended=True), "Pass extended. Doctor or vet, until 3:40 PM today."),
        (
            replace(GRANT, valid_from=NOW + TOMORROW, valid_until=GRANT.valid_until + TOMORROW),
            "Your pass is issued. Doctor or vet, from noon on 24 November until 3:40 PM. И. И. И.",
        ),
        (
            replace(GRANT, initials=""),
            "Your pass is issued. Doctor or vet, until 3:40 PM today. Document ending 2 5 0 6.",
        ),
        (replace(GRANT, document_tail=""), "Your pass is issued. Doctor or vet, until 3:40 PM today. И. И. И."),
        (replace(GRANT, initials="", document_tail=""), "Your pass is issued. Doctor or vet, until 3:40 PM today."),
    ],
)
def test_every_kind_of_pass_has_its_words(grant: Grant, expected: str) -> None:
    assert speak_outcome(grant, "en", TATARSTAN, NOW).startswith(expected)


def test_a_pass_among_others_is_told_by_what_it_is() -> None:
    ahead = replace(GRANT, valid_from=NOW + TOMORROW, valid_until=GRANT.valid_until + TOMORROW)

    assert speak_pass(GRANT, "ru", TATARSTAN, NOW).startswith(
        "Ваш пропуск: Врач, ветеринар, сегодня до 15 часов 40 минут."
    )
    assert speak_pass(ahead, "ru", TATARSTAN, NOW).startswith(
        "Ваш пропуск: Врач, ветеринар, с 12 часов 24 ноября до 15"
    )


@pytest.mark.parametrize(("language", "reason"), tuple(product(LANGUAGES, RefusalReason)))
def test_every_refusal_has_words_with_and_without_a_time(language: str, reason: RefusalReason) -> None:
    timed = speak_outcome(Refusal(reason, 3, NOW + TOMORROW, "Аптека"), language, TATARSTAN, NOW)
    bare = speak_outcome(Refusal(reason, 3), language, TATARSTAN, NOW)

    assert timed and bare
    assert "{" not in timed + bare


def test_a_referral_gives_the_number_to_quote_digit_by_digit() -> None:
    assert "4 7 1 1" in speak_outcome(Referral("4711", 3), "ru", TATARSTAN, NOW)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            VerdictKind.VALID,
            "Действителен до 15 часов 40 минут 23 ноября. Врач. И. И. И., документ оканчивается на 2 5 0 6.",
        ),
        (
            VerdictKind.WRONG_ZONE,
            "Не в этой зоне. Срок до 15 часов 40 минут 23 ноября. И. И. И., документ оканчивается на",
        ),
        (VerdictKind.NOT_YET_VALID, "Ещё рано. Действителен с 12 часов 23 ноября. И. И. И., документ оканчивается на"),
        (VerdictKind.EXPIRED, "Истёк. Действовал до 15 часов 40 минут 23 ноября. И. И. И., документ оканчивается на"),
        (VerdictKind.REVOKED, "Отозван. И. И. И., документ оканчивается на 2 5 0 6."),
        (VerdictKind.UNKNOWN, "Такого пропуска нет. Проверьте документ."),
        (VerdictKind.MISTYPED, "В коде ошибка. Сверьте и попробуйте ещё раз."),
    ],
)
def test_every_verdict_has_its_words(kind: VerdictKind, expected: str) -> None:
    verdict = Verdict(kind, Mark.RED, "X", "Врач", NOW, GRANT.valid_until, "И.И.И.", "2506")

    assert speak_verdict(verdict, "ru", TATARSTAN).startswith(expected)
    assert speak_verdict(replace(verdict, grace=True), "ru", TATARSTAN).endswith("Не штрафуйте.")


def test_with_a_now_a_verdict_is_told_as_todays() -> None:
    verdict = Verdict(VerdictKind.VALID, Mark.GREEN, "X", "Врач", NOW, GRANT.valid_until, "И.И.И.", "2506")

    assert speak_verdict(verdict, "ru", TATARSTAN, now=NOW).startswith(
        "Действителен сегодня до 15 часов 40 минут. Врач."
    )


@pytest.mark.parametrize("kind", VerdictKind)
def test_a_verdict_about_what_has_no_holder_leaves_no_gap(kind: VerdictKind) -> None:
    for language in LANGUAGES:
        said = speak_verdict(Verdict(kind, Mark.RED, "X"), language, TATARSTAN)
        assert not re.search(r"[.,:]\s*[.,]|\s[.,]|\{", said), said


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


def test_the_rules_are_told_in_full_sentences() -> None:
    first, more = speak_rules(TATARSTAN, "ru", None, 0)

    assert more
    assert first.startswith("Пропуска 2590. Чтобы получить пропуск, скажите, куда вам нужно.")
    assert speak_rules(TATARSTAN, "ru", 6, 0) == ("6: Дача, на 2 часа, 4 раза в неделю. Мы спросим: документ.", False)
    assert speak_rules(ENGLISH, "en", 6, 0)[0].endswith(
        "from 5 AM until 9 AM. Passes are given from 8 PM until the end of the day."
    )
    assert speak_rules(TATARSTAN, "ru", 77, 99)[1] is False


def test_every_spoken_message_is_in_the_catalogues() -> None:
    assert {SAID + name for name in SPOKEN} <= MESSAGES.keys()
