"""Conversations are recorded: what is kept, when it is told, and the sound that can be fetched."""

import io
import wave
from array import array

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from telephony.simulator.call_records import Recording
from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.faults import Fault
from telephony.simulator.serving import CarrierServer
from telephony.simulator.voice.phoning import PhoneCall
from telephony.simulator.voice.sound import RATE, wav_of
from tests.clock import Clock

from .service import SETTINGS, Asked, FakeService, twiml

VOICE = "/telephony/voice"
AUTH = (SETTINGS.account_sid, SETTINGS.auth_tokens[0])
DIAL = (
    '<Dial action="/dialled" record="record-from-answer-dual" recordingStatusCallback="/recorded" '
    'recordingStatusCallbackEvent="in-progress completed"><Queue>help</Queue></Dial>'
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def carrier(service: FakeService, clock: Clock) -> Carrier:
    return Carrier(SETTINGS, wsgi_app=service.app(), clock=clock)


@pytest.fixture
def talk(service: FakeService, carrier: Carrier, phone: Handset) -> tuple[PhoneCall, PhoneCall]:
    """A caller and an agent who talk and are recorded."""

    def voice(asked: Asked) -> object:
        agent = asked.form["From"] == "+79990000009"
        return twiml(DIAL if agent else '<Enqueue waitUrl="">help</Enqueue>')

    service.on(VOICE, voice)  # type: ignore[arg-type]
    return phone.calls(), carrier.handset("+79990000009").calls()


def the(carrier: Carrier) -> Recording:
    (recording,) = carrier.ledger.recordings
    return recording


def loudness(sound: bytes) -> list[list[int]]:
    """The loudest sample of each second, by channel."""
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getframerate(), file.getsampwidth()) == (RATE, 2)
        channels, samples = file.getnchannels(), array("h", file.readframes(file.getnframes()))
    sides = [samples[side::channels] for side in range(channels)]
    return [[max(map(abs, side[at : at + RATE])) for at in range(0, len(side), RATE)] for side in sides]


def test_a_conversation_is_recorded_on_two_sides(
    carrier: Carrier, clock: Clock, talk: tuple[PhoneCall, PhoneCall]
) -> None:
    caller, agent = talk
    assert caller.record.recording and agent.record.recording
    agent.says("12345678901234")
    clock.pass_by(seconds=2)
    caller.says("12345678901234")
    clock.pass_by(seconds=2)
    agent.hangs_up()
    carrier.settle()

    recording = the(carrier)
    assert (recording.call_sid, recording.channels, recording.duration) == (agent.sid, 2, 4)
    own, other = loudness(wav_of(recording))
    assert [second > 0 for second in own] == [True, False, False, False]
    assert [second > 0 for second in other] == [False, False, True, False]
    assert max(own) < 2000
    assert not caller.record.recording


def test_the_callbacks_tell_of_it(
    carrier: Carrier, clock: Clock, service: FakeService, talk: tuple[PhoneCall, PhoneCall]
) -> None:
    caller, agent = talk
    clock.pass_by(seconds=7)
    caller.hangs_up()
    assert service.at("/recorded") == []
    assert service.at("/dialled")[0].form["RecordingUrl"].endswith(f"/Recordings/{the(carrier).sid}")
    carrier.settle()

    begun, done = (asked.form for asked in service.at("/recorded"))
    assert (begun["RecordingStatus"], "RecordingDuration" in begun) == ("in-progress", False)
    assert (done["RecordingStatus"], done["RecordingDuration"], done["RecordingChannels"]) == ("completed", "7", "2")
    assert (done["RecordingSource"], done["CallSid"], done["AccountSid"]) == (
        "DialVerb",
        agent.sid,
        SETTINGS.account_sid,
    )
    assert done["RecordingSid"] == the(carrier).sid
    assert done["RecordingUrl"].endswith(f"/Recordings/{done['RecordingSid']}")
    assert done["RecordingStartTime"].endswith("+0000")


