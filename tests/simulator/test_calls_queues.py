"""Callers wait in a queue, agents fetch them, and the two talk."""

import pytest

from telephony.simulator.carrier import Carrier, Handset

from .service import FakeService, twiml, waits

VOICE = "/telephony/voice"
pytestmark = pytest.mark.usefixtures("desk")


def test_a_caller_hears_the_place_in_the_queue(carrier: Carrier, service: FakeService) -> None:
    first, second = waits(carrier, 1), waits(carrier, 2)

    first.hears("You are number 1")
    second.hears("You are number 2")
    assert (first.waiting, second.record.queue and second.record.queue.position) == (True, 2)
    form = service.at("/wait")[1].form
    assert (form["CurrentQueueSize"], form["QueueTime"], form["AvgQueueTime"], form["MaxQueueSize"]) == (
        *("2", "0", "0"),
        "100",
    )
    assert form["QueueSid"].startswith("QU")

    first.hangs_up()
    assert second.record.queue and second.record.queue.position == 1
    second.stays_silent().stays_silent().hears("You are number 1")


def test_keys_work_in_the_queue_and_lead_out_of_it(carrier: Carrier) -> None:
    call = waits(carrier, 1)

    call.presses("5").hears("stay")
    assert call.waiting
    call.stays_silent().presses("0").hears("result leave")

    assert (call.waiting, call.ended) == (False, True)


def test_an_agent_fetches_the_first_caller_who_is_told_before(
    carrier: Carrier, service: FakeService, agent: Handset
) -> None:
    caller, other = waits(carrier, 1), waits(carrier, 2)

    talk = agent.calls()

    assert (caller.bridged, talk.bridged, other.waiting) == (True, True, True)
    caller.hears("The call is recorded")
    form = service.at("/told")[0].form
    assert (form["CallSid"], form["DequeingCallSid"], form["QueueTime"]) == (caller.sid, talk.sid, "0")
    caller.says("Я потерял пропуск")
    talk.hears("Я потерял пропуск")
    talk.says("Назовите имя")
    assert caller.heard == ["Назовите имя"]
    talk.presses("5")
    caller.hears("5")


def test_when_the_agent_goes_the_caller_goes_on(carrier: Carrier, service: FakeService, agent: Handset) -> None:
    caller = waits(carrier, 1)
    talk = agent.calls().hangs_up()

    caller.hears("result bridged")
    assert (talk.status, caller.status) == ("completed", "completed")
    form = service.at("/dialled")[0].form
    assert (form["DialCallStatus"], form["CallStatus"], form["DialBridged"]) == ("completed", "completed", "true")
    assert (form["DialCallSid"], form["DialCallDuration"]) == (caller.sid, "0")


def test_when_the_caller_goes_the_agent_goes_on(carrier: Carrier, service: FakeService, agent: Handset) -> None:
    caller = waits(carrier, 1)
    talk = agent.calls()
    caller.hangs_up()

    talk.hears("dial completed")
    assert talk.ended
    assert service.at("/queued")[0].form["QueueResult"] == "bridged"


def test_an_agent_waits_for_the_next_caller(carrier: Carrier, agent: Handset) -> None:
    waits(carrier, 1).hangs_up()
    talk = agent.calls()
    assert (talk.bridged, talk.ended) == (False, False)

    caller = waits(carrier, 1)

    assert (talk.bridged, caller.bridged) == (True, True)


def test_an_agent_whom_nobody_calls_is_told_so(carrier: Carrier, agent: Handset) -> None:
    waits(carrier, 1).hangs_up()

    agent.calls().stays_silent().hears("dial no-answer")


def test_a_queue_that_does_not_exist_cannot_be_dialled(agent: Handset) -> None:
    agent.calls().hears("dial failed")


def test_a_caller_who_hangs_up_in_the_queue_is_reported(carrier: Carrier, service: FakeService) -> None:
    waits(carrier, 1).hangs_up()

    form = service.at("/queued")[0].form
    assert (form["QueueResult"], form["CallStatus"]) == ("hangup", "completed")


def test_a_full_queue_turns_callers_away(carrier: Carrier) -> None:
    waits(carrier, 1)
    (queue,) = carrier.exchange.directory.queues.all()
    carrier.exchange.directory.queues.configure(queue.sid, None, 1)

    waits(carrier, 2).hears("result queue-full")


def test_a_broken_wait_url_is_an_error(carrier: Carrier, service: FakeService) -> None:
    service.on("/wait", lambda _: ("no", 500))

    waits(carrier, 1).hears("result error")


def test_without_wait_url_there_is_music_and_without_action_the_next_verb(
    carrier: Carrier, service: FakeService, agent: Handset
) -> None:
    service.on("/plain", lambda _: twiml("<Enqueue>help</Enqueue><Say>after the queue</Say>"))
    service.on("/wait", lambda _: twiml("<Say>stay</Say>"))
    service.on(VOICE, lambda asked: twiml("<Redirect>/plain</Redirect>"))
    caller = waits(carrier, 1)
    assert caller.heard == ["music"]
    service.on(VOICE, lambda _: twiml("<Dial><Queue>help</Queue></Dial><Say>next</Say>"))

    agent.calls().hangs_up()

    assert caller.heard[-1] == "after the queue"


def test_what_has_no_place_in_a_queue_is_a_warning(carrier: Carrier, service: FakeService) -> None:
    service.on("/wait", lambda _: twiml("<Dial>+79990000005</Dial><Say>stay</Say>"))

    waits(carrier, 1).hears("stay")

    assert [entry.code for entry in carrier.ledger.debugger] == [12200]


def test_star_ends_the_conversation_where_it_shall(carrier: Carrier, service: FakeService, agent: Handset) -> None:
    caller = waits(carrier, 1)
    service.on(VOICE, lambda _: twiml('<Dial hangupOnStar="true"><Queue>help</Queue></Dial><Say>next</Say>'))

    agent.calls().presses("1*").hears("next")

    caller.hears("result bridged")


def test_the_longest_time_ends_the_conversation(carrier: Carrier, service: FakeService, agent: Handset) -> None:
    waits(carrier, 1)
    service.on(VOICE, lambda _: twiml('<Dial timeLimit="60"><Queue>help</Queue></Dial><Say>next</Say>'))

    agent.calls().stays_silent().hears("next")
