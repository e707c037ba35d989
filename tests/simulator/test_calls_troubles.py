"""What goes wrong in a call, on either side, and how the carrier lives with it."""

from dataclasses import replace

import pytest
from flask import Response

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.faults import Fault
from telephony.simulator.signing import SignedForm
from telephony.simulator.timers import HeldTimer
from telephony.simulator.wires import Reply, WsgiWire

from .service import SETTINGS, FakeService, twiml, waits

VOICE = "/telephony/voice"
MENU = '<Gather numDigits="1" action="/chosen"><Say>Нажмите один</Say></Gather>'


def codes(carrier: Carrier) -> list[int]:
    return [entry.code for entry in carrier.ledger.debugger]


def configure(carrier: Carrier, **fields: str) -> None:
    (number,) = carrier.ledger.numbers
    carrier.ledger.numbers.put(number.sid, replace(number, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", [Fault.DUPLICATE, Fault.LOST_RESPONSE])
def test_a_question_comes_twice_under_one_token(
    service: FakeService, phone: Handset, carrier: Carrier, fault: Fault
) -> None:
    carrier.faults.switch(fault, times=1)
    service.on(VOICE, lambda _: twiml(MENU))

    call = phone.calls()

    first, again = service.at(VOICE)
    assert first == again
    assert call.heard == ["Нажмите один"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response("no", 500), 11200),
        (Response("{}", content_type="application/json"), 12300),
        (Response("<Response><Say>", content_type="text/xml"), 12100),
        (Response("<!DOCTYPE x><Response/>", content_type="text/xml"), 12100),
        (Response("<Other/>", content_type="text/xml"), 12102),
        (Response("<Response>" + " " * 65536 + "</Response>", content_type="text/xml"), 11750),
    ],
)
def test_what_cannot_be_done_is_apologised_for(
    service: FakeService, phone: Handset, carrier: Carrier, answer: Response, code: int
) -> None:
    service.on(VOICE, lambda _: answer)

    call = phone.calls()

    assert codes(carrier) == [code]
    assert call.heard == ["We're sorry, an application error has occurred. Goodbye."]
    assert call.status == "completed"


def test_the_fallback_url_is_told_what_went_wrong(service: FakeService, phone: Handset, carrier: Carrier) -> None:
    configure(carrier, voice_fallback_url="https://pass.example/instead")
    service.on(VOICE, lambda _: twiml(MENU))
    service.on("/chosen", lambda _: ("no", 503))
    service.on("/instead", lambda _: twiml("<Say>instead</Say>"))

    phone.calls().presses("1").hears("instead")

    form = service.at("/instead")[0].form
    assert (form["ErrorCode"], form["ErrorUrl"]) == ("11200", "https://pass.example/chosen")


def test_a_fallback_that_fails_too_is_the_end(service: FakeService, phone: Handset, carrier: Carrier) -> None:
    configure(carrier, voice_fallback_url="https://pass.example/instead")
    service.on(VOICE, lambda _: ("no", 500))
    service.on("/instead", lambda _: ("no", 500))

    phone.calls().hears("application error")

    assert codes(carrier) == [11200, 11200]


def test_an_endless_loop_of_documents_is_ended(service: FakeService, phone: Handset, carrier: Carrier) -> None:
    service.on(VOICE, lambda _: twiml("<Redirect/>"))

    phone.calls().hears("application error")

    assert (len(service.at(VOICE)), codes(carrier)) == (50, [11215])


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<Sms>x</Sms>", 12200),
        ('<Say tone="x">hi</Say>', 12200),
        ("<Say/>", 13520),
        ('<Say loop="x">hi</Say>', 13510),
        ('<Play loop="-1">a</Play>', 13410),
        ('<Pause length="0"/>', 13910),
        ('<Gather timeout="0"/>', 13313),
        ('<Gather numDigits="x"/>', 13314),
        ('<Gather finishOnKey="##"/>', 13310),
        ('<Gather input="eyes"/>', 13326),
        ('<Gather speechTimeout="0"/>', 13327),
        ('<Gather method="PUT"/>', 13312),
        ('<Gather bargeIn="x"/>', 13332),
        ('<Gather actionOnEmptyResult="x"/>', 13338),
        ("<Gather><Dial/></Gather>", 13320),
        ('<Redirect method="X">/nowhere</Redirect>', 13710),
    ],
)
def test_what_is_wrong_with_an_attribute_is_a_warning(
    service: FakeService, phone: Handset, carrier: Carrier, markup: str, code: int
) -> None:
    service.on(VOICE, lambda _: twiml(markup))

    phone.calls()

    assert codes(carrier) == [code]


