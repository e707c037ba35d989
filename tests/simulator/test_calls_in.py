"""A phone calls the service: what it is asked, what is heard, and what keys, words and silence do."""

import pytest
from twilio.request_validator import RequestValidator

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.voice.exchange import EngagedError

from .service import TOKEN, FakeService, twiml

VOICE = "/telephony/voice"
MENU = '<Gather numDigits="1" action="/chosen"><Say language="ru-RU">Нажмите один</Say></Gather><Say>Bye</Say>'


def test_a_prompt_is_heard_and_a_key_leads_on(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml(MENU))
    service.on("/chosen", lambda asked: twiml(f"<Say>You pressed {asked.form['Digits']}</Say>"))

    call = phone.calls()
    call.hears("Нажмите один")
    assert call.status == "in-progress"
    call.presses("1")

    assert call.heard == ["You pressed 1"]
    assert (call.ended, call.status) == (True, "completed")


def test_the_webhook_carries_twilios_parameters_signed(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml(MENU))

    call = phone.calls().presses("1")

    first, second = service.asked[:2]
    assert first.form["CallSid"] == call.sid
    assert (first.form["CallStatus"], first.form["Direction"]) == ("ringing", "inbound")
    assert first.form["From"] == first.form["Caller"] == "+79990000001"
    assert first.form["To"] == first.form["Called"] == "2590"
    assert (first.form["FromCountry"], first.form["CallerCountry"], first.form["ApiVersion"]) == (
        *("RU", "RU"),
        "2010-04-01",
    )
    assert (second.form["CallStatus"], second.form["Digits"]) == ("in-progress", "1")
    assert RequestValidator(TOKEN).validate(first.url, first.form, first.headers["X-Twilio-Signature"])


@pytest.mark.parametrize("sender", ["anonymous", "Passline", "89990000001", "112", ""])
def test_any_caller_is_passed_on_as_it_is(service: FakeService, carrier: Carrier, sender: str) -> None:
    carrier.call(sender)

    assert service.at(VOICE)[0].form["From"] == sender


def test_silence_falls_through_to_the_next_verb(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml(MENU))

    call = phone.calls().stays_silent()

    assert call.heard == ["Bye"]
    assert call.ended
    assert service.at("/chosen") == []


