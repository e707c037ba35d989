"""The line for an agent: what is heard in it, how one leaves it, how caller and agent are joined."""

from collections.abc import Callable
from dataclasses import replace

from codes.desk.agents import answer_ring, caller_gone, connect, release, ring_agents
from codes.desk.calling import find_call, leave_line, owe_call_back
from codes.regimes import in_force
from store import Work
from store.phones import NUMBER, phone_by_id
from telephony.guard import Form
from telephony.trying import number_of
from telephony.voice.calls import NOT_PROMISED, Calls
from telephony.voice.documents import Prompt, Speaker
from telephony.voice.scene import Move, Scene, settle
from telephony.voice.state import CallState, Expect, fresh
from telephony.voice.webhook import Webhook

CALL_ME = "9"
"""The key of who would rather be called back."""
_LONGEST_PLACE = 4
_TALKED = frozenset({"bridged", "redirected-from-bridged", "bridging-in-process"})


class Waiting:
    """Answers the carrier about the line."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def listen(self, form: Form, query: Form) -> str:
        """What a caller hears in the line; it asks nobody."""
        return self._listen(self._calls.read(form, query), form)

    def key(self, form: Form, query: Form) -> str:
        """A key in the line: nine takes the caller out and promises a call back; any other lets them wait."""
        webhook = self._calls.read(form, query)
        if webhook.heard.number != CALL_ME:
            return self._listen(webhook, form)

        def leave(work: Work) -> str:
            _lock(work, webhook)
            call = find_call(work, webhook.call_sid)
            if call is not None and call.state == "connected":
                return self._listen(webhook, form)  # an agent has them at this moment
            return self._speaker(webhook).leave((self._promise(work, webhook),))

        return self._noted(webhook, leave)

    def left(self, form: Form, query: Form) -> str:
        """A caller is out of the line: after a talk, on their own wish, or since no more may wait."""
        webhook, result = self._calls.read(form, query), form.get("QueueResult", "")
        return self._noted(webhook, lambda work: self._left(work, webhook, result))

    def announce(self, form: Form, query: Form) -> str:
        """The caller is about to be joined with an agent, whose leg took them out of the line.

        They are joined whatever we can note of it, and must hear that they are recorded.
        """
        webhook, leg = self._calls.read(form, query), form.get("DequeingCallSid", "")
        self._calls.noted(webhook, lambda work: connect(work, leg, webhook.call_sid))
        return self._speaker(webhook).say((self._say("recorded", webhook),))

    def agent(self, form: Form, query: Form) -> str:
        """An agent's telephone was answered: it is joined with who waits longest."""
        webhook = self._calls.read(form, query)

        def ring(work: Work) -> str:
            speaker = self._speaker(webhook)
            if answer_ring(work, webhook.message_id, webhook.call_sid) is None:
                return speaker.end((self._say("agent_gone", webhook),))
            return speaker.join((self._say("agent_waits", webhook),))

        return self._noted(webhook, ring)

    def agent_left(self, form: Form, query: Form) -> str:
        """An agent's leg is not joined any more, or never was: the caller had hung up."""
        webhook, joined = self._calls.read(form, query), form.get("DialCallStatus", "") in ("completed", "answered")

        def note(work: Work) -> str:
            release(work, webhook.call_sid)
            return self._speaker(webhook).end(() if joined else (self._say("agent_gone", webhook),))

        return self._noted(webhook, note)

    def _noted(self, webhook: Webhook, act: Callable[[Work], str]) -> str:
        return self._calls.carefully(webhook, act)

    def _listen(self, webhook: Webhook, form: Form) -> str:
        place = form.get("QueuePosition", "")
        known = place.isdecimal() and len(place) <= _LONGEST_PLACE
        said = self._say("waiting", webhook, place=int(place) if known else 1)
        return self._speaker(webhook).wait((said,), self._calls.line(webhook))

    def _left(self, work: Work, webhook: Webhook, result: str) -> str:
        if result in _TALKED and number_of(work, webhook.number):
            return self._calls.take(work, webhook, _after_agent)
        _lock(work, webhook)
        _leave(work, webhook.call_sid)
        said = self._promise(work, webhook, "lines_full") if result == "queue-full" else self._say("goodbye", webhook)
        return self._speaker(webhook).end((said,))

    def _promise(self, work: Work, webhook: Webhook, kept: str = "call_back_promised") -> Prompt:
        """Owes the caller a call by an agent, and says so, or why not."""
        call = find_call(work, webhook.call_sid)
        leave_line(work, webhook.call_sid)
        if call is None or call.phone_id is None:
            return self._say("number_hidden_nobody", webhook)
        phone, regime = phone_by_id(work, call.phone_id), in_force(work).regime
        owed = owe_call_back(work, phone, call.language, regime, for_agent=True)
        return self._say(NOT_PROMISED.get(owed, kept), webhook)

    def _say(self, name: str, webhook: Webhook, **fields: int) -> Prompt:
        return self._calls.prompt(name, self._language(webhook), **fields)

    def _speaker(self, webhook: Webhook) -> Speaker:
        return self._calls.speaker(self._language(webhook))

    def _language(self, webhook: Webhook) -> str:
        return self._calls.language(webhook.language)


def _lock(work: Work, webhook: Webhook) -> None:
    """A telephone's lock comes before its call's row and before the desk: an agent may be at work in this call."""
    if number := number_of(work, webhook.number):
        work.lock(work.keys.blind(NUMBER, number))


def _leave(work: Work, call_sid: str) -> None:
    """Out of the line, or of a talk: whoever had it wraps up, though nobody told us yet that their leg is over."""
    leave_line(work, call_sid)
    caller_gone(work, call_sid)
    ring_agents(work)


def _after_agent(scene: Scene, _state: CallState | None) -> Move:
    """The talk is over, or broke off: nobody can tell, so that both ways stay open."""
    _leave(scene.work, scene.call_sid)
    done = replace(scene, state=replace(fresh(scene.state, Expect.RESULT), memory=scene.state.memory.done()))
    return settle(done, (scene.say("after_agent"),), Expect.RESULT, "after_agent")
