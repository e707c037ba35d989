"""A call dials telephones: who answers, who does not, and what the call does afterwards."""

import pytest

from telephony.simulator.carrier import Carrier, Handset

from .service import FakeService, twiml

VOICE = "/telephony/voice"


def test_a_call_dials_a_telephone_and_goes_on_afterwards(
    service: FakeService, phone: Handset, carrier: Carrier
) -> None:
    service.on(VOICE, lambda _: twiml('<Dial action="/dialled">+79990000002</Dial>'))
    service.on("/dialled", lambda asked: twiml(f"<Say>{asked.form['DialCallStatus']}</Say>"))
    other = carrier.handset("+79990000002")

    call = phone.calls()
    assert other.rings and not call.bridged
    answered = other.answers()
    call.says("hello")
    answered.hears("hello")
    assert (answered.record.sender, answered.record.parent_sid) == (phone.number, call.sid)
    answered.hangs_up()

    call.hears("completed")
    form = service.at("/dialled")[0].form
    assert (form["DialCallSid"], form["DialCallDuration"], form["DialBridged"]) == (answered.sid, "0", "true")


@pytest.mark.parametrize(
    ("what", "status"), [("declines", "busy"), ("ignores", "no-answer"), ("caller hangs up", "canceled")]
)
def test_a_telephone_that_is_dialled_in_vain(
    service: FakeService, phone: Handset, carrier: Carrier, what: str, status: str
) -> None:
    service.on(VOICE, lambda _: twiml('<Dial action="/dialled"><Number>+79990000002</Number></Dial>'))
    other, call = carrier.handset("+79990000002"), phone.calls()
    ringing = other.rings
    if what == "caller hangs up":
        call.hangs_up()
    else:
        getattr(other, what)()

    assert ringing and ringing.status == status
    assert service.at("/dialled")[0].form["DialCallStatus"] == status


def test_without_an_action_the_next_verb_follows(service: FakeService, phone: Handset, carrier: Carrier) -> None:
    service.on(VOICE, lambda _: twiml("<Dial>+79990000002</Dial><Say>Nobody there</Say>"))
    other, call = carrier.handset("+79990000002"), phone.calls()
    other.declines()

    call.hears("Nobody there")


def test_of_several_telephones_the_first_to_answer_talks(
    service: FakeService, phone: Handset, carrier: Carrier
) -> None:
    numbers = "".join(f"<Number>+7999000000{digit}</Number>" for digit in (2, 3, 4))
    service.on(VOICE, lambda _: twiml(f"<Dial>{numbers}</Dial>"))
    second, third, fourth = (carrier.handset(f"+7999000000{digit}") for digit in (2, 3, 4))
    call, losing = phone.calls(), fourth.rings
    second.declines()

    talk = third.answers()

    assert call.bridged and talk.bridged
    assert losing and losing.status == "canceled"


def test_whoever_answers_may_be_told_first_and_may_refuse(
    service: FakeService, phone: Handset, carrier: Carrier
) -> None:
    service.on(
        VOICE,
        lambda _: twiml('<Dial action="/dialled"><Number url="/screen">+79990000002</Number></Dial>'),
    )
    service.on("/screen", lambda _: twiml('<Gather numDigits="1" action="/yes"><Say>Press one</Say></Gather><Hangup/>'))
    service.on("/yes", lambda _: twiml("<Say>Connecting</Say>"))
    other, call = carrier.handset("+79990000002"), phone.calls()

    other.answers().hears("Press one").presses("1").hears("Connecting")
    assert call.bridged
    call.hangs_up()

    again = phone.calls()
    other.answers().stays_silent()
    assert not again.bridged
    assert service.at("/dialled")[-1].form["DialBridged"] == "false"


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<Dial>nobody</Dial>", 13223),
        ("<Dial>2590</Dial>", 13224),
        ('<Dial callerId="+79991112233">+79990000002</Dial>', 13214),
        ("<Dial><Conference>x</Conference></Dial>", 13215),
        ('<Dial timeout="x"><Queue>none</Queue></Dial>', 13212),
        ('<Dial record="x"><Queue>none</Queue></Dial>', 13217),
        ('<Dial timeLimit="0"><Queue>none</Queue></Dial>', 13216),
        ('<Dial hangupOnStar="x"><Queue>none</Queue></Dial>', 13213),
        ('<Dial method="PUT"><Queue>none</Queue></Dial>', 13210),
    ],
)
def test_what_cannot_be_dialled_is_told(
    service: FakeService, phone: Handset, carrier: Carrier, markup: str, code: int
) -> None:
    service.on(VOICE, lambda _: twiml(f"{markup}<Say>next</Say>"))

    phone.calls().hears("next")

    assert [entry.code for entry in carrier.ledger.debugger] == [code]
