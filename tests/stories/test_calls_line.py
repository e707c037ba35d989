"""The line for an agent and calls back: nobody at work, waiting, nine, missed calls, the night, the cap."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from codes.agents import go_available
from store import Store
from store.messages import OutboxMessage
from store.phones import ensure_phone
from store.staff import Agent, Staff
from telephony.simulator.carrier import Carrier, Handset
from telephony.voice.documents import LINE
from tests.clock import Clock

Deliver = Callable[[], None]


@pytest.fixture
def at_desk(phones: Callable[[str], Handset], store: Store) -> Callable[[str], Handset]:
    """An agent who goes available with the telephone of these digits."""

    def sit_down(digits: str) -> Handset:
        handset = phones(digits)
        with store.work() as work:
            account = {"name": f"Agent {digits}", "roles": "agent", "created_at": work.now, "wrong_sign_ins": 0}
            work.insert(Staff, id=f"agent-{digits}", **account)
            go_available(work, f"agent-{digits}", ensure_phone(work, handset.number))
        return handset

    return sit_down


@pytest.fixture
def owed(store: Store) -> Callable[[], list[tuple[str, str]]]:
    """What calls we owe or owed, and how far they are."""

    def read() -> list[tuple[str, str]]:
        calls = select(OutboxMessage.template, OutboxMessage.state).where(OutboxMessage.kind == "call")
        with store.reading() as work:
            return [(row.template, row.state) for row in work.rows(calls.order_by(OutboxMessage.id))]

    return read


def presence(store: Store) -> list[str]:
    with store.reading() as work:
        return [row.presence for row in work.rows(select(Agent.presence, Agent.staff_id).order_by(Agent.staff_id))]


def test_zero_brings_an_agent_and_the_call_is_announced_as_recorded(
    registered: Handset, at_desk: Callable[[str], Handset], delivers: Deliver, store: Store
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#").hears("оператор", "записывается")
    assert call.waiting

    delivers()
    leg = agent.answers()

    call.hears("записывается")
    assert call.bridged and leg.bridged and presence(store) == ["connected"]
    leg.says("Здравствуйте, чем помочь?")
    call.hears("Здравствуйте, чем помочь?")


def test_with_nobody_at_work_a_call_back_is_promised(
    registered: Handset, owed: Callable[[], list[tuple[str, str]]]
) -> None:
    call = registered.calls().presses("0#").hears("перезвоним")

    assert call.ended and owed() == [("call_back", "created")]


def test_two_agents_and_one_caller_one_gets_it(
    registered: Handset, at_desk: Callable[[str], Handset], delivers: Deliver, store: Store
) -> None:
    first, second = at_desk("7"), at_desk("8")

    call = registered.calls().presses("0#")
    delivers()

    ringing = [handset for handset in (first, second) if handset.rings]
    assert len(ringing) == 1
    ringing[0].answers()
    assert call.bridged and sorted(presence(store)) == ["available", "connected"]


def test_an_agent_who_does_not_answer_is_away_and_the_next_is_rung(
    registered: Handset, at_desk: Callable[[str], Handset], delivers: Deliver, carrier: Carrier, store: Store
) -> None:
    first, second = at_desk("7"), at_desk("8")
    call = registered.calls().presses("0#")
    delivers()

    silent, other = (first, second) if first.rings else (second, first)
    silent.declines()
    carrier.settle()
    delivers()

    other.answers()
    assert call.bridged and sorted(presence(store)) == ["away", "connected"]


def test_the_caller_hangs_up_before_the_agent_answers(
    registered: Handset, at_desk: Callable[[str], Handset], delivers: Deliver, carrier: Carrier, store: Store
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    call.hangs_up()
    carrier.settle()

    leg = agent.answers().stays_silent()
    carrier.settle()

    leg.hears("положил трубку")
    assert leg.ended and presence(store) == ["available"]


def test_when_the_agents_line_breaks_the_caller_may_be_connected_again(
    registered: Handset, at_desk: Callable[[str], Handset], delivers: Deliver, carrier: Carrier, store: Store
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    leg = agent.answers()

    leg.hangs_up()
    carrier.settle()

    assert not call.ended and presence(store) == ["wrapping_up"]
    assert call.presses("0").waiting


def test_after_the_talk_the_agent_wraps_up(
    registered: Handset, at_desk: Callable[[str], Handset], delivers: Deliver, carrier: Carrier, store: Store
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    delivers()
    agent.answers()

    call.hangs_up()
    carrier.settle()

    assert presence(store) == ["wrapping_up"] and agent.call is None


def test_nine_in_the_line_is_called_back_when_an_agent_is_free(
    registered: Handset,
    at_desk: Callable[[str], Handset],
    delivers: Deliver,
    carrier: Carrier,
    store: Store,
    owed: Callable[[], list[tuple[str, str]]],
) -> None:
    agent = at_desk("7")
    call = registered.calls().presses("0#")
    call.hears("девять").presses("9").hears("перезвоним")
    delivers()
    agent.answers().stays_silent()  # nobody waits any more
    carrier.settle()
    delivers()

    back = registered.answers()
    back.hears("мы перезваниваем")
    assert back.waiting and ("call_back", "sent") in owed()
    delivers()
    agent.answers()
    assert back.bridged


def test_whoever_hangs_up_at_once_is_called_back_once(
    registered: Handset, delivers: Deliver, carrier: Carrier, owed: Callable[[], list[tuple[str, str]]], clock: Clock
) -> None:
    registered.calls().hangs_up()
    carrier.settle()
    registered.calls().hangs_up()
    carrier.settle()
    assert owed() == [("call_back", "created")]

    clock.pass_by(seconds=10)
    delivers()

    back = registered.answers()
    back.hears("мы перезваниваем").presses("8#").presses("2506").hears("Пропуск выдан")


def test_whoever_stays_longer_is_not_called_back(
    registered: Handset, carrier: Carrier, clock: Clock, owed: Callable[[], list[tuple[str, str]]]
) -> None:
    call = registered.calls()
    clock.pass_by(seconds=6)
    call.hangs_up()
    carrier.settle()

    assert owed() == []


def test_whoever_reaches_us_first_is_not_called_back(
    registered: Handset, delivers: Deliver, carrier: Carrier, clock: Clock, owed: Callable[[], list[tuple[str, str]]]
) -> None:
    registered.calls().hangs_up()
    carrier.settle()

    registered.calls().presses("8#").presses("2506").hangs_up()
    clock.pass_by(seconds=10)
    delivers()

    assert owed() == [("call_back", "failed")] and registered.rings is None


def test_nobody_is_called_back_at_night(registered: Handset, delivers: Deliver, carrier: Carrier, clock: Clock) -> None:
    clock.pass_by(hours=11)  # 23:00
    registered.calls().hangs_up()
    carrier.settle()

    clock.pass_by(hours=2)
    delivers()
    assert registered.rings is None

    clock.pass_by(hours=7)
    delivers()
    assert registered.rings


def test_a_number_is_called_back_three_times_a_day_at_most(
    registered: Handset, delivers: Deliver, carrier: Carrier, clock: Clock, owed: Callable[[], list[tuple[str, str]]]
) -> None:
    for _ in range(5):
        registered.calls().hangs_up()
        carrier.settle()
        clock.pass_by(seconds=10)
        delivers()
        if registered.rings:
            registered.declines()
        carrier.settle()

    assert len(owed()) == 3


def test_a_number_from_abroad_is_not_called_back(carrier: Carrier, owed: Callable[[], list[tuple[str, str]]]) -> None:
    carrier.handset("+37322000001").calls().hangs_up()
    carrier.settle()

    assert owed() == []


def test_a_hidden_number_waits_for_an_agent_and_has_no_row(
    carrier: Carrier, at_desk: Callable[[str], Handset], delivers: Deliver
) -> None:
    agent = at_desk("7")
    call = carrier.call("anonymous")

    delivers()
    agent.answers()

    assert carrier.network.ledger.calls.get(call.sid).bridged  # type: ignore[union-attr]


def test_when_no_more_may_wait_a_call_back_is_promised(
    registered: Handset, at_desk: Callable[[str], Handset], carrier: Carrier, phones: Callable[[str], Handset]
) -> None:
    at_desk("7")
    phones("5").calls().presses("0#")
    queues = carrier.exchange.directory.queues
    queues.configure(queues.make(LINE).sid, None, 1)

    registered.calls().presses("0#").hears("Все операторы заняты")
