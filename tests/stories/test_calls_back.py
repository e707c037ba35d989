"""Calls back: who keys nine, who hangs up at once; never twice, not at night, three a day."""

from collections.abc import Callable

from codes.desk.agents import ring_agents
from store import Store
from telephony.simulator.carrier import Carrier, Handset
from telephony.voice.documents import LINE
from tests.clock import Clock

Deliver = Callable[[], None]


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


def test_for_one_free_agent_one_of_those_who_wait_is_called_back_at_a_time(
    phones: Callable[[str], Handset],
    at_desk: Callable[[str], Handset],
    delivers: Deliver,
    carrier: Carrier,
    store: Store,
) -> None:
    wanting = [phones("3"), phones("4")]
    for handset in wanting:
        handset.calls().presses("0#").hears("перезвоним")
    agent = at_desk("7")
    with store.work() as work:
        ring_agents(work)  # whatever else happens at the desk meanwhile
    delivers()

    assert len([handset for handset in wanting if handset.rings]) == 1
    assert agent.rings is None
