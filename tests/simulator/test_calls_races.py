"""Two want one caller, and people who hang up in the very moment in which something else happens."""

import threading

import pytest

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.voice.phoning import PhoneCall

from .service import Answer, Asked, FakeService, twiml, waits

pytestmark = pytest.mark.usefixtures("desk")


def test_two_agents_dial_one_queue_and_one_gets_the_caller(carrier: Carrier, agent: Handset) -> None:
    waits(carrier, 1).hangs_up()
    one, two = agent.calls(), carrier.handset("+79990000098").calls()

    caller = waits(carrier, 1)

    assert [one.bridged, two.bridged] == [True, False]
    one.hangs_up()
    assert caller.ended and not two.ended
    assert waits(carrier, 2).bridged and two.bridged


def test_many_agents_at_once_never_share_a_caller(carrier: Carrier) -> None:
    callers = [waits(carrier, digit) for digit in range(1, 7)]
    agents: list[PhoneCall] = []
    start = threading.Barrier(8)

    def dial(number: int) -> None:
        phone = carrier.handset(f"+7999000009{number}")
        start.wait()
        agents.append(phone.calls())

    threads = [threading.Thread(target=dial, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(caller.bridged for caller in callers)
    assert sum(agent.bridged for agent in agents) == 6


def test_a_caller_who_hangs_up_while_being_told_is_no_caller(
    carrier: Carrier, service: FakeService, agent: Handset
) -> None:
    first, second = waits(carrier, 1), waits(carrier, 2)
    service.on("/told", lambda asked: _hang_up(first, asked))

    talk = agent.calls()

    assert first.ended and second.bridged and talk.bridged


def test_an_agent_who_goes_while_the_caller_is_told_leaves_the_caller_to_the_action(
    carrier: Carrier, service: FakeService, agent: Handset
) -> None:
    caller = waits(carrier, 1)
    service.on("/told", lambda _: _agent_hangs_up(agent))

    agent.calls()

    caller.hears("result bridging-in-process")


def _hang_up(call: PhoneCall, asked: Asked) -> Answer:
    if asked.form["CallSid"] == call.sid:
        call.hangs_up()
    return twiml("<Say>told</Say>")


def _agent_hangs_up(agent: Handset) -> Answer:
    call = agent.call
    assert call is not None
    call.hangs_up()
    return twiml("<Say>told</Say>")


@pytest.mark.parametrize("path", ["/telephony/voice", "/wait", "/told", "/queued", "/dialled"])
@pytest.mark.parametrize("who", ["caller", "agent", "both"])
def test_whoever_hangs_up_at_whatever_moment_nothing_stays_behind(
    carrier: Carrier, service: FakeService, agent: Handset, path: str, who: str
) -> None:
    answer, phone = service.answers[path], carrier.handset("+79990000001")

    def hanging_up(asked: Asked) -> Answer:
        for handset in {"caller": [phone], "agent": [agent], "both": [phone, agent]}[who]:
            if handset.call:
                handset.call.hangs_up()
        return answer(asked)

    service.on(path, hanging_up)
    phone.calls()
    agent.calls()
    service.on(path, answer)
    for handset in (phone, agent):
        if handset.call:
            handset.call.hangs_up()
    carrier.settle()

    # Whoever hangs up before the service has answered was not answered.
    assert {call.status.value for call in carrier.ledger.calls} <= {"completed", "no-answer"}
    assert (phone.call, agent.call) == (None, None)
    assert all(not queue.members and not queue.agents for queue in carrier.exchange.directory.queues.all())
    assert len(service.at("/ended")) == 2
