"""A citizen texts, and gets a pass or a reason."""

import pytest

from telephony.simulator.carrier import Carrier, Handset
from tests.clock import Clock
from tests.stories.reading import code_in, has_code


def test_a_first_request_is_granted_when_the_last_answer_arrives(phone: Handset) -> None:
    asked = phone.text("здравствуйте, дайте пожалуйста пропуск")
    then = phone.text("8")
    granted = phone.text("92 19 632506")

    assert "8" in asked and "9219632506" in then
    assert has_code(granted) and "*2506" in granted


def test_a_text_with_a_purpose_is_answered_with_a_pass(registered: Handset) -> None:
    answer = registered.text("Цель 8")

    assert has_code(answer) and "13:00" in answer and "И.И.И. *2506" in answer


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", ["cel 8", "tsel 8", "цель8", "ЦEЛЬ#8", "8", "в аптеку", "８"])
def test_sloppy_spellings_are_understood(registered: Handset, text: str) -> None:
    assert has_code(registered.text(text))


def test_the_same_request_within_a_minute_gets_the_same_pass(registered: Handset, clock: Clock) -> None:
    first = code_in(registered.text("цель 8"))
    clock.pass_by(seconds=59)

    assert code_in(registered.text("цель 8")) == first


def test_a_third_pass_of_the_day_is_refused_until_midnight(registered: Handset, clock: Clock) -> None:
    for purpose in (8, 3):
        assert has_code(registered.text(f"цель {purpose}"))

    refused = registered.text("цель 7")
    clock.pass_by(days=1)

    assert "04.06 00:00" in refused and has_code(registered.text("цель 7"))


def test_court_once_a_month(registered: Handset, clock: Clock) -> None:
    registered.text("цель 1")
    clock.pass_by(days=3)
    refused = registered.text("цель 1")
    clock.pass_by(days=28)

    assert "01.07" in refused and has_code(registered.text("цель 1"))


def test_a_pass_is_repeated_shown_extended_and_given_back(registered: Handset) -> None:
    code = code_in(registered.text("цель 8"))

    assert code_in(registered.text("ПОВТОР")) == code
    assert code_in(registered.text("статус")) == code
    assert "14:00" in registered.text("продлить")
    assert not has_code(registered.text("продлить"))
    assert code in registered.text("отмена")
    assert not has_code(registered.text("статус"))


def test_a_pass_given_back_at_once_is_not_counted_twice_a_day(registered: Handset) -> None:
    for _ in range(2):
        assert has_code(registered.text("цель 8"))
        assert "не засчитан" in registered.text("отмена")
    registered.text("цель 8")

    assert "не засчитан" not in registered.text("отмена")


def test_a_pass_given_back_late_counts(registered: Handset, clock: Clock) -> None:
    registered.text("цель 8")
    clock.pass_by(minutes=11)

    assert "не засчитан" not in registered.text("отмена")


def test_cancelling_in_a_dialogue_ends_only_the_dialogue(registered: Handset) -> None:
    code = code_in(registered.text("цель 8"))
    registered.text("нужен пропуск")
    ended = registered.text("отмена")

    assert not has_code(ended) and code_in(registered.text("статус")) == code


def test_a_command_in_a_dialogue_is_answered_and_the_dialogue_goes_on(phone: Handset) -> None:
    phone.text("цель 8")
    rules = phone.text("СПРАВКА")
    granted = phone.text("9219632506")

    assert "1" in rules and has_code(granted)


def test_a_dialogue_survives_a_new_request_with_what_was_said(phone: Handset) -> None:
    phone.text("нужен пропуск")
    phone.text("9219632506")

    assert has_code(phone.text("3"))


def test_a_dialogue_is_forgotten_after_half_an_hour(phone: Handset, clock: Clock) -> None:
    phone.text("цель 8")
    clock.pass_by(minutes=31)

    assert not has_code(phone.text("9219632506"))


def test_back_asks_the_question_before(phone: Handset) -> None:
    first = phone.text("нужен пропуск")
    phone.text("8")

    assert phone.text("НАЗАД") == first


