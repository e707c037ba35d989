"""Record: the caller's own words, until a key, a silence or the longest time.

Source: https://www.twilio.com/docs/voice/twiml/record
"""

from dataclasses import replace

from telephony.simulator.call_records import Listening
from telephony.simulator.voice.documents import address, mention, onward
from telephony.simulator.voice.flow import Afterwards, Alarm, Event, Flow, Key, Over, Spoken, Target, Wait
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.taping import address_of, start, stop
from telephony.simulator.voice.verbs import Record


def record(leg: Leg, verb: Record, page: str) -> Flow[Target | None]:
    """Record; the action if anything was said, else the next verb."""
    if verb.beep:
        leg.hears("note", "beep", who="carrier")
    callback = verb.callback
    if callback.url:
        callback = replace(callback, url=address(page, callback.url))
    sid = start(leg.network, leg.sid, "RecordVerb", callback=callback).sid
    listening = Listening(bool(verb.finish), True, verb.finish)
    spoke = False
    try:
        with Afterwards(lambda: stop(leg.network, sid)):
            while True:
                event = yield from leg.attend(wait := Wait(min(verb.timeout, verb.longest), listening))
                while not isinstance(event, Spoken | Alarm) and not _finishes(verb, event):
                    event = yield from leg.attend(wait)
                if not isinstance(event, Spoken):
                    break
                spoke = True
    except Over:
        if spoke:
            url = address(page, verb.action) if verb.action else page
            mention(leg, url, verb.method, {**_told(leg, sid, "hangup"), "CallStatus": "completed"})
        raise
    if not spoke:
        leg.network.ledger.recordings.remove(sid)
        return None
    key = event.digit if isinstance(event, Key) else ""
    return onward(page, verb.action, verb.method, **_told(leg, sid, key))


def _finishes(verb: Record, event: Event) -> bool:
    return isinstance(event, Key) and event.digit in verb.finish


def _told(leg: Leg, sid: str, digits: str) -> dict[str, str]:
    recording = stop(leg.network, sid)
    if recording is None:
        return {"Digits": digits}
    return {
        "RecordingUrl": address_of(leg.network, recording),
        "RecordingSid": sid,
        "RecordingDuration": str(recording.duration),
        "Digits": digits,
    }
