"""Status callbacks, opt-out, and the troubles that can be switched on for texts from the service."""

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.errors import RefusedError
from telephony.simulator.faults import Fault
from telephony.simulator.outbound import Draft

from .service import SETTINGS, TOKEN, FakeService, says, twiml

CALLBACK = "https://pass.example/telephony/receipts?message=77"


def send(carrier: Carrier, to: str = "+79990000001") -> str:
    return carrier.send(Draft(to=to, body="hi", sender="2590", callback=CALLBACK)).sid


def statuses(service: FakeService) -> list[str]:
    return [asked.form["MessageStatus"] for asked in service.at("/telephony/receipts")]


def test_receipts_come_for_sent_and_delivered_and_not_for_queued(service: FakeService, carrier: Carrier) -> None:
    sid = send(carrier)
    assert statuses(service) == []

    carrier.settle()

    assert statuses(service) == ["sent", "delivered"]
    (first, last) = service.at("/telephony/receipts")
    assert first.url == CALLBACK
    assert first.form["MessageSid"] == first.form["SmsSid"] == sid
    assert "RawDlrDoneDate" in last.form
    assert RequestValidator(TOKEN).validate(first.url, first.form, first.headers["X-Twilio-Signature"])


def test_a_twiml_message_may_ask_for_receipts(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on("/telephony/sms", lambda _: twiml('<Message statusCallback="receipts?message=5">x</Message>'))

    phone.text("hi")
    carrier.settle()

    assert statuses(service) == ["sent", "delivered"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.RECEIPTS_MISSING, []),
        (Fault.RECEIPTS_REORDERED, ["delivered", "sent"]),
        (Fault.RECEIPTS_DOUBLED, ["sent", "sent", "delivered", "delivered"]),
        (Fault.RECEIPTS_DELAYED, ["sent", "delivered"]),
        (Fault.UNREACHABLE, ["sent", "undelivered"]),
    ],
)
def test_receipts_can_be_troubled(service: FakeService, carrier: Carrier, fault: Fault, expected: list[str]) -> None:
    carrier.faults.switch(fault, times=1)

    send(carrier)
    carrier.settle()

    assert statuses(service) == expected


def test_a_phone_that_is_off_gets_nothing_and_30003_is_told(
    service: FakeService, carrier: Carrier, phone: Handset
) -> None:
    carrier.faults.switch(Fault.UNREACHABLE, scope="8 999 000-00-01")

    send(carrier)
    send(carrier, "+79990000002")
    carrier.settle()

    assert service.at("/telephony/receipts")[2].form["ErrorCode"] == "30003"
    assert phone.inbox == []
    assert carrier.handset("+79990000002").inbox == ["hi"]


def test_a_receipt_that_is_refused_shows_in_the_debugger(service: FakeService, carrier: Carrier) -> None:
    service.on("/telephony/receipts", lambda _: ("no", 403))

    send(carrier)
    carrier.settle()

    assert [entry.code for entry in carrier.ledger.debugger] == [11200, 11200]


def test_the_gloss_of_a_rest_text_is_asked_for_by_our_id(carrier: Carrier, phone: Handset) -> None:
    send(carrier)
    carrier.settle()

    assert phone.conversation[-1].gloss == "gloss of 77"


def test_429_and_5xx_create_nothing(client: Client, carrier: Carrier) -> None:
    for fault, status, code in ((Fault.RATE_LIMIT, 429, 20429), (Fault.SERVER_ERROR, 500, 20500)):
        carrier.faults.switch(fault, times=1)
        with pytest.raises(TwilioRestException) as caught:
            client.messages.create(to="+79990000001", from_="2590", body="hi")
        assert (caught.value.status, caught.value.code) == (status, code)

    assert client.messages.list() == []
    assert client.messages.create(to="+79990000001", from_="2590", body="hi").status == "queued"


def test_created_then_reset_leaves_a_message_behind(client: Client, carrier: Carrier) -> None:
    carrier.faults.switch(Fault.CREATED_THEN_RESET, times=1)

    with pytest.raises(requests.ConnectionError):
        client.messages.create(to="+79990000001", from_="2590", body="hi")

    assert [message.body for message in client.messages.list(to="+79990000001")] == ["hi"]


def test_hang_gives_no_answer_and_creates_nothing(client: Client, carrier: Carrier) -> None:
    carrier.faults.switch(Fault.HANG, times=1)

    with pytest.raises(requests.ConnectionError):
        client.messages.create(to="+79990000001", from_="2590", body="hi")

    assert client.messages.list() == []


def test_stop_and_start_on_a_long_code(service: FakeService, carrier: Carrier) -> None:
    service.on("/long", lambda _: says("answer"))
    number = carrier.add_number("+15550002222", "https://pass.example/long").number
    draft = Draft(to="+79990000001", body="notice", sender=number)

    stopped = carrier.receive("+79990000001", " stop ", number)
    assert stopped.replies[0].startswith("You have successfully been unsubscribed")
    assert stopped.errors == (21610,)
    with pytest.raises(RefusedError) as caught:
        carrier.send(draft)
    assert caught.value.code == 21610

    assert carrier.receive("89990000001", "START", number).replies[1] == "answer"
    assert carrier.send(draft).status == "queued"
    assert "OptOutType" not in service.asked[0].form


def test_on_a_short_code_stop_is_the_services_business(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on("/telephony/sms", lambda _: says("no more notices"))

    assert phone.text("STOP") == "no more notices"
    assert carrier.send(Draft(to=phone.number, body="x", sender="2590")).status == "queued"


def test_advanced_opt_out_names_its_type() -> None:
    service = FakeService()
    settings = type(SETTINGS)(**{**vars(SETTINGS), "number": "+15550002222", "messaging_service_sid": "MG" + "1" * 32})
    carrier = Carrier(settings, wsgi_app=service.app())

    carrier.receive("+79990000001", "HELP")

    assert service.asked[0].form["OptOutType"] == "HELP"
