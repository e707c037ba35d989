"""The line for an agent and calls back: nobody at work, waiting, nine, missed calls, the night, the cap."""

from collections.abc import Callable

from store import Store
from telephony.simulator.carrier import Carrier, Handset
from tests.stories.calling import presence

Deliver = Callable[[], None]


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
