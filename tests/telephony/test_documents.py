"""The documents of calls are what the carrier's own library writes."""

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest
from twilio.twiml import TwiML
from twilio.twiml.voice_response import Dial, Enqueue, Gather, VoiceResponse

from telephony.voice.documents import Line, Listen, Prompt, Speaker
from telephony.voice.voices import Voices

URL = "https://pass.example"
NASTY = 'Цель 8 & <"скорая"> \x07'
SAID = Prompt("", NASTY, 1)
LINE = Line(URL, 2, 1, "ru")
STEP = f"{URL}/telephony/voice/step?step=2&attempt=1&language=ru"
VOICE = {"voice": "Polly.Tatyana", "language": "ru-RU"}


@pytest.fixture
def speaker(tmp_path: Path) -> Speaker:
    (tmp_path / "ru").mkdir()
    for name in ("menu", "code_intro", "language_choice"):
        (tmp_path / "ru" / f"{name}.mp3").touch()
    return Speaker(Voices({}, tmp_path), URL, "ru", "ru")


def spoken(verb: TwiML) -> TwiML:
    verb.say('Цель 8 & <"скорая"> ', **VOICE)
    verb.pause(length=1)
    return verb


def asked() -> VoiceResponse:
    speech = {"speech_timeout": "auto", "language": "ru-RU", "hints": 'аптека "24", суд & <почта>'}
    keys = {"timeout": 4, "finish_on_key": "", "num_digits": 2}
    gather = Gather(input="dtmf speech", action=STEP, action_on_empty_result=True, **keys, **speech)
    response = VoiceResponse()
    response.append(spoken(gather))
    response.redirect(STEP)
    return response


def waited() -> VoiceResponse:
    key = f"{URL}/telephony/voice/key?step=2&attempt=1&language=ru"
    response = VoiceResponse()
    response.append(spoken(Gather(input="dtmf", num_digits=1, timeout=10, finish_on_key="", action=key)))
    return response


def transferred() -> VoiceResponse:
    leads = f"{URL}/telephony/voice/{{}}?step=2&attempt=1&language=ru"
    response = spoken(VoiceResponse())
    response.append(Enqueue("callers", action=leads.format("left"), wait_url=leads.format("waiting")))
    return response


def joined() -> VoiceResponse:
    dial = Dial(
        action=f"{URL}/telephony/voice/agent/left",
        timeout=10,
        record="record-from-answer-dual",
        recording_status_callback=f"{URL}/telephony/recording",
        recording_status_callback_event="completed",
    )
    dial.queue("callers", url=f"{URL}/telephony/voice/announce?language=ru")
    response = spoken(VoiceResponse())
    response.append(dial)
    return response


def ended() -> VoiceResponse:
    response = spoken(VoiceResponse())
    response.hangup()
    return response


def left() -> VoiceResponse:
    response = spoken(VoiceResponse())
    response.leave()
    return response


HINTED = Listen(digits=2, finish="", timeout_s=4, hints='аптека "24", суд & <почта>\x07')


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (lambda speaker: speaker.ask([SAID], HINTED, LINE), asked),
        (lambda speaker: speaker.wait([SAID], LINE), waited),
        (lambda speaker: speaker.transfer([SAID], LINE), transferred),
        (lambda speaker: speaker.join([SAID]), joined),
        (lambda speaker: speaker.end([SAID]), ended),
        (lambda speaker: speaker.leave([SAID]), left),
        (lambda speaker: speaker.say([SAID]), lambda: spoken(VoiceResponse())),
    ],
)
def test_a_document_is_the_librarys(
    speaker: Speaker, ours: Callable[[Speaker], str], theirs: Callable[[], VoiceResponse]
) -> None:
    assert canonicalize(ours(speaker)) == canonicalize(str(theirs()))


def test_without_speech_only_keys_are_listened_for(speaker: Speaker) -> None:
    document = speaker.ask([], Listen(speech=False), LINE)

    assert 'input="dtmf"' in document and "speechTimeout" not in document and "numDigits" not in document


@pytest.mark.parametrize(("name", "played"), [("menu", True), ("code_intro", True), ("goodbye", False), ("", False)])
def test_a_sentence_somebody_recorded_is_played(speaker: Speaker, name: str, played: bool) -> None:
    document = speaker.say([Prompt(name, "Слова")])

    assert (f"<Play>{URL}/telephony/voice/prompts/ru/{name}</Play>" in document) is played
    assert ("Слова" in document) is not played


def test_a_sentence_with_a_field_in_it_is_said_although_somebody_recorded_it(speaker: Speaker) -> None:
    assert "Слова" in speaker.say([Prompt("language_choice", "Слова")])
