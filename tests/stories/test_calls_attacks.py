"""Whoever wants to hear what is not theirs, or calls while things change: guessing, midnight, orders, empty answers."""

from collections.abc import Callable

from sqlalchemy import select
from sqlmodel import col

from codes.regimes import activate, preset
from store import Store
from store.calls import Call
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.voice.phoning import PhoneCall
from tests.clock import Clock
from tests.stories.calling import ISSUED, TAIL, passes

LIMIT = 5
"""Wrong tries a day."""


def wrong_tries(store: Store) -> int:
    with store.reading() as work:
        return sum(row.wrong_proofs for row in work.rows(select(col(Call.wrong_proofs))))


def guess(call: PhoneCall, times: int) -> None:
    """Tries one tail after the other; a star in between is an answer that helps, so that nobody loses patience."""
    for number in range(times):
        if call.ended or (TAIL not in call.heard[-1] and "четыре цифры" not in call.heard[-1]):
            return
        call.presses(f"{1000 + number}").presses("*").stays_silent()


def test_in_one_call_nobody_guesses_more_than_five_ends(registered: Handset, store: Store) -> None:
    guess(registered.calls().presses("8#"), 20)

    assert wrong_tries(store) == LIMIT


def test_a_call_over_midnight_brings_no_more_guesses(registered: Handset, store: Store, clock: Clock) -> None:
    clock.pass_by(hours=11, minutes=59)  # 23:59
    call = registered.calls().presses("8#")
    clock.pass_by(minutes=2)

    guess(call, 20)
    call.hangs_up()
    guess(registered.calls().presses("8#"), 20)

    assert wrong_tries(store) == LIMIT


def test_a_day_later_one_may_try_again(registered: Handset, store: Store, clock: Clock) -> None:
    guess(registered.calls().presses("8#"), 20)
    clock.pass_by(days=1, minutes=1)
    registered.call.hangs_up()  # type: ignore[union-attr]

    registered.calls().presses("8#").presses("2506").hears(ISSUED)


def test_a_number_keyed_under_one_order_is_no_purpose_of_the_next(
    registered: Handset, store: Store, clock: Clock
) -> None:
    call = registered.calls().presses("3#").hears(TAIL)
    with store.work() as work:
        activate(work, preset("nizhny-2020"), clock.now, "tests")

    call.presses("2506").hears("Для чего вам нужен пропуск", "3: Аптека")
    assert passes(store) == 0

    call.presses("2#").hears(ISSUED, "Врач")


def test_whoever_has_the_answer_and_is_silent_is_wished_goodbye_and_not_called_back(
    registered: Handset, owed: Callable[[], list[tuple[str, str]]]
) -> None:
    call = registered.calls().presses("8#").presses("2506").hears(ISSUED)

    call.stays_silent().stays_silent().stays_silent().hears("До свидания")

    assert call.ended and owed() == []


def test_a_machine_that_takes_our_call_is_called_no_second_time(
    registered: Handset,
    carrier: Carrier,
    clock: Clock,
    delivers: Callable[[], None],
    owed: Callable[[], list[tuple[str, str]]],
) -> None:
    registered.calls().hangs_up()
    carrier.settle()
    clock.pass_by(seconds=10)
    delivers()

    back = registered.answers().stays_silent().stays_silent().stays_silent()
    carrier.settle()

    assert back.ended and owed() == [("call_back", "delivered")]


def test_a_number_from_abroad_is_told_that_it_cannot_be_called_back(carrier: Carrier) -> None:
    carrier.handset("+37322000001").calls().presses("0#").hears("только на обычный номер этой страны")


def test_a_hash_that_ends_the_purpose_is_no_wish_for_a_text(registered: Handset, store: Store, clock: Clock) -> None:
    with store.work() as work:
        activate(work, preset("nizhny-2020"), clock.now, "tests")
    call = registered.calls().presses("2#").presses("250")

    call.hears(TAIL).presses("2506").hears(ISSUED, "Ваш код")

    assert wrong_tries(store) == 0