def test_a_wrong_document_is_named_and_an_example_given_that_works(phone: Handset) -> None:
    refused = phone.text("РЕГИСТРАЦИЯ#921963")
    assert "921963" in refused and "9219632506" in refused

    phone.text("9219632506")

    assert has_code(phone.text("цель 8"))


def test_registering_again_corrects(registered: Handset) -> None:
    corrected = registered.text("РЕГИСТРАЦИЯ#Петров Пётр Петрович#9219632506")

    assert "П.П.П. *2506" in corrected and "П.П.П." in registered.text("цель 8")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", ["не надо 3", "почему отказ по цели 3?", "а сколько стоит штраф?"])
def test_negations_and_questions_get_no_pass(registered: Handset, text: str) -> None:
    assert not has_code(registered.text(text))


def test_what_needs_no_pass_is_said_to_need_none(registered: Handset) -> None:
    answer = registered.text("вынести мусор")

    assert not has_code(answer) and "не нуж" in answer


def test_rules_come_in_pages(phone: Handset) -> None:
    pages = [phone.text("СПРАВКА")]
    while "ЕЩЁ" in pages[-1] and len(pages) < 12:
        pages.append(phone.text("ЕЩЁ"))

    assert 1 < len(pages) < 12 and len(set(pages)) == len(pages)


def test_answers_follow_the_language_of_the_text_unless_one_was_chosen(registered: Handset) -> None:
    assert "Pass" in registered.text("I need a pass, purpose 8")
    registered.text("язык татарский")

    assert "Pass" not in registered.text("status")


def test_is_this_genuine_tells_when_we_texted(phone: Handset, clock: Clock) -> None:
    nothing = phone.text("ПРОВЕРЬ")
    clock.pass_by(minutes=5)

    assert "12:00" not in nothing and "12:00" in phone.text("ПРОВЕРЬ")


def test_not_me_frees_the_place_a_forged_sender_took(registered: Handset) -> None:
    for purpose in (8, 3):
        registered.text(f"цель {purpose}")
    answer = registered.text("НЕ Я")

    assert has_code(answer) and has_code(registered.text("цель 7"))


@pytest.mark.parametrize("text", ["НЕ Я {}", "{} это не я", "not me {}"])
def test_not_me_with_a_code_means_that_pass_and_no_other(registered: Handset, text: str) -> None:
    first, second = (code_in(registered.text(f"цель {purpose}")) for purpose in (8, 3))

    answer = registered.text(text.format(first))
    left = registered.text("СТАТУС")

    assert first in answer
    assert second in left and first not in left


def test_an_appeal_is_kept_with_a_number(registered: Handset) -> None:
    answer = registered.text("ЖАЛОБА пропуск не пришёл")

    assert sum(sign.isdigit() for sign in answer) >= 8


def test_my_data_tells_what_is_held(registered: Handset) -> None:
    registered.text("цель 8")

    answer = registered.text("МОИ ДАННЫЕ")

    assert "И.И.И. *2506" in answer and "2026" in answer


@pytest.mark.parametrize("text", ["цель 3 Маше", "цель 3 маша", "врач Иванова Маша"])
def test_one_word_of_a_name_chooses_the_person(registered: Handset, clock: Clock, text: str) -> None:
    clock.pass_by(minutes=1)
    registered.text("РЕБЕНОК Иванова Маша Ивановна")

    assert "И.М.И." in registered.text(text)


def test_a_dependant_is_chosen_by_name_or_asked_about(registered: Handset, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    registered.text("РЕБЕНОК Иванова Анна Ивановна, 9211111111")

    asked = registered.text("цель 3")
    chosen = registered.text("2")
    named = registered.text("цель 2 Иванова Анна")

    assert not has_code(asked) and "*1111" in chosen and "*1111" in named


def test_an_own_number_is_never_answered(carrier: Carrier) -> None:
    assert not carrier.receive(carrier.settings.number, "цель 8").replies
