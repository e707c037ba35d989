"""A phone texts the service: what the service is asked, and what becomes of its answers."""

from dataclasses import replace

import pytest
from flask import Response
from twilio.request_validator import RequestValidator

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.faults import Fault

from .service import TOKEN, FakeService, says, twiml

SMS = "/telephony/sms"


def codes(carrier: Carrier) -> list[int]:
    return [entry.code for entry in carrier.ledger.debugger]


def test_the_reply_comes_back_to_the_phone(service: FakeService, phone: Handset) -> None:
    service.on(SMS, lambda asked: says(f"pass for {asked.form['Body']}"))

    assert phone.text("Цель 8") == "pass for Цель 8"
    assert phone.inbox == ["pass for Цель 8"]


def test_the_webhook_carries_twilios_parameters_and_headers(service: FakeService, phone: Handset) -> None:
    outcome = phone.send("Цель 8 «ё»\n+&=%")

    (asked,) = service.at(SMS)
    assert asked.form["MessageSid"] == asked.form["SmsSid"] == asked.form["SmsMessageSid"] == outcome.message_sid
    assert asked.form["Body"] == "Цель 8 «ё»\n+&=%"
    assert asked.form["From"] == "+79990000001"
    assert asked.form["To"] == "2590"
    assert (asked.form["NumSegments"], asked.form["NumMedia"], asked.form["SmsStatus"]) == ("1", "0", "received")
    assert asked.headers["User-Agent"] == "TwilioProxy/1.1"
    assert asked.headers["I-Twilio-Idempotency-Token"]


def test_twilios_own_validator_accepts_the_signature(service: FakeService, phone: Handset) -> None:
    phone.text("Цель 8 «ё» \x00 emoji 🚑")

    (asked,) = service.at(SMS)
    signature = asked.headers["X-Twilio-Signature"]
    assert RequestValidator(TOKEN).validate(asked.url, asked.form, signature)
    assert not RequestValidator("older-token").validate(asked.url, asked.form, signature)


@pytest.mark.parametrize(
    "sender", ["anonymous", "Passline", "89990000001", "79990000001", "+7 999 000-00-01", "112", ""]
)
def test_any_sender_is_passed_on_as_it_is(service: FakeService, carrier: Carrier, sender: str) -> None:
    service.on(SMS, lambda _: says("hello"))

    outcome = carrier.receive(sender, "hi")

    assert service.at(SMS)[0].form["From"] == sender
    assert outcome.replies == ("hello",)
    assert outcome.http_status == 200


def test_other_spellings_of_a_number_reach_the_same_handset(
    service: FakeService, carrier: Carrier, phone: Handset
) -> None:
    service.on(SMS, lambda _: says("hello"))

    carrier.receive("8 (999) 000-00-01", "hi")

    assert phone.inbox == ["hello"]


def test_several_messages_and_nested_bodies_are_all_sent(service: FakeService, phone: Handset) -> None:
    service.on(SMS, lambda _: twiml("<Message>one</Message><Message><Body>two &amp; a half</Body></Message>"))

    assert phone.text("hi") == "one\ntwo & a half"


def test_a_message_to_somebody_else_is_no_reply(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on(SMS, lambda _: twiml('<Message to="+79990000005">for you</Message>'))

    assert phone.text("hi") == ""
    assert carrier.handset("+79990000005").inbox == ["for you"]


def test_plain_text_is_a_message_and_emptiness_is_silence(service: FakeService, phone: Handset) -> None:
    service.on(SMS, lambda _: Response("just text", content_type="text/plain; charset=utf-8"))
    assert phone.text("hi") == "just text"

    service.on(SMS, lambda _: ("", 204))
    assert phone.text("hi") == ""
    assert not phone.send("hi").errors


def test_a_redirect_is_resolved_against_its_document_and_ends_it(service: FakeService, phone: Handset) -> None:
    service.on(SMS, lambda _: twiml("<Message>one</Message><Redirect>more?x=1</Redirect><Message>never</Message>"))
    service.on("/telephony/more", lambda _: says("two"))

    assert phone.text("hi") == "one\ntwo"
    assert service.at("/telephony/more")[0].url == "https://pass.example/telephony/more?x=1"


def test_an_action_is_told_of_the_message_and_goes_on(service: FakeService, phone: Handset) -> None:
    service.on(SMS, lambda _: twiml('<Message action="/done">one</Message>'))
    service.on("/done", lambda asked: says(asked.form["MessageStatus"]))

    assert phone.text("hi") == "one\nqueued"


def test_endless_redirects_end(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on(SMS, lambda _: twiml("<Redirect/>"))

    phone.text("hi")

    assert len(service.at(SMS)) == 50
    assert codes(carrier) == [14106]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response("<Response><Message>", content_type="text/xml"), 12100),
        (Response("<Nothing/>", content_type="text/xml"), 12100),
        (Response("<!DOCTYPE x><Response/>", content_type="text/xml"), 12100),
        (Response("{}", content_type="application/json"), 12300),
        (Response("<Response>" + " " * 65536 + "</Response>", content_type="text/xml"), 11750),
        (Response("oops", status=500), 11200),
        (Response("no", status=403), 11200),
    ],
)
def test_an_answer_that_cannot_be_executed_is_logged_and_the_phone_hears_nothing(
    service: FakeService, carrier: Carrier, phone: Handset, answer: Response, code: int
) -> None:
    service.on(SMS, lambda _: answer)

    outcome = phone.send("hi")

    assert outcome.replies == ()
    assert outcome.errors == (code,)
    assert codes(carrier) == [code]
    assert phone.conversation[0].error_code == code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<Play/>", 12200),
        ("<Message/>", 14103),
        (f"<Message>{'x' * 1601}</Message>", 14103),
        ('<Message from="+15550001111">x</Message>', 14102),
        ('<Message to="nowhere at all">x</Message>', 14101),
        ('<Message to="2590">x</Message>', 14101),
    ],
)
def test_a_step_that_cannot_be_done_is_logged_and_the_others_are_done(
    service: FakeService, carrier: Carrier, phone: Handset, body: str, code: int
) -> None:
    service.on(SMS, lambda _: twiml(body + "<Message>fine</Message>"))

    assert phone.text("hi").endswith("fine")
    assert codes(carrier) == [code]


