"""The program of a call: documents one after the other until nothing is left to do, and its end, however it comes."""

from typing import Final

from telephony.simulator.call_records import CallStatus
from telephony.simulator.twiml import TwimlError
from telephony.simulator.voice.dialling import dial
from telephony.simulator.voice.documents import Table, perform
from telephony.simulator.voice.flow import Flow, Moved, Over, Target
from telephony.simulator.voice.gathering import gather
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.noting import record
from telephony.simulator.voice.placing import CallDraft
from telephony.simulator.voice.queueing import enqueue
from telephony.simulator.voice.ringing import ring
from telephony.simulator.voice.speaking import hang_up, redirect, speak
from telephony.simulator.voice.taping import start
from telephony.simulator.voice.verbs import Dial, Enqueue, Gather, Hangup, Pause, Play, Record, Redirect, Reject, Say
from telephony.simulator.webhooks import FetchError

APOLOGY: Final = "We're sorry, an application error has occurred. Goodbye."
OUT_OF_SERVICE: Final = "The number you have dialed is not in service."


def converse(leg: Leg, target: Target) -> Flow[None]:
    """All that the service has to say to this call, until it ends."""
    try:
        while True:
            try:
                yield from follow(leg, target)
                leg.answer()
                raise Over
            except Moved as moved:
                leg.documents = 0
                target = moved.target
    except Over as over:
        status = CallStatus.COMPLETED if leg.call.answered else over.status
        leg.end(status)


def call_out(leg: Leg, draft: CallDraft) -> Flow[None]:
    """Ring a telephone; whoever answers hears what the service has to say."""
    try:
        yield from ring(leg, draft.timeout)
    except Over as over:
        leg.end(over.status)
    else:
        if draft.tape:
            start(leg.network, leg.sid, "OutboundAPI", draft.tape.channels, draft.tape.callback)
        yield from converse(leg, draft.target)


def follow(leg: Leg, target: Target) -> Flow[None]:
    """A document and all that it leads to; what can't be fetched or read goes to the fallback."""
    step: Target | None = target
    while step:
        here = step
        try:
            step = yield from perform(leg, here, TABLE)
        except (FetchError, TwimlError) as error:
            leg.network.complain(error.code, str(error), here.url, leg.sid)
            step = _rescue(leg, here, error.code)


def _rescue(leg: Leg, failed: Target, code: int) -> Target:
    fallback = leg.fallback
    if not fallback.url or not failed.fallback:
        leg.answer()
        leg.hears("say", APOLOGY, "en-US", who="carrier")
        raise Over
    trouble = (("ErrorCode", str(code)), ("ErrorUrl", failed.url))
    return Target(fallback.url, fallback.method, trouble, fallback=False)


def _reject(leg: Leg, verb: Reject, page: str) -> Flow[Target | None]:
    """Don't answer, if it isn't too late."""
    del page
    yield from ()
    busy = verb.reason == "busy"
    if leg.call.status is CallStatus.RINGING:
        leg.hears("note" if busy else "say", "busy tone" if busy else OUT_OF_SERVICE, who="carrier")
    raise Over(CallStatus.BUSY if busy else CallStatus.NO_ANSWER)


TABLE: Final[Table] = {
    Say: speak,
    Play: speak,
    Pause: speak,
    Gather: gather,
    Dial: dial,
    Enqueue: enqueue,
    Record: record,
    Redirect: redirect,
    Hangup: hang_up,
    Reject: _reject,
}
"""What the documents of a call may do."""