@pytest.mark.parametrize(
    ("fault", "before", "after"),
    [
        (Fault.RECORDINGS_EARLY, ["recorded", "dialled"], ["recorded", "dialled"]),
        (Fault.RECORDINGS_DELAYED, ["dialled"], ["dialled", "recorded"]),
        (Fault.RECORDINGS_DOUBLED, ["dialled"], ["dialled", "recorded", "recorded"]),
        (Fault.RECORDINGS_MISSING, ["dialled"], ["dialled"]),
    ],
)
def test_the_callback_comes_early_late_twice_or_not(
    carrier: Carrier,
    service: FakeService,
    talk: tuple[PhoneCall, PhoneCall],
    fault: Fault,
    before: list[str],
    after: list[str],
) -> None:
    carrier.settle()
    service.asked.clear()
    carrier.faults.switch(fault)

    def seen() -> list[str]:
        paths = [asked.url.rpartition("/")[2] for asked in service.asked]
        return [path for path in paths if path in {"recorded", "dialled"}]

    talk[0].hangs_up()
    assert seen() == before
    carrier.settle()
    assert seen() == after
    assert the(carrier).status == "completed"


def test_the_client_fetches_lists_and_deletes(
    client: Client, server: CarrierServer, carrier: Carrier, clock: Clock, talk: tuple[PhoneCall, PhoneCall]
) -> None:
    clock.pass_by(seconds=3)
    talk[1].hangs_up()
    sid = the(carrier).sid
    address = f"{server.url}/2010-04-01/Accounts/{SETTINGS.account_sid}/Recordings/{sid}"
    assert requests.get(f"{address}.wav", auth=AUTH, timeout=5).status_code == 404
    carrier.settle()

    (read,) = client.recordings.list(call_sid=talk[1].sid)
    assert (read.sid, read.duration, read.channels, read.status, read.source) == (sid, "3", 2, "completed", "DialVerb")
    assert client.recordings.list(call_sid=talk[0].sid) == []
    assert len(client.calls(talk[1].sid).recordings.list()) == 1
    for suffix in ("", ".wav", ".wav?RequestedChannels=1"):
        answer = requests.get(f"{address}{suffix}", auth=AUTH, timeout=5)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "audio/x-wav")
        assert len(loudness(answer.content)) == (1 if "1" in suffix else 2)
    assert requests.get(f"{address}.wav", timeout=5).status_code == 401
    assert requests.get(f"{address}.mp3", auth=AUTH, timeout=5).status_code == 404

    assert client.recordings(sid).delete()
    assert requests.get(f"{address}.wav", auth=AUTH, timeout=5).status_code == 404


def test_the_client_pauses_what_must_not_be_heard(
    client: Client, carrier: Carrier, clock: Clock, talk: tuple[PhoneCall, PhoneCall]
) -> None:
    caller, agent = talk
    clock.pass_by(seconds=2)
    current = client.calls(agent.sid).recordings("Twilio.CURRENT")
    assert current.update(status="paused", pause_behavior="skip").status == "paused"
    assert caller.record.paused and agent.record.paused
    caller.says("my secret")
    clock.pass_by(seconds=60)
    assert current.update(status="in-progress").status == "in-progress"
    clock.pass_by(seconds=1)
    caller.hangs_up()

    assert (the(carrier).duration, the(carrier).bursts) == (3, ())
    with pytest.raises(TwilioRestException) as caught:
        client.calls(agent.sid).recordings("Twilio.CURRENT").update(status="paused")
    assert caught.value.code == 20404


def test_a_pause_is_silent_unless_it_is_left_out(
    client: Client, carrier: Carrier, clock: Clock, talk: tuple[PhoneCall, PhoneCall]
) -> None:
    current = client.calls(talk[1].sid).recordings("Twilio.CURRENT")
    current.update(status="paused")
    clock.pass_by(seconds=5)
    current.update(status="in-progress")
    stopped = current.update(status="stopped")

    assert (stopped.status, stopped.duration) == ("processing", "5")
    assert talk[0].bridged and not talk[0].record.recording
    with pytest.raises(TwilioRestException) as caught:
        client.calls(talk[1].sid).recordings(the(carrier).sid).update(status="paused")
    assert caught.value.code == 21220
