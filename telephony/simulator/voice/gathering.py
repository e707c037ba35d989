"""Gather: keys, or speech, or nothing.

Source: https://www.twilio.com/docs/voice/twiml/gather
"""

from dataclasses import dataclass

from telephony.simulator.call_records import Listening
from telephony.simulator.voice.documents import onward
from telephony.simulator.voice.flow import Alarm, Event, Flow, Key, Spoken, Target, Wait
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.speaking import rounds, utter
from telephony.simulator.voice.verbs import Gather

CONFIDENCE = "0.93"


@dataclass
class _Input:
    """What has come in so far."""

    digits: str = ""
    speech: str = ""
    done: bool = False


def gather(leg: Leg, verb: Gather, page: str) -> Flow[Target | None]:
    """Prompts, then the wait; the action if anything came, or if it is wanted anyway."""
    listening = Listening(
        verb.keys, verb.speech, verb.finish if verb.keys else "", verb.digits if verb.keys else None, verb.language
    )
    given = _Input()
    yield from _prompts(leg, verb, page, listening, given)
    while not given.done:
        wait = Wait(verb.timeout, listening)
        event = yield from leg.attend(wait)
        while not _counts(verb, given, event):
            event = yield from leg.attend(wait)
        _take(verb, given, event)
    return _result(verb, page, given)


def _prompts(leg: Leg, verb: Gather, page: str, listening: Listening, given: _Input) -> Flow[None]:
    """Everything nested, until it is over or somebody interrupts."""
    for prompt in verb.prompts:
        for _ in range(rounds(leg, prompt)):
            seconds = utter(leg, prompt, page)
            if leg.network.held:
                continue
            wait = Wait(seconds, listening if verb.barge_in else None)
            event = yield from leg.attend(wait)
            while not isinstance(event, Alarm):
                if verb.barge_in and _counts(verb, given, event):
                    _take(verb, given, event)
                    return
                event = yield from leg.attend(wait)


def _counts(verb: Gather, given: _Input, event: Event) -> bool:
    """Whether the event is one that this Gather listens for; the first kind that comes excludes the other."""
    if isinstance(event, Spoken):
        return verb.speech and not given.digits
    return isinstance(event, Alarm) or (isinstance(event, Key) and verb.keys)


def _take(verb: Gather, given: _Input, event: Event) -> None:
    if isinstance(event, Key) and event.digit != verb.finish:
        given.digits += event.digit
        given.done = len(given.digits) == verb.digits
        return
    if isinstance(event, Spoken):
        given.speech = event.text
    given.done = True


def _result(verb: Gather, page: str, given: _Input) -> Target | None:
    if given.speech:
        return onward(page, verb.action, verb.method, SpeechResult=given.speech, Confidence=CONFIDENCE)
    if given.digits:
        return onward(page, verb.action, verb.method, Digits=given.digits)
    if verb.on_empty:
        return onward(page, verb.action, verb.method, **({"Digits": ""} if verb.keys else {"SpeechResult": ""}))
    return None
