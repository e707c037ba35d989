"""What callers hear: the same as in a text, in words, without codes and commands."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from codes.outcomes import Grant, Mark, Referral, Refusal, RefusalReason, Verdict, VerdictKind
from language.speaking import (
    SPOKEN,
    speak_outcome,
    speak_pass,
    speak_rules,
    speak_verdict,
)
from language.templates import DERIVED, TEMPLATES, placeholders
from language.translations import MESSAGES, SAID, languages, sentences
from tests.language.orders import ENGLISH, GRANT, NOW, TATARSTAN

TOMORROW = timedelta(days=1)
LANGUAGES = sorted(languages())

UNSPOKEN = re.compile(
    r"brief_|text_|sample_|field_|status_line|rules_commands|rules_ask|rules_more|proof_code|sign_in_code|data_deleted|mail_"
    r"|work_|organisation_|page_|check_(?!excused)|enrol_"
)
"""Parts of texts, lists of commands, the one text that a call is about, and what only ever goes out as a text."""
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
        (VerdictKind.FORGED, "Код подписан не нами: это подделка. Проверьте документ."),
        (VerdictKind.TEST, "Это пробный пропуск. Он не действует."),
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
