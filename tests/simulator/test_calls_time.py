"""Calls in real time: prompts take theirs, keys interrupt them, and nobody waits in a thread."""

import threading
import time
from collections.abc import Callable

import pytest

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.timers import ThreadTimer
from telephony.simulator.voice.directory import MOST_LIVE

from .service import SETTINGS, FakeService, twiml, waits

VOICE = "/telephony/voice"
LONG = "word " * 40


@pytest.fixture
def carrier(service: FakeService) -> Carrier:
    return Carrier(SETTINGS, wsgi_app=service.app(), timer=ThreadTimer(workers=4))


def soon(reached: Callable[[], object], seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_prompt_takes_its_time_and_its_text_is_there_at_once(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml("<Say>a second of it</Say><Say>then this</Say>"))
    began = time.monotonic()

    call = phone.calls()

    assert call.heard == ["a second of it"]
    soon(lambda: "then this" in call.heard)
    assert time.monotonic() - began > 0.9
    soon(lambda: call.ended)


def test_a_key_interrupts_the_prompt(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml(f'<Gather numDigits="1" action="/on"><Say>{LONG}</Say></Gather>'))
    service.on("/on", lambda _: twiml("<Say>on</Say>"))

    assert phone.calls().presses("1").heard == ["on"]  # at once, and nothing more of the prompt


def test_a_prompt_that_may_not_be_interrupted_is_not(service: FakeService, phone: Handset) -> None:
    service.on(
        VOICE,
        lambda _: twiml('<Gather numDigits="1" bargeIn="false" action="/on"><Say>a little</Say></Gather>'),
    )

    call = phone.calls()
    call.presses("1")
    soon(lambda: call.record.listening)
    assert service.at("/on") == []
    call.presses("2")

    soon(lambda: service.at("/on") != [])
    assert service.at("/on")[0].form["Digits"] == "2"


def test_the_timeout_begins_after_the_prompt(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather timeout="1"><Say>a second of it</Say></Gather><Say>bye</Say>'))
    began = time.monotonic()
    call = phone.calls()

    soon(lambda: "bye" in call.heard)

    assert 1.9 < time.monotonic() - began < 4


def test_what_is_heard_in_the_queue_begins_anew_until_an_agent_comes(
    service: FakeService, carrier: Carrier, agent: Handset, desk: None
) -> None:
    service.on("/wait", lambda _: twiml("<Say>a</Say>"))
    caller = waits(carrier, 1)
    soon(lambda: len(service.at("/wait")) > 1)

    talk = agent.calls()
    soon(lambda: caller.bridged and talk.bridged)

    asked = len(service.at("/wait"))
    time.sleep(2)
    assert len(service.at("/wait")) == asked
    talk.hangs_up()
    soon(lambda: caller.ended)


def test_a_telephone_rings_as_long_as_it_shall(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Dial timeout="1">+79995554433</Dial><Say>nobody</Say>'))

    call = phone.calls()
    soon(lambda: "nobody" in call.heard)

    assert [one.status for one in carrier.ledger.calls][1] == "no-answer"


def test_a_hundred_calls_need_no_thread_of_their_own(service: FakeService, carrier: Carrier) -> None:
    service.on(VOICE, lambda _: twiml('<Gather timeout="60"/>'))
    before = threading.active_count()

    calls = [carrier.handset(f"+7999111{digit:04}").calls() for digit in range(100)]

    assert all(call.status == "in-progress" for call in calls)
    assert threading.active_count() <= before + 4


def test_too_many_calls_at_once_are_busy(service: FakeService, carrier: Carrier) -> None:
    service.on(VOICE, lambda _: twiml('<Gather timeout="60"/>'))
    for digit in range(MOST_LIVE):
        carrier.call(f"+7999111{digit:04}")

    assert carrier.call("+79990000001").status == "busy"
    assert carrier.ledger.debugger[-1].code == 10004


def test_keys_that_come_while_the_service_thinks_wait_for_its_answer(service: FakeService, phone: Handset) -> None:
    thinking, go = threading.Event(), threading.Event()

    def slowly(_: object) -> object:
        thinking.set()
        go.wait(5)
        return twiml('<Gather numDigits="2" action="/got"/>')

    service.on(VOICE, lambda _: twiml('<Gather numDigits="1" action="/slow"/>'))
    service.on("/slow", slowly)  # type: ignore[arg-type]
    call = phone.calls()
    thread = threading.Thread(target=lambda: call.presses("1"))
    thread.start()
    assert thinking.wait(5)
    call.presses("23")
    assert service.at("/got") == []
    go.set()
    thread.join()

    soon(lambda: service.at("/got"))
    assert service.at("/got")[0].form["Digits"] == "23"


def test_a_hang_up_while_the_service_thinks_ends_the_call(service: FakeService, phone: Handset) -> None:
    thinking, go = threading.Event(), threading.Event()

    def slowly(_: object) -> object:
        thinking.set()
        go.wait(5)
        return twiml("<Say>too late</Say>")

    service.on(VOICE, lambda _: twiml('<Gather numDigits="1" action="/slow"/>'))
    service.on("/slow", slowly)  # type: ignore[arg-type]
    call = phone.calls()
    thread = threading.Thread(target=lambda: call.presses("1"))
    thread.start()
    assert thinking.wait(5)
    call.hangs_up()
    go.set()
    thread.join()

    soon(lambda: call.ended)
    assert "too late" not in call.transcript
