"""The service rings telephones by REST."""

from dataclasses import dataclass

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.faults import Fault

from .service import FakeService, twiml

VOICE = "/telephony/voice"
URL = "https://pass.example/out"
EVERY = ["initiated", "ringing", "answered", "completed"]


@dataclass(frozen=True)
class Made:
    sid: str
    client: Client

    @property
    def status(self) -> str:
        return str(self.client.calls(self.sid).fetch().status)


def ring(client: Client, to: str, **fields: object) -> Made:
    made = client.calls.create(to=to, from_="2590", **{"url": URL, **fields})
    assert (made.status, made.direction, made.start_time) == ("queued", "outbound-api", None)
    return Made(str(made.sid), client)


@pytest.fixture(autouse=True)
def outgoing(service: FakeService) -> None:
    service.on(
        "/out", lambda _: twiml('<Gather numDigits="1" action="/pressed"><Say>Your pass is ready</Say></Gather>')
    )


def test_a_telephone_rings_is_answered_and_hears(client: Client, service: FakeService, phone: Handset) -> None:
    made = ring(client, phone.number)
    assert (phone.rings is not None, made.status) == (True, "ringing")

    call = phone.answers()

    call.hears("Your pass is ready").presses("1")
    form = service.at("/out")[0].form
    assert (form["CallStatus"], form["Direction"], form["From"], form["To"]) == (
        *("in-progress", "outbound-api"),
        *("2590", phone.number),
    )
    assert (call.ended, phone.rings) == (True, None)


def test_a_telephone_that_is_declined_is_busy(client: Client, phone: Handset) -> None:
    made = ring(client, phone.number)
    phone.declines()
    assert made.status == "busy"

    with pytest.raises(AssertionError, match="doesn't ring"):
        phone.answers()


def test_a_telephone_that_is_put_down_while_it_rings_is_busy(client: Client, phone: Handset) -> None:
    made = ring(client, phone.number)
    phone.call and phone.call.hangs_up()

    assert made.status == "busy"


def test_a_telephone_that_is_ignored_does_not_answer(client: Client, phone: Handset) -> None:
    made = ring(client, phone.number, timeout=20)

    assert phone.ignores().status == made.status == "no-answer"


def test_a_telephone_somewhere_does_not_answer(client: Client, carrier: Carrier) -> None:
    made = ring(client, "+79995554433")
    assert made.status == "ringing"
    carrier.settle()

    assert made.status == "no-answer"


def test_a_telephone_in_a_call_is_busy(client: Client, phone: Handset) -> None:
    ring(client, phone.number)
    phone.answers()

    assert ring(client, phone.number).status == "busy"


def test_a_telephone_switched_off_does_not_answer(client: Client, carrier: Carrier, phone: Handset) -> None:
    carrier.faults.switch(Fault.UNREACHABLE, scope=phone.number)

    assert ring(client, phone.number).status == "no-answer"


def test_words_may_be_given_with_the_call(client: Client, phone: Handset) -> None:
    client.calls.create(to=phone.number, from_="2590", twiml="<Response><Say>At once</Say></Response>")

    phone.answers().hears("At once")


def test_relative_addresses_need_a_document_with_one(client: Client, phone: Handset, carrier: Carrier) -> None:
    client.calls.create(to=phone.number, from_="2590", twiml="<Response><Redirect>/x</Redirect></Response>")

    phone.answers().hears("application error")
    assert carrier.ledger.debugger[-1].code == 11100


def test_the_status_callback_tells_what_is_asked_for(
    client: Client, service: FakeService, phone: Handset, carrier: Carrier
) -> None:
    ring(client, phone.number, status_callback="https://pass.example/status", status_callback_event=EVERY)
    phone.answers().presses("1")
    carrier.settle()

    forms = [asked.form for asked in service.at("/status")]
    assert [(form["CallStatus"], form["SequenceNumber"]) for form in forms] == [
        ("initiated", "0"),
        ("ringing", "1"),
        ("in-progress", "2"),
        ("completed", "3"),
    ]
    assert "CallDuration" not in forms[2] and forms[3]["CallDuration"] == "0"


def test_the_status_callback_tells_of_the_end_alone_if_nothing_else_is_asked_for(
    client: Client, service: FakeService, phone: Handset, carrier: Carrier
) -> None:
    ring(client, phone.number, status_callback="https://pass.example/status")
    phone.declines()
    carrier.settle()

    (asked,) = service.at("/status")
    assert (asked.form["CallStatus"], asked.form["SipResponseCode"]) == ("busy", "486")


@pytest.mark.parametrize(("fault", "times"), [(Fault.RECEIPTS_MISSING, 0), (Fault.RECEIPTS_DOUBLED, 2)])
def test_status_callbacks_get_lost_or_come_twice(
    client: Client, service: FakeService, phone: Handset, carrier: Carrier, fault: Fault, times: int
) -> None:
    carrier.faults.switch(fault)
    ring(client, phone.number, status_callback="https://pass.example/status")
    phone.declines()
    carrier.settle()

    assert len(service.at("/status")) == times


def test_the_fallback_is_asked_when_the_url_fails(client: Client, service: FakeService, phone: Handset) -> None:
    service.on("/out", lambda _: ("no", 500))
    service.on("/instead", lambda _: twiml("<Say>instead</Say>"))
    ring(client, phone.number, fallback_url="https://pass.example/instead")

    phone.answers().hears("instead")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": ""}, 21201),
        ({"from_": ""}, 21213),
        ({"to": "nobody"}, 21211),
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550002"}, 21214),
        ({"to": "+15005550003"}, 21215),
        ({"to": "+15005550004"}, 21216),
        ({"from_": "+15005550001"}, 21212),
        ({"from_": "+79990000007"}, 21210),
        ({"to": "2590"}, 21266),
        ({"url": "/relative"}, 21205),
        ({"url": ""}, 21205),
        ({"timeout": 0}, 21208),
        ({"status_callback": "nowhere"}, 21609),
    ],
)
def test_what_cannot_be_called_is_refused(client: Client, fields: dict[str, str], code: int) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.calls.create(**{"to": "+79990000001", "from_": "2590", "url": URL, **fields})

    assert (caught.value.code, caught.value.status) == (code, 400)


def test_the_faults_of_creating_are_those_of_texts(client: Client, carrier: Carrier, phone: Handset) -> None:
    carrier.faults.switch(Fault.RATE_LIMIT, times=1)
    with pytest.raises(TwilioRestException) as caught:
        ring(client, phone.number)

    assert (caught.value.code, phone.rings) == (20429, None)