def test_a_number_of_nobody_fails(carrier: Carrier) -> None:
    assert carrier.call("+79990000001", "+79991234567").status == "failed"
    assert codes(carrier) == [13223]


def test_a_wire_that_breaks_ends_the_call(service: FakeService) -> None:
    class Broken(WsgiWire):
        def send(self, method: str, form: SignedForm, connect: float, read: float) -> Reply:
            if form.url.endswith("/chosen"):
                raise RuntimeError("broken")
            return super().send(method, form, connect, read)

    carrier = Carrier(SETTINGS, wire=Broken(service.app()), timer=HeldTimer())
    service.on(VOICE, lambda _: twiml(MENU))
    call = carrier.handset("+79990000001").calls()

    with pytest.raises(RuntimeError, match="broken"):
        call.presses("1")

    assert call.status == "failed"
    assert carrier.handset("+79990000001").calls().status == "in-progress"


@pytest.mark.parametrize("path", ["/told", "/screen"])
def test_an_announcement_that_fails_keeps_nobody_from_talking(
    service: FakeService, carrier: Carrier, phone: Handset, agent: Handset, desk: None, path: str
) -> None:
    service.on(path, lambda _: ("no", 500))
    if path == "/told":
        call = waits(carrier, 1)
        agent.calls()
    else:
        service.on(VOICE, lambda _: twiml(f'<Dial><Number url="/screen">{agent.number}</Number></Dial>'))
        call = phone.calls()
        agent.answers()

    assert call.bridged
    assert codes(carrier) == [11200]


def test_callbacks_that_fail_are_in_the_log(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    for path in ("/ended", "/telephony/voice/ended", "/noted", "/recorded"):
        service.on(path, lambda _: ("no", 500))
    service.on(VOICE, lambda _: twiml('<Record action="/noted" playBeep="false" recordingStatusCallback="/recorded"/>'))

    phone.calls().says("words").hangs_up()
    carrier.settle()

    assert codes(carrier) == [11200, 11200, 11200]


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        (Response("just words", content_type="text/plain"), "just words"),
        (Response(b"RIFF", content_type="audio/x-wav"), "https://pass.example/telephony/voice"),
        (twiml("<Say>two\n   <prosody>lines</prosody></Say>"), "two lines"),
        (twiml('<Play digits="12#"/>'), "12#"),
    ],
)
def test_answers_of_other_kinds_are_heard(service: FakeService, phone: Handset, answer: Response, heard: str) -> None:
    service.on(VOICE, lambda _: answer)

    assert phone.calls().heard == [heard]


@pytest.mark.parametrize(
    "markup", ["<Enqueue/>", f"<Enqueue>{'x' * 65}</Enqueue>", '<Enqueue workflowSid="WW1">x</Enqueue>']
)
def test_a_queue_needs_a_name(service: FakeService, phone: Handset, carrier: Carrier, markup: str) -> None:
    service.on(VOICE, lambda _: twiml(markup))

    phone.calls().hears("application error")

    assert codes(carrier) == [12200]


def test_a_call_that_is_not_known_can_be_asked_nothing(carrier: Carrier, phone: Handset) -> None:
    with pytest.raises(LookupError):
        carrier.exchange.redeliver("CA1")
    call = phone.calls()
    carrier.ledger.calls.remove(call.sid)
    with pytest.raises(LookupError):
        call.hears("x")


def test_nothing_waits_for_a_time_in_a_conversation(
    service: FakeService, carrier: Carrier, agent: Handset, desk: None
) -> None:
    call = waits(carrier, 1)
    agent.calls()

    with pytest.raises(AssertionError, match="nothing in this call waits"):
        call.stays_silent()


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ('<Record finishOnKey="x"/>', 13613),
        ('<Record maxLength="0"/>', 13612),
        ('<Record timeout="x"/>', 13611),
        ('<Record method="x"/>', 13610),
        ('<Record playBeep="x"/>', 13616),
    ],
)
def test_what_is_wrong_with_a_recording_is_a_warning(
    service: FakeService, phone: Handset, carrier: Carrier, markup: str, code: int
) -> None:
    service.on(VOICE, lambda _: twiml(markup))

    phone.calls()

    assert codes(carrier) == [code]
