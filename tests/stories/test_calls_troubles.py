"""Calls that go wrong: silence, nonsense, wrong keys, hanging up, a step that comes twice, a database that is away."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import col

from store import Store
from store.calls import Call
from telephony.simulator.carrier import Carrier, Handset
from tests.proofs.test_database_away import LIMIT_S, held
from tests.stories.calling import ASKED, ISSUED, passes, proved


def test_silence_thrice_brings_an_agent_or_a_call_back(registered: Handset) -> None:
    call = registered.calls()
    call.stays_silent().hears("ничего не услышал", ASKED)
    call.stays_silent().hears("ничего не услышал")

    call.stays_silent().hears("перезвоним")

    assert call.ended


def test_what_is_not_understood_thrice_brings_an_agent_or_a_call_back(registered: Handset) -> None:
    call = registered.calls().says("абракадабра").hears("не понял")
    call.says("трям брям").hears("не понял")

    assert call.says("ку ка реку").hears("перезвоним").ended


def test_keys_before_the_prompt_ends_are_taken(registered: Handset) -> None:
    call = registered.calls().presses("8#2506")

    call.hears(ISSUED)


def test_hash_first_does_nothing_but_say_the_question_again(registered: Handset, store: Store) -> None:
    call = registered.calls().presses("#").stays_silent()

    call.hears("номер цели")
    assert passes(store) == 0


def test_a_purpose_that_does_not_exist_is_not_understood(registered: Handset, store: Store) -> None:
    registered.calls().presses("77").hears("не понял")

    assert passes(store) == 0


@pytest.mark.parametrize("steps", [(), ("8#",), ("8#", "1111"), ("*",), ("8#", "2506")])
def test_hanging_up_at_any_prompt_leaves_nothing_half_done(
    registered: Handset, carrier: Carrier, store: Store, steps: tuple[str, ...]
) -> None:
    call = registered.calls()
    for keys in steps:
        call.presses(keys)
    call.hangs_up()
    carrier.settle()

    with store.reading() as work:
        states = [row.state for row in work.rows(select(col(Call.state)))]
    assert states == ["ended"] and passes(store) == (1 if steps[-1:] == ("2506",) else 0)


def test_a_redelivered_step_has_one_effect_and_the_same_answer(registered: Handset, store: Store) -> None:
    call = proved(registered)

    first, second = call.redeliver(), call.redeliver()

    assert first == second and "Say" in first and passes(store) == 1


def test_two_calls_of_one_telephone_do_not_mix(registered: Handset, phones: Callable[[str], Handset]) -> None:
    other = phones("2")
    first, second = registered.calls().presses("8#"), other.calls().presses("9219632507#")

    first.presses("2506").hears(ISSUED)
    second.presses("1").hears("фамилию")


def test_a_dialogue_by_text_and_one_by_call_do_not_meet(registered: Handset) -> None:
    registered.text("пропуск")
    call = registered.calls()

    assert "аптек" in registered.text("8").casefold() or "Пропуск" in registered.inbox[-1]
    call.hears(ASKED)


def test_while_somebody_else_holds_the_database_an_apology_is_spoken_in_time_and_nothing_is_done(
    registered: Handset, store: Store, database_url: str
) -> None:
    call = registered.calls()

    with held(database_url):
        began = time.monotonic()
        call.presses("8#").hears("Ошибка у нас")
        taken = time.monotonic() - began

    assert call.ended and taken < LIMIT_S and passes(store) == 0


def test_the_fallback_speaks_without_the_database(registered: Handset, carrier: Carrier) -> None:
    for number in carrier.ledger.numbers:
        url = carrier.settings.public_url
        changed = {"voice_url": f"{url}/telephony/nowhere", "voice_fallback_url": f"{url}/telephony/voice/fallback"}
        carrier.ledger.numbers.change(number.sid, lambda kept, changed=changed: replace(kept, **changed))  # type: ignore[misc]

    registered.calls().hears("не отвечает", "Sorry")
