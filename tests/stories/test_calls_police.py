"""Officers on the telephone: a PIN in each call, then codes spelled or documents keyed."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlmodel import col

from store import Store
from store.officers import Inspection, Officer
from telephony.simulator.carrier import Handset
from tests.stories.reading import code_in

ALPHABET = {
    "A": "анна", "E": "елена", "K": "константин", "M": "михаил", "H": "николай", "P": "роман", "C": "семён",
    "T": "татьяна", "Y": "ульяна", "X": "харитон", "1": "один", "2": "два", "3": "три", "4": "четыре",
    "5": "пять", "6": "шесть", "7": "семь", "8": "восемь", "9": "девять",
}  # fmt: skip


def aloud(code: str) -> str:
    """A code as an officer spells it and a recogniser writes it."""
    return " ".join(ALPHABET[sign] for sign in code.replace("-", ""))


@pytest.fixture
def code(registered: Handset) -> str:
    return code_in(registered.text("цель 8"))


@pytest.fixture
def verdicts(store: Store) -> Callable[[], list[str]]:
    def read() -> list[str]:
        with store.reading() as work:
            return [
                row.verdict
                for row in work.rows(select(col(Inspection.verdict), col(Inspection.id)).order_by(col(Inspection.id)))
            ]

    return read


def test_a_code_that_is_spelled_is_answered_in_one_sentence(
    officer: Handset, code: str, verdicts: Callable[[], list[str]]
) -> None:
    call = officer.calls().hears("ПИН").presses("4821#").hears("Смена открыта")

    call.says(aloud(code)).hears("Действителен", "Аптека", "2 5 0 6")

    assert verdicts() == ["valid"]


def test_the_document_that_is_shown_may_be_keyed(
    officer: Handset, code: str, verdicts: Callable[[], list[str]]
) -> None:
    call = officer.calls().presses("4821#")

    call.presses("9219632506#").hears("Действителен")

    assert verdicts() == ["valid"]


def test_a_document_without_a_pass_is_a_miss_that_counts(
    officer: Handset, verdicts: Callable[[], list[str]], store: Store
) -> None:
    call = officer.calls().presses("4821#")

    call.presses("9219632599#").hears("Такого пропуска нет")

    with store.reading() as work:
        assert work.row(select(col(Officer.unknown_codes))).unknown_codes == 1
    assert verdicts() == ["unknown"]


def test_three_misses_lock_the_officer(officer: Handset, verdicts: Callable[[], list[str]]) -> None:
    call = officer.calls().presses("4821#")
    for number in ("9219632591", "9219632592", "9219632593"):
        call.presses(f"{number}#")

    assert call.presses("9219632594#").hears("проверка закрыта").ended
    assert len(verdicts()) == 3


def test_a_mistake_in_a_code_is_told_as_a_mistake(officer: Handset, code: str) -> None:
    call = officer.calls().presses("4821#")
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")

    call.says(aloud(wrong)).hears("ошибка")


def test_several_are_checked_in_one_call(officer: Handset, code: str, verdicts: Callable[[], list[str]]) -> None:
    call = officer.calls().presses("4821#")

    for _ in range(3):
        call.says(aloud(code)).hears("Действителен")

    assert verdicts() == ["valid"] * 3


def test_without_the_pin_nothing_is_checked_even_on_an_open_shift(on_shift: Handset, code: str) -> None:
    call = on_shift.calls().hears("ПИН")

    call.presses("1111#").hears("Неверный ПИН")

    assert "Действителен" not in call.transcript


def test_wrong_pins_thrice_bring_an_agent_or_a_call_back(officer: Handset) -> None:
    call = officer.calls().presses("1111#").presses("2222#").presses("3333#")

    assert call.ended


def test_an_officer_gets_their_own_pass_by_star(officer: Handset) -> None:
    officer.text("РЕГИСТРАЦИЯ#Сидоров Пётр#9219632511#Казань")

    call = officer.calls().presses("*#").hears("Скажите, куда вам нужно")
    call.presses("8#").presses("2511").hears("Пропуск выдан")
