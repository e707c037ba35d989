"""Dial: telephones that are rung, or a queue whose first caller is taken; then the two talk.

Source: https://www.twilio.com/docs/voice/twiml/dial
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from telephony.simulator.call_records import Call, CallDirection, CallStatus
from telephony.simulator.dialling import normalise, same_phone
from telephony.simulator.twiml import TwimlError
from telephony.simulator.voice.bridge import Bridge
from telephony.simulator.voice.documents import Table, address, mention, onward, perform
from telephony.simulator.voice.flow import Afterwards, Alarm, Flow, Moved, Over, Target, Wait
from telephony.simulator.voice.gathering import gather
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.ringing import Dialled, compose, ring
from telephony.simulator.voice.speaking import hang_up, redirect, speak
from telephony.simulator.voice.talking import part, talk
from telephony.simulator.voice.taping import address_of, start, stop
from telephony.simulator.voice.verbs import (
    Callback,
    Dial,
    Gather,
    Hangup,
    NumberNoun,
    Pause,
    Play,
    QueueNoun,
    Redirect,
    Say,
)
from telephony.simulator.webhooks import FetchError

_WHISPER: Table = {Say: speak, Play: speak, Pause: speak, Gather: gather, Redirect: redirect, Hangup: hang_up}
MOST_NUMBERS = 10


def dial(leg: Leg, verb: Dial, page: str) -> Flow[Target | None]:
    """Connect the caller, and afterwards the action or the next verb."""
    outcome = _Outcome()
    numbers = [noun for noun in verb.nouns if isinstance(noun, NumberNoun)][:MOST_NUMBERS]
    queue = next((noun for noun in verb.nouns if isinstance(noun, QueueNoun)), None)
    verb = replace(verb, callback=_absolute(verb.callback, page))
    try:
        if queue:
            yield from _dial_queue(leg, verb, queue, page, outcome)
        elif numbers and _may_show(leg, verb):
            yield from _dial_numbers(leg, verb, numbers, page, outcome)
    except Over:
        if verb.action:
            status = CallStatus.COMPLETED.value
            mention(leg, address(page, verb.action), verb.method, {**outcome.dialled.params(), "CallStatus": status})
        raise
    return onward(page, verb.action, verb.method, **outcome.dialled.params()) if verb.action else None


class _Outcome:
    """What is known of the dialling, also when the caller hangs up in the middle of it."""

    def __init__(self) -> None:
        self.dialled = Dialled()


def _dial_queue(leg: Leg, verb: Dial, noun: QueueNoun, page: str, outcome: _Outcome) -> Flow[None]:
    queues = leg.directory.queues
    queue = queues.named(noun.name)
    if queue is None:
        return
    outcome.dialled = Dialled("no-answer")
    url = address(page, noun.url) if noun.url else ""
    wait = Wait(verb.timeout)
    queues.watch(queue.sid, leg.sid)
    with Afterwards(lambda: queues.unwatch(queue.sid, leg.sid)):
        while True:
            bridge = Bridge(leg.sid, url, noun.method)
            member = queues.take(queue.sid, bridge)
            if member is None:
                if isinstance((yield from leg.attend(wait)), Alarm):
                    return
            elif (yield from _connected(leg, bridge, member.call_sid)):
                break
    yield from _talk(leg, verb, bridge, outcome)


def _connected(leg: Leg, bridge: Bridge, caller: str) -> Flow[bool]:
    """Fetch the caller out of the queue; False when that one has gone meanwhile."""
    leg.directory.nudge(caller)
    try:
        yield from _until(leg, lambda: bridge.joined or bridge.over)
    except Exception:
        bridge.end()
        leg.directory.nudge(caller)
        raise
    return bridge.joined


def _dial_numbers(leg: Leg, verb: Dial, nouns: list[NumberNoun], page: str, outcome: _Outcome) -> Flow[None]:
    bridge = Bridge(leg.sid)
    children: list[str] = []
    early = _tape(leg, verb, bridge) if "ringing" in verb.record else ""

    def clear_up() -> None:
        for sid in children:
            if sid != bridge.other:
                leg.directory.interrupt(sid, Over(CallStatus.CANCELED))
        if early and not bridge.joined:
            stop(leg.network, early)

    with Afterwards(clear_up):
        for noun in nouns:
            child = _child(leg, verb, replace(noun, callback=_absolute(noun.callback, page)), bridge, page)
            children += [child] if child else []
        try:
            yield from _until(leg, lambda: bridge.joined or all(_known(leg, sid).over for sid in children))
        except Exception:
            part(leg, bridge)
            outcome.dialled = Dialled("canceled", children[-1])
            raise
    if bridge.joined:
        yield from _talk(leg, verb, bridge, outcome, early)
    elif children:
        outcome.dialled = Dialled(_known(leg, children[-1]).status.value, children[-1])


def _child(leg: Leg, verb: Dial, noun: NumberNoun, bridge: Bridge, page: str) -> str:
    """Begin to ring one telephone; its call's sid, empty when it can't be rung."""
    network, phone = leg.network, normalise(noun.number)
    if phone is None or network.service_number(phone):
        network.complain(13224 if phone else 13223, noun.number, page, leg.sid)
        return ""
    sender = verb.caller_id or (leg.call.sender if leg.call.direction is not CallDirection.DIAL else leg.call.recipient)
    call = replace(compose(network, CallDirection.DIAL, sender, phone, CallStatus.QUEUED), parent_sid=leg.sid)
    child = Leg(network, leg.directory, call, noun.callback)
    if not leg.directory.add(call.sid, child):
        network.complain(10004, "too many calls at once", page, leg.sid)
        return ""
    network.record_call(call)
    leg.hears("note", f"ringing {phone}", who="carrier")
    whisper = address(page, noun.url) if noun.url else ""
    child.start(_dialled(child, bridge, verb.timeout, whisper, noun.method))
    return call.sid


def _dialled(leg: Leg, bridge: Bridge, timeout: float, whisper: str, method: str) -> Flow[None]:
    """The program of a telephone that ``<Dial>`` rings."""
    with Afterwards(lambda: leg.directory.nudge(bridge.dialler)):
        try:
            yield from ring(leg, timeout)
            step = Target(whisper, method) if whisper else None
            while step:
                step = yield from _whispered(leg, step)
            if bridge.join(leg.sid, leg.network.clock()):
                leg.directory.nudge(bridge.dialler)
                yield from talk(leg, bridge)
            raise Over
        except Over as over:
            leg.end(CallStatus.COMPLETED if leg.call.answered else over.status)
            return
        except Moved as moved:
            target = moved.target
    yield from leg.directory.program(leg, target)


def _whispered(leg: Leg, step: Target) -> Flow[Target | None]:
    try:
        return (yield from perform(leg, step, _WHISPER))
    except (FetchError, TwimlError) as error:
        leg.network.complain(error.code, str(error), step.url, leg.sid)
        return None


def _talk(leg: Leg, verb: Dial, bridge: Bridge, outcome: _Outcome, recording: str = "") -> Flow[None]:
    network = leg.network
    outcome.dialled = Dialled("completed", bridge.other, bridged=True)
    recording = recording or _tape(leg, verb, bridge)
    if recording and (kept := network.ledger.recordings.get(recording)):
        outcome.dialled = replace(outcome.dialled, recording_url=address_of(network, kept))

    def wind_up() -> None:
        began = bridge.began or network.clock()
        outcome.dialled = outcome.dialled.ended(int((network.clock() - began).total_seconds()))
        if recording:
            stop(network, recording)

    with Afterwards(wind_up):
        yield from talk(leg, bridge, verb.time_limit, verb.star_ends)


def _tape(leg: Leg, verb: Dial, bridge: Bridge) -> str:
    if verb.record == "do-not-record":
        return ""
    channels = 2 if verb.record.endswith("dual") else 1
    return start(leg.network, leg.sid, "DialVerb", channels, verb.callback, bridge.other).sid


def _until(leg: Leg, reached: Callable[[], bool]) -> Flow[None]:
    wait = Wait()
    while not reached():
        yield from leg.attend(wait)


def _may_show(leg: Leg, verb: Dial) -> bool:
    """Whether the caller id is one that this call may show."""
    known = partial(same_phone, verb.caller_id)
    if (
        not verb.caller_id
        or leg.network.service_number(verb.caller_id)
        or known(leg.call.sender)
        or known(leg.call.recipient)
    ):
        return True
    leg.network.complain(13214, verb.caller_id, message_sid=leg.sid)
    return False


def _absolute(callback: Callback, page: str) -> Callback:
    return replace(callback, url=address(page, callback.url)) if callback.url else callback


def _known(leg: Leg, sid: str) -> Call:
    return leg.network.ledger.calls.get(sid) or replace(leg.call, status=CallStatus.FAILED)