def test_silence_is_an_answer_where_it_is_asked_for(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather action="/chosen" actionOnEmptyResult="true"/>'))

    phone.calls().stays_silent()

    assert service.at("/chosen")[0].form["Digits"] == ""


def test_without_an_action_the_same_document_is_asked(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda asked: twiml(f"<Say>{asked.form.get('Digits', 'none')}</Say><Gather/>"))

    phone.calls().hears("none").presses("42#").hears("42")


@pytest.mark.parametrize(
    ("attributes", "keys", "digits"),
    [
        ("", "12#", "12"),
        ('finishOnKey="*"', "1#2*", "1#2"),
        ('finishOnKey="" numDigits="3"', "1#*", "1#*"),
        ('numDigits="2"', "12", "12"),
        ('numDigits="9"', "12#", "12"),
    ],
)
def test_keys_end_by_their_number_or_by_the_finishing_key(
    service: FakeService, phone: Handset, attributes: str, keys: str, digits: str
) -> None:
    service.on(VOICE, lambda _: twiml(f'<Gather action="chosen" {attributes}/>'))

    phone.calls().presses(keys)

    assert service.at("/telephony/chosen")[0].form["Digits"] == digits


def test_keys_without_an_end_are_sent_after_the_timeout(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather action="/chosen" finishOnKey=""/>'))

    call = phone.calls().presses("12#")
    assert service.at("/chosen") == []
    call.stays_silent()

    assert service.at("/chosen")[0].form["Digits"] == "12#"


def test_the_finishing_key_alone_is_no_input(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather action="/chosen"/><Say>nothing</Say>'))

    phone.calls().presses("#").hears("nothing")


def test_keys_typed_ahead_reach_the_next_question(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather numDigits="1" action="/second"/>'))
    service.on("/second", lambda asked: twiml(f"<Gather action='/third?first={asked.form['Digits']}'/>"))
    service.on("/third", lambda asked: twiml(f"<Say>{asked.form['Digits']}</Say>"))

    phone.calls().presses("123#").hears("23")

    assert service.at("/third")[0].url.endswith("first=1")


def test_speech_is_heard_where_it_is_listened_for(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather input="dtmf speech" language="ru-RU" action="/said"/>'))

    call = phone.calls()
    listening = call.record.listening
    assert listening is not None
    assert (listening.keys, listening.speech, listening.language) == (True, True, "ru-RU")
    call.says("в аптеку")

    form = service.at("/said")[0].form
    assert (form["SpeechResult"], float(form["Confidence"]) > 0.5, "Digits" in form) == ("в аптеку", True, False)


def test_what_is_not_listened_for_changes_nothing(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather action="/keys"/>'))
    call = phone.calls().says("hello").presses("1").says("hello")
    assert service.at("/keys") == []
    call.presses("#")
    assert service.at("/keys")[0].form["Digits"] == "1"


def test_words_for_a_speech_only_question_are_not_keys(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather input="speech" action="/said" actionOnEmptyResult="true"/>'))

    phone.calls().presses("1#").stays_silent()

    assert service.at("/said")[0].form["SpeechResult"] == ""


def test_play_pause_and_loops_are_heard_in_order(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Play>/a.wav</Play><Pause length="3"/><Say loop="2">twice</Say>'))

    assert phone.calls().heard == ["https://pass.example/a.wav", "twice", "twice"]


def test_redirect_leaves_the_rest_and_addresses_are_relative(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Redirect method="GET">voice/next?x=1&amp;y=2</Redirect><Say>never</Say>'))
    service.on("/telephony/voice/next", lambda _: twiml("<Say>next</Say><Redirect>../other</Redirect>"))
    service.on("/telephony/other", lambda _: twiml("<Say>other</Say>"))

    assert phone.calls().heard == ["next", "other"]
    asked = service.at("/next")[0]
    assert "CallSid=" in asked.url and asked.form == {}
    assert RequestValidator(TOKEN).validate(asked.url, {}, asked.headers["X-Twilio-Signature"])


def test_hangup_ends_and_an_empty_document_too(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml("<Say>one</Say><Hangup/><Say>two</Say>"))
    assert phone.calls().heard == ["one"]

    service.on(VOICE, lambda _: twiml(""))
    assert phone.calls().status == "completed"


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_reject_answers_not(service: FakeService, phone: Handset, carrier: Carrier, reason: str, status: str) -> None:
    service.on(VOICE, lambda _: twiml(f'<Pause/><Reject reason="{reason}"/><Say>never</Say>'))

    call = phone.calls()

    assert (call.status, call.record.answered) == (status, None)
    carrier.settle()
    assert service.at("/ended")[0].form["CallStatus"] == status


def test_a_hang_up_in_a_question_only_calls_the_status_callback(
    service: FakeService, phone: Handset, carrier: Carrier
) -> None:
    service.on(VOICE, lambda _: twiml(MENU))

    call = phone.calls().hangs_up()
    assert call.status == "completed"
    carrier.settle()

    assert [asked.url.rpartition("/")[2] for asked in service.asked] == ["voice", "ended"]
    form = service.at("/ended")[0].form
    assert (form["CallStatus"], form["Direction"], form["CallbackSource"]) == (
        *("completed", "inbound"),
        "call-progress-events",
    )
    assert (form["CallDuration"], form["SequenceNumber"], form["CallSid"]) == ("0", "0", call.sid)
    assert form["Timestamp"].endswith("+0000")


def test_an_ended_call_can_do_nothing(phone: Handset) -> None:
    call = phone.calls()

    with pytest.raises(AssertionError, match="has ended"):
        call.presses("1")


def test_what_is_not_heard_shows_the_whole_call(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml(MENU))
    call = phone.calls()

    with pytest.raises(AssertionError, match="service say: Нажмите один"):
        call.hears("Нажмите", "два")


def test_a_telephone_in_a_call_calls_nobody(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml(MENU))
    phone.calls()

    with pytest.raises(EngagedError, match="hang up first"):
        phone.calls()


def test_the_last_question_is_delivered_again_byte_for_byte(service: FakeService, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml(MENU))
    call = phone.calls()

    assert "Нажмите" in call.redeliver()

    first, again = service.at(VOICE)
    assert first == again