def test_more_than_ten_replies_are_cut(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on(SMS, lambda _: says(*map(str, range(12))))

    phone.text("hi")

    assert len(phone.inbox) == 10
    assert codes(carrier) == [14109, 14109]


def test_the_fallback_is_told_why_and_may_answer(service: FakeService, carrier: Carrier) -> None:
    number = carrier.add_number("+15550002222", "https://pass.example/broken", "https://pass.example/fallback")
    service.on("/broken", lambda _: ("oops", 500))
    service.on("/fallback", lambda _: says("sorry"))

    outcome = carrier.receive("+79990000001", "hi", number.number)

    (asked,) = service.at("/fallback")
    assert (asked.form["ErrorCode"], asked.form["ErrorUrl"]) == ("11200", "https://pass.example/broken")
    assert asked.form["MessageSid"] == outcome.message_sid
    assert (outcome.replies, outcome.errors, outcome.http_status) == (("sorry",), (11200,), 200)


def test_get_webhooks_are_signed_over_their_query(service: FakeService, carrier: Carrier) -> None:
    service.on("/get", lambda _: says("got"))
    number = carrier.add_number("+15550002222", "https://pass.example/get?x=1")
    carrier.ledger.numbers.change(number.sid, lambda kept: replace(kept, sms_method="GET"))

    carrier.receive("+79990000001", "привет", number.number)

    (asked,) = service.at("/get")
    assert RequestValidator(TOKEN).validate(asked.url, {}, asked.headers["X-Twilio-Signature"])


def test_a_text_to_a_number_that_is_not_ours_goes_nowhere(service: FakeService, carrier: Carrier) -> None:
    outcome = carrier.receive("+79990000001", "hi", "1234")

    assert (outcome.http_status, outcome.errors, service.asked) == (0, (30005,), [])


def test_a_duplicate_is_one_message_twice(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on(SMS, lambda _: says("hello"))
    carrier.faults.switch(Fault.DUPLICATE, times=1)

    assert phone.text("hi") == "hello"

    first, second = service.at(SMS)
    assert first.form == second.form
    assert first.headers["I-Twilio-Idempotency-Token"] == second.headers["I-Twilio-Idempotency-Token"]


def test_after_a_lost_response_the_second_answer_counts(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on(SMS, lambda _: says(str(len(service.asked))))
    carrier.faults.switch(Fault.LOST_RESPONSE, scope=phone.number, times=1)

    assert phone.text("hi") == "2"
    assert phone.text("hi") == "3"


def test_a_lone_surrogate_is_replaced_as_a_network_would(service: FakeService, phone: Handset) -> None:
    phone.text("a\ud800b")

    assert service.at(SMS)[0].form["Body"] == "a\ufffdb"


def test_the_gloss_rides_on_the_answer(service: FakeService, phone: Handset) -> None:
    service.on(SMS, lambda _: twiml("<Message>Пропуск</Message>", **{"X-Passline-Gloss": "Pass%20%E2%80%94%20ok"}))

    assert phone.send("Цель 8").gloss == "Pass — ok"
    assert phone.conversation[-1].gloss == "Pass — ok"
