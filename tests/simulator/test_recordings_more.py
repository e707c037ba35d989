"""Recordings that no ``<Dial>`` to a queue makes: by REST, by Record, of telephones that are dialled."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from telephony.simulator.call_records import Recording
from telephony.simulator.carrier import Carrier, Handset

from .service import FakeService, twiml

VOICE = "/telephony/voice"


def the(carrier: Carrier) -> Recording:
    (recording,) = carrier.ledger.recordings
    return recording


def test_the_client_starts_a_recording(client: Client, service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Gather input="speech" action="/said"><Say>Speak</Say></Gather>'))
    call = phone.calls()

    begun = client.calls(call.sid).recordings.create(recording_status_callback="https://pass.example/recorded")
    assert (begun.status, begun.source, begun.channels, begun.duration) == (
        *("in-progress", "StartCallRecordingAPI"),
        *(1, None),
    )
    call.says("words")
    carrier.settle()

    assert (len(the(carrier).bursts), service.at("/recorded")[0].form["RecordingDuration"]) == (1, "1")
    with pytest.raises(TwilioRestException) as caught:
        client.calls(call.sid).recordings.create()
    assert caught.value.code == 21220


def test_a_call_may_be_recorded_from_its_answer(client: Client, carrier: Carrier, phone: Handset) -> None:
    client.calls.create(to=phone.number, from_="2590", record=True, twiml="<Response><Say>Hello</Say></Response>")
    phone.answers()

    assert (the(carrier).source, len(the(carrier).bursts)) == ("OutboundAPI", 1)


@pytest.mark.parametrize(("ends", "digits"), [("#", "#"), ("silence", ""), ("hang-up", "hangup")])
def test_record_keeps_what_the_caller_says(
    service: FakeService, carrier: Carrier, phone: Handset, ends: str, digits: str
) -> None:
    service.on(VOICE, lambda _: twiml('<Record action="/noted" finishOnKey="#" timeout="3"/><Say>nothing</Say>'))
    call = phone.calls()
    call.hears("beep").says("my complaint")
    {"#": lambda: call.presses("1#"), "silence": call.stays_silent, "hang-up": call.hangs_up}[ends]()

    form = service.at("/noted")[0].form
    assert (form["Digits"], form["RecordingDuration"], form["RecordingSid"]) == (digits, "1", the(carrier).sid)
    assert the(carrier).source == "RecordVerb"


def test_silence_is_no_recording(service: FakeService, carrier: Carrier, phone: Handset) -> None:
    service.on(VOICE, lambda _: twiml('<Record action="/noted"/><Say>nothing</Say>'))

    phone.calls().stays_silent().hears("nothing")

    assert len(carrier.ledger.recordings) == 0


@pytest.mark.parametrize("record", ["record-from-ringing", "record-from-ringing-dual", "record-from-answer", "true"])
def test_a_telephone_that_is_dialled_is_recorded(
    service: FakeService, carrier: Carrier, phone: Handset, record: str
) -> None:
    service.on(VOICE, lambda _: twiml(f'<Dial record="{record}">+79990000002</Dial>'))
    other, call = carrier.handset("+79990000002"), phone.calls()
    assert call.record.recording == ("ringing" in record)

    other.answers().hangs_up()

    assert (the(carrier).channels, the(carrier).call_sid) == (2 if "dual" in record else 1, call.sid)
