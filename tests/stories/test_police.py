"""An officer texts a code, and gets a verdict."""

from collections.abc import Callable

import pytest

from codes.police.officers import UnlockReason, officer_on, unlock
from store import Store
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.stories.conftest import Phones
from tests.stories.reading import code_in

GREEN, AMBER, RED = "🟢", "🟡", "🔴"
UNKNOWN = ("THXA-9546-C61A", "AXY8-9EHA-3YY4", "847H-MP1P-AKX5", "1E2Y-C422-93EK")


@pytest.fixture
def code(registered: Handset) -> str:
    return code_in(registered.text("цель 8"))


def test_before_the_shift_a_code_gets_no_verdict(officer: Handset, code: str) -> None:
    answer = officer.text(code)

    assert "СМЕНА" in answer and "*2506" not in answer


def test_a_wrong_pin_opens_nothing_and_five_lock(officer: Handset) -> None:
    for _ in range(5):
        officer.text("СМЕНА 1111")

    assert "начальник" in officer.text("СМЕНА 4821")


def test_forged_wrong_pins_take_no_officer_off_duty_but_open_no_other_shift(
    on_shift: Handset, code: str, clock: Clock
) -> None:
    for _ in range(6):
        on_shift.text("СМЕНА 1111")
    during = on_shift.text(code)
    on_shift.text(UNKNOWN[0])
    clock.pass_by(hours=13)

    assert during.startswith(GREEN)
    assert "ПИН" in on_shift.text("СМЕНА 4821") and "ПИН" in on_shift.text(code)


def test_wrong_pins_are_no_way_around_the_limit_on_guesses(on_shift: Handset, code: str) -> None:
    for _ in range(5):
        on_shift.text("СМЕНА 1111")
    for unknown in UNKNOWN[:3]:
        on_shift.text(unknown)

    assert GREEN not in on_shift.text(code)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("spell", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_one_code_one_verdict_in_any_spelling(on_shift: Handset, code: str, spell: Callable[[str], str]) -> None:
    answer = on_shift.text(spell(code))

    assert answer == on_shift.text(code) and answer.startswith(GREEN) and "И.И.И. *2506" in answer


def test_a_mistyped_code_is_never_called_unknown(on_shift: Handset, code: str) -> None:
    wrong = ("A" if code[0] != "A" else "E") + code[1:]

    answer = on_shift.text(wrong)

    assert answer.startswith(AMBER) and answer == on_shift.text(wrong)


def test_a_pass_past_its_end_is_expired_and_a_withdrawn_one_revoked(
    on_shift: Handset, registered: Handset, code: str, clock: Clock
) -> None:
    registered.text("отмена")
    revoked = on_shift.text(code)
    second = code_in(registered.text("цель 3"))
    clock.pass_by(hours=2)

    expired = on_shift.text(second)

    assert revoked != expired and GREEN not in revoked + expired


def test_several_codes_get_a_line_each(on_shift: Handset, registered: Handset, code: str) -> None:
    other = code_in(registered.text("цель 3"))

    lines = on_shift.text(f"{code}, {other}").splitlines()

    assert [line.startswith(GREEN) for line in lines] == [True, True]


def test_three_unknown_codes_lock_until_a_supervisor_unlocks(on_shift: Handset, code: str, store: Store) -> None:
    for unknown in UNKNOWN[:3]:
        on_shift.text(unknown)
    locked = on_shift.text(code)
    with store.work() as work:
        unlock(work, officer_on(work, on_shift.number) or "", "supervisor", UnlockReason.SPOKEN_WITH)

    assert GREEN not in locked and on_shift.text(code).startswith(GREEN)


def test_unknown_codes_are_counted_by_the_day(on_shift: Handset, registered: Handset, clock: Clock) -> None:
    for unknown in UNKNOWN[:2]:
        on_shift.text(unknown)
    clock.pass_by(days=1)
    on_shift.text("СМЕНА 4821")
    on_shift.text(UNKNOWN[2])

    assert on_shift.text(code_in(registered.text("цель 8"))).startswith(GREEN)


def test_a_citizen_learns_nothing_about_codes(phones: Phones, code: str) -> None:
    stranger = phones("77")

    assert stranger.text(code) == stranger.text(UNKNOWN[0])


def test_an_officer_is_a_citizen_too(on_shift: Handset) -> None:
    on_shift.text("РЕГИСТРАЦИЯ#9210000001")

    assert code_in(on_shift.text("цель 8"))


def test_a_shift_ends_by_itself(on_shift: Handset, code: str, clock: Clock) -> None:
    clock.pass_by(hours=13)

    assert "СМЕНА" in on_shift.text(code)


def test_more_than_ten_codes_get_no_verdict_but_a_word(on_shift: Handset) -> None:
    codes = ", ".join(UNKNOWN[:1] + tuple(f"{UNKNOWN[1][:-1]}{sign}" for sign in "123456789AEK"))

    answer = on_shift.text(codes)

    assert "10" in answer and RED not in answer and AMBER not in answer
