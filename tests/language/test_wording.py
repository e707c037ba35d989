"""What people are told: outcomes, passes, values of every kind, and that it all fits."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from codes.fields import Field
from codes.outcomes import Grant, Referral, Refusal, RefusalReason
from codes.regime import read_regime
from codes.regimes import preset
from language.examples import name_in, sample
from language.fields import Fit, read_field
from language.segments import count_segments
from language.translations import languages, sentences
from language.wording import holder, passes, say, word
from tests.language.orders import DOCTOR, NOW, PRESETS, TATARSTAN

GRANT = Grant("p1", "THXA-9546-C61A", 3, DOCTOR, NOW, NOW + timedelta(hours=1), "И.И.И.", "2506")
TOMORROW = timedelta(days=1)


def test_a_pass_says_its_code_end_purpose_and_holder() -> None:
    assert word(GRANT, "ru", TATARSTAN, NOW) == "Пропуск THXA-9546-C61A до 13:00\nВрач, ветеринар\nИ.И.И. *2506"


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        (replace(GRANT, repeated=True), "Code THXA-9546-C61A until 13:00\nDoctor or vet\nИ.И.И. *2506"),
        (replace(GRANT, extended=True), "Extended THXA-9546-C61A to 13:00\nDoctor or vet\nИ.И.И. *2506"),
        (replace(GRANT, initials=""), "Pass THXA-9546-C61A until 13:00\nDoctor or vet\n*2506"),
        (replace(GRANT, document_tail=""), "Pass THXA-9546-C61A until 13:00\nDoctor or vet\nИ.И.И."),
        (replace(GRANT, initials="", document_tail=""), "Pass THXA-9546-C61A until 13:00\nDoctor or vet"),
        (
            replace(GRANT, valid_from=NOW + TOMORROW, valid_until=GRANT.valid_until + TOMORROW),
            "Pass THXA-9546-C61A\n24.11 12:00-13:00\nDoctor or vet\nИ.И.И. *2506",
        ),
        (replace(GRANT, name={"ru": "Врач"}), "Pass THXA-9546-C61A until 13:00\nВрач\nИ.И.И. *2506"),
    ],
)
def test_every_kind_of_pass_has_its_words(grant: Grant, expected: str) -> None:
    assert word(grant, "en", TATARSTAN, NOW) == expected


@pytest.mark.parametrize("language", sorted(languages()))
@pytest.mark.parametrize("reason", RefusalReason)
def test_every_refusal_has_words_with_and_without_a_time(reason: RefusalReason, language: str) -> None:
    timed = word(Refusal(reason, 3, NOW + TOMORROW, "Аптека"), language, TATARSTAN, NOW)
    bare = word(Refusal(reason, 3), language, TATARSTAN, NOW)

    assert "{" not in timed + bare
    assert timed
    assert bare


def test_a_quota_names_the_time_of_the_next_pass() -> None:
    refusal = Refusal(RefusalReason.QUOTA, 3, NOW + TOMORROW)

    assert word(refusal, "ru", TATARSTAN, NOW) == "Врач, ветеринар: лимит исчерпан. Следующий пропуск с 24.11 12:00"


def test_what_needs_no_pass_is_named() -> None:
    refusal = Refusal(RefusalReason.NO_PASS_NEEDED, detail="Вынос мусора")

    assert word(refusal, "ru", TATARSTAN, NOW).startswith("Вынос мусора: пропуск не нужен")


def test_a_referral_gives_the_number_to_quote() -> None:
    assert "4711" in word(Referral("4711", 3), "ru", TATARSTAN, NOW)


def test_who_has_to_show_papers_is_told_so() -> None:
    india = read_regime(preset("india-epass"))

    assert "needs papers" in word(Referral("4711", 3), "en", india, NOW)
    assert "is with an officer" in word(Referral("4711", 4), "en", india, NOW)


def test_several_passes_are_a_line_each_and_the_rest_a_number() -> None:
    ahead = replace(GRANT, valid_from=NOW + TOMORROW, valid_until=GRANT.valid_until + TOMORROW)

    assert passes([GRANT], "en", TATARSTAN, NOW).startswith("Pass THXA-9546-C61A until 13:00")
    assert passes([ahead], "en", TATARSTAN, NOW).startswith("Pass THXA-9546-C61A\n24.11 12:00-13:00")
    assert passes([GRANT, ahead], "en", TATARSTAN, NOW).splitlines() == [
        "THXA-9546-C61A until 13:00, Doctor or vet, И.И.И. *2506",
        "THXA-9546-C61A 24.11 12:00-13:00, Doctor or vet, И.И.И. *2506",
    ]
    assert passes([GRANT] * 5, "en", TATARSTAN, NOW).endswith("\nand 3 more")


@pytest.mark.parametrize(("language", "count"), tuple(product(sorted(languages()), (1, 2, 3, 30))))
def test_however_many_passes_take_two_segments_at_most(language: str, count: int) -> None:
    assert count_segments(passes([GRANT] * count, language, TATARSTAN, NOW)).segments <= 2


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 20, 59, tzinfo=UTC), "23:59"),
        (datetime(2026, 11, 23, 21, 0, tzinfo=UTC), "24:00"),
        (datetime(2026, 11, 24, 21, 0, tzinfo=UTC), "24.11 24:00"),
        (datetime(2026, 11, 24, 7, 5, tzinfo=UTC), "24.11 10:05"),
        ("2026-11-24T10:05:00+03:00", "24.11 10:05"),
    ],
)
def test_an_end_is_told_in_local_time_with_midnight_as_24(moment: Any, expected: str) -> None:
    text = say("binding_live", "en", TATARSTAN, now=NOW, value="A123BC16", until=moment)

    assert text == f"A123BC16: bound to a live pass until {expected}. Nothing to do."


def test_a_pass_over_midnight_names_one_date() -> None:
    night = replace(GRANT, valid_from=NOW + timedelta(hours=11, minutes=30), valid_until=NOW + timedelta(hours=12))
    later = replace(night, valid_until=NOW + timedelta(hours=13))
    week = replace(night, valid_until=NOW + timedelta(days=7, hours=12))

    assert "\n23:30-24:00\n" in word(night, "en", TATARSTAN, NOW)
    assert "\n23:30-01:00\n" in word(later, "en", TATARSTAN, NOW)
    assert "\n23:30-30.11 24:00\n" in word(week, "en", TATARSTAN, NOW)


def test_without_a_now_a_moment_has_its_date() -> None:
    fields: dict[str, Any] = {"title": "Пропуска", "starts": NOW.isoformat()}

    assert say("regime_changed", "ru", TATARSTAN, **fields).startswith("Пропуска: новые правила с 23.11 12:00.")


def test_fields_kept_as_json_say_the_same() -> None:
    fields: dict[str, Any] = {
        "application": "4711",
        "code": GRANT.code,
        "purpose": 3,
        "initials": "И.И.И.",
        "tail": "2506",
        "consent": "482193",
    }
    moments = {"valid_from": NOW, "valid_until": GRANT.valid_until}

    kept = json.loads(json.dumps(fields | {name: moment.isoformat() for name, moment in moments.items()}))

    assert say("application_granted", "ru", TATARSTAN, **kept) == say(
        "application_granted", "ru", TATARSTAN, **fields, **moments
    )


def test_the_order_may_word_a_sentence_its_own_way() -> None:
    regime = TATARSTAN.model_copy(update={"wording": {"ru": {"busy": "Занято, {number}. {initials}"}}})

    assert say("busy", "ru", regime, number=1) == "Занято, 1."
    assert say("busy", "en", regime).startswith("We are busy")


def test_a_value_that_is_missing_leaves_a_gap() -> None:
    assert say("cancelled_kept", "en", TATARSTAN) == "Pass  is cancelled but counts as used. Rules: RULES"


def test_even_a_moment_or_a_number_that_is_missing_leaves_a_gap() -> None:
    assert say("binding_live", "en", TATARSTAN, value="A1").startswith("A1: bound to a live pass until .")
    assert say("granted", "en", TATARSTAN) == "Pass  until"
    assert say("refused_quota", "en", TATARSTAN) == ": limit used up. The next pass can start"


def test_a_name_in_a_language_the_order_lacks_is_in_its_own() -> None:
    names = {"ru": "Суд", "en": "Court"}

    assert name_in(names, "el", TATARSTAN) == "Суд"
    assert name_in({"en": "Court"}, "el", TATARSTAN) == "Court"
    assert name_in({"az": "Məhkəmə"}, "el", TATARSTAN) == "Məhkəmə"


def test_an_order_without_examples_proposes_its_first_purpose() -> None:
    assert say("declined", "ru", TATARSTAN.model_copy(update={"examples": ()})).endswith("ЦЕЛЬ 1")


def test_a_name_that_is_no_template_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no such sentence", "en", TATARSTAN)


def test_what_somebody_wrote_is_quoted_short_and_in_one_line() -> None:
    text = say("format_document", "ru", TATARSTAN, given="92 19\n632506 и ещё слова")

    assert text == "Не похоже на документ: 92 19 6325... Напишите так: 9219632506"


def test_people_are_numbered_and_purposes_keep_their_numbers() -> None:
    assert say("ask_person", "en", TATARSTAN, options=["И.И.И. *2506", "*1234"]).endswith(":\n1 И.И.И. *2506\n2 *1234")
    assert say("ask_which_purpose", "en", TATARSTAN, options=["3", "7"]).endswith(":\n3 Doctor or vet\n7 Bank or post")
    assert say("shift_unknown_zone", "en", TATARSTAN, options=["North", "South"]).endswith(":\nNorth\nSouth")
    assert say("ask_purpose", "en", TATARSTAN).endswith("10 State services")
    assert say("ask_purpose", "en", TATARSTAN, examples=[3]).endswith(":\n3 Doctor or vet")


def test_a_list_is_cut_to_what_fits_but_never_to_nothing() -> None:
    times = [NOW - timedelta(hours=hours) for hours in range(24)]

    cut = say("genuine", "ru", TATARSTAN, now=NOW, times=times)

    assert count_segments(cut).segments == 1
    assert cut.startswith("За 24 часа мы писали вам: 12:00, 11:00")
    assert "т" * 200 in say("ask_person", "ru", TATARSTAN, options=["т" * 200])
    assert say("ask_person", "en", TATARSTAN, options=[]) == "For whom? A number of these or another document:"


@pytest.mark.parametrize("preset_name", PRESETS)
def test_the_question_about_the_purpose_names_every_purpose(preset_name: str) -> None:
    regime = PRESETS[preset_name]

    for language in regime.languages:
        options = say("ask_purpose", language, regime).splitlines()[1:]
        assert [int(option.split()[0]) for option in options] == sorted(regime.by_number), language


def test_a_sentence_about_a_purpose_asks_for_that_purpose() -> None:
    assert say("refused_not_ahead", "ru", TATARSTAN, purpose=4).endswith("пришлите ЦЕЛЬ 4")
    assert say("declined", "ru", TATARSTAN).endswith("ЦЕЛЬ 8")


def test_who_need_not_register_is_told_to_ask_at_once() -> None:
    assert say("welcome", "ru", TATARSTAN).endswith("РЕГИСТРАЦИЯ 9219632506")
    assert say("welcome", "ru", PRESETS["moscow-2020"]).endswith("ЦЕЛЬ 1")


def test_a_holder_is_shown_by_initials_and_tail() -> None:
    assert [holder("И.И.И.", "2506"), holder("И.И.И.", ""), holder("", "2506")] == ["И.И.И. *2506", "И.И.И.", "*2506"]


@pytest.mark.parametrize(("preset_name", "field"), tuple(product(PRESETS, Field)))
def test_every_example_of_a_field_really_works(preset_name: str, field: Field) -> None:
    regime = PRESETS[preset_name]

    for language in languages():
        reading = read_field(field, sample(field, language, regime), regime, date(2026, 11, 23))
        assert reading.fit is Fit.FINE, language


def test_a_catalogue_is_read_once() -> None:
    assert sentences("ru") is sentences("ru")
