"""Enqueue: the wait in a queue, what is heard meanwhile, and how it ends.

Source: https://www.twilio.com/docs/voice/twiml/enqueue
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from telephony.simulator.twiml import TwimlError
from telephony.simulator.voice.bridge import Bridge
from telephony.simulator.voice.documents import Table, address, mention, onward, perform
from telephony.simulator.voice.flow import Afterwards, Flow, Left, Moved, Over, Target, Wait
from telephony.simulator.voice.gathering import gather
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.queues import Queue
from telephony.simulator.voice.speaking import hang_up, redirect, speak
from telephony.simulator.voice.talking import part, talk
from telephony.simulator.voice.verbs import Enqueue, Gather, Hangup, Leave, Pause, Play, Redirect, Say
from telephony.simulator.webhooks import FetchError

ROUND_SECONDS: Final = 1.0
"""Between two rounds of what is heard in the queue."""


def enqueue(leg: Leg, verb: Enqueue, page: str) -> Flow[Target | None]:
    """Wait; then the action with its QueueResult, or the next verb."""
    queues = leg.directory.queues
    queue = queues.make(verb.name)
    stay = _Stay(leg, verb, page, queue.sid, leg.network.clock())
    if not queues.join(queue.sid, leg.sid):
        return onward(page, verb.action, verb.method, QueueResult="queue-full") if verb.action else None
    for agent in (queues.get(queue.sid) or queue).agents:
        leg.directory.nudge(agent)
    try:
        result = yield from stay.until_fetched_or_left()
    except (Over, Moved) as gone:
        if verb.action:
            result = gone.reason if isinstance(gone, Moved) else "hangup"
            result = "bridged" if stay.talked else result
            result = "redirected-from-bridged" if stay.talked and isinstance(gone, Moved) else result
            status = {} if isinstance(gone, Moved) else {"CallStatus": "completed"}
            mention(leg, address(page, verb.action), verb.method, {**stay.told(result), **status})
        raise
    return onward(page, verb.action, verb.method, **stay.told(result)) if verb.action else None


@dataclass
class _Stay:
    """One stay in one queue."""

    leg: Leg
    verb: Enqueue
    page: str
    queue_sid: str
    since: datetime
    waited: int | None = None
    talked: bool = False

    def told(self, result: str) -> dict[str, str]:
        """What the action is told."""
        return {"QueueResult": result, "QueueSid": self.queue_sid, "QueueTime": str(self._seconds())}

    def until_fetched_or_left(self) -> Flow[str]:
        """Wait until somebody fetches the call, and talk; or until it leaves. The QueueResult."""
        try:
            with Afterwards(self._leave):
                bridge = yield from self._wait()
        except Left:
            return "leave"
        except (FetchError, TwimlError) as error:
            self.leg.network.complain(error.code, str(error), self.verb.wait_url or "", self.leg.sid)
            return "error"
        return (yield from self._be_connected(bridge))

    def _leave(self) -> None:
        """Out of the queue; who fetched the call in this very moment is told that it is too late."""
        queues = self.leg.directory.queues
        self.waited = self._seconds()
        queues.leave(self.queue_sid, self.leg.sid)
        late = queues.claim(self.leg.sid)
        if late:
            part(self.leg, late)

    def _wait(self) -> Flow[Bridge]:
        """What is heard in the queue, under an ear for who fetches."""
        queues, inner = self.leg.directory.queues, self._rounds()
        wait = next(inner)
        while True:
            bridge = queues.claim(self.leg.sid)
            if bridge:
                return bridge
            wait = inner.send((yield wait))

    def _rounds(self) -> Flow[None]:
        """The document at waitUrl again and again; Twilio's music without one; silence if it is empty."""
        leg, verb = self.leg, self.verb
        if verb.wait_url is None:
            leg.hears("play", "music", who="carrier")
        while not verb.wait_url:
            yield from leg.waits(Wait())
        while True:
            step: Target | None = onward(self.page, verb.wait_url, verb.wait_method)
            while step:
                step = replace(step, extra=(*self._place(), *step.extra))
                step = yield from perform(leg, step, _WAITING)
            yield from leg.waits(Wait(ROUND_SECONDS))

    def _be_connected(self, bridge: Bridge) -> Flow[str]:
        leg = self.leg
        with Afterwards(lambda: part(leg, bridge)):
            if bridge.url:
                extra = {
                    "QueueSid": self.queue_sid,
                    "QueueTime": str(self._seconds()),
                    "DequeingCallSid": bridge.dialler,
                }
                step: Target | None = Target(bridge.url, bridge.method, tuple(extra.items()))
                while step:
                    step = yield from self._announced(step)
            if not bridge.join(leg.sid, leg.network.clock()):
                return "bridging-in-process"
            self.talked = True
            leg.directory.nudge(bridge.dialler)
            yield from talk(leg, bridge)
        return "bridged"

    def _announced(self, step: Target) -> Flow[Target | None]:
        try:
            return (yield from perform(self.leg, step, _BEFORE))
        except (FetchError, TwimlError) as error:
            self.leg.network.complain(error.code, str(error), step.url, self.leg.sid)
            return None

    def _seconds(self) -> int:
        if self.waited is not None:
            return self.waited
        return int((self.leg.network.clock() - self.since).total_seconds())

    def _place(self) -> tuple[tuple[str, str], ...]:
        queue: Queue | None = self.leg.directory.queues.get(self.queue_sid)
        if queue is None:
            return ()
        return (
            ("QueuePosition", str(queue.position(self.leg.sid))),
            ("QueueSid", queue.sid),
            ("QueueTime", str(self._seconds())),
            ("AvgQueueTime", str(queue.average_wait(self.leg.network.clock()))),
            ("CurrentQueueSize", str(len(queue.members))),
            ("MaxQueueSize", str(queue.max_size)),
        )


def _leave(leg: Leg, verb: Leave, page: str) -> Flow[Target | None]:
    del leg, verb, page
    yield from ()
    raise Left


_BEFORE: Final[Table] = {Say: speak, Play: speak, Pause: speak, Redirect: redirect}
_WAITING: Final[Table] = {**_BEFORE, Gather: gather, Hangup: hang_up, Leave: _leave}
