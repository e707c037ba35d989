"""The exchange: calls come in, telephones are rung, and whoever holds one does something with it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from telephony.simulator.call_records import Call, CallDirection, CallStatus
from telephony.simulator.dialling import normalise
from telephony.simulator.errors import RefusedError
from telephony.simulator.network import Network
from telephony.simulator.records import ServiceNumber
from telephony.simulator.voice.directory import Directory
from telephony.simulator.voice.flow import Answer, Decline, HungUp, Key, Moved, Over, Spoken, Target
from telephony.simulator.voice.leg import Leg
from telephony.simulator.voice.placing import CallDraft, check
from telephony.simulator.voice.program import call_out, converse
from telephony.simulator.voice.ringing import compose
from telephony.simulator.voice.taping import burst
from telephony.simulator.voice.verbs import EVERY_KEY, Callback
from telephony.simulator.wires import Reply

LONGEST_CALL: Final = 4 * 3600.0


class EngagedError(ValueError):
    """The telephone is in a call already; the text says what to do first."""


class Exchange:
    """All that can be done with calls, for telephones, the REST API and tests."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.directory = Directory(network, converse)

    def receive(self, sender: str, recipient: str) -> Call:
        """A telephone calls a number of the service; any ``sender`` is passed on as it is, as on a real network."""
        sender = sender.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if normalise(sender) and self.network.live_call(sender):
            raise EngagedError(f"{sender} is in a call: hang up first")
        number = self.network.service_number(recipient)
        call = compose(self.network, CallDirection.INBOUND, sender, recipient, CallStatus.RINGING)
        call = replace(call, number_sid=number.sid if number else "")
        self.network.record_call(call)
        if number is None:
            self.network.complain(13223, f"{recipient} is no number of this account", message_sid=call.sid)
            return self._refuse(call, CallStatus.FAILED)
        leg = Leg(self.network, self.directory, call, Callback(number.status_callback, number.status_callback_method))
        leg.fallback = Callback(number.voice_fallback_url, number.voice_fallback_method)
        if not self.directory.add(call.sid, leg):
            self.network.complain(10004, "too many calls at once", message_sid=call.sid)
            return self._refuse(call, CallStatus.BUSY)
        self._bound(leg)
        leg.start(converse(leg, _first(number)))
        return self.known(call)

    def place(self, draft: CallDraft) -> Call:
        """Ring a telephone for the service; the call as it was when it was made. Raises :class:`RefusedError`."""
        sender, recipient = check(self.network, draft)
        call = compose(self.network, CallDirection.API, sender, recipient, CallStatus.QUEUED)
        leg = Leg(self.network, self.directory, call, draft.callback)
        leg.fallback = draft.fallback
        if not self.directory.add(call.sid, leg):
            raise RefusedError(20429)
        self.network.record_call(call)
        self._bound(leg)
        leg.start(call_out(leg, draft))
        return call

    def press(self, sid: str, digits: str) -> None:
        """Keys, one after the other. ValueError when one is none."""
        if not digits or set(digits) - set(EVERY_KEY):
            raise ValueError(f"{digits!r} are not keys of a telephone: use 0 to 9, * and #")
        self.network.add_line(sid, "me", "keys", digits)
        for digit in digits:
            self.directory.post(sid, Key(digit))

    def say(self, sid: str, text: str) -> None:
        """Words, to the service that listens or to whoever is at the other end."""
        call = self.network.ledger.calls.get(sid)
        self.network.add_line(sid, "me", "talk" if call and call.bridged else "speech", text)
        burst(self.network, sid, text, side=0)
        self.directory.post(sid, Spoken(text))

    def hang_up(self, sid: str) -> None:
        """The telephone is put down; one that rings is pushed away."""
        call = self.network.ledger.calls.get(sid)
        if call and call.direction is not CallDirection.INBOUND and call.status is CallStatus.RINGING:
            self.decline(sid)
        else:
            self.directory.interrupt(sid, HungUp(CallStatus.NO_ANSWER))

    def soon(self, action: Callable[[], None]) -> None:
        """Do what the service asked for by REST when it has its answer; at once where time is held."""
        if self.network.held:
            action()
        else:
            self.network.timer.after(0.0, action)

    def end(self, sid: str, status: CallStatus) -> None:
        """The service ends a call, whatever state it is in."""
        self.directory.interrupt(sid, Over(status))

    def move(self, sid: str, target: Target) -> None:
        """The service sends a live call to another document."""
        self.directory.interrupt(sid, Moved(target))

    def answer(self, sid: str) -> None:
        """A telephone that rings is picked up."""
        self.directory.post(sid, Answer())

    def decline(self, sid: str) -> None:
        """A telephone that rings is pushed away."""
        self.directory.post(sid, Decline())

    def redeliver(self, sid: str) -> Reply:
        """The last question about a call once more, byte for byte; nothing comes of the answer."""
        asked = self.network.ledger.webhooks.get(sid)
        if asked is None:
            raise LookupError(f"nothing was asked about {sid}")
        method, form = asked
        return self.network.wire.send(method, form, 5.0, 15.0)

    def let_time_pass(self, sid: str) -> bool:
        """Let the next timed thing of this call happen; whether there is one."""
        return self.directory.let_time_pass(sid)

    def known(self, call: Call) -> Call:
        """The call as it is now."""
        return self.network.ledger.calls.get(call.sid) or call

    def _refuse(self, call: Call, status: CallStatus) -> Call:
        self.network.amend_call(call.sid, status=status, ended=self.network.clock())
        return self.known(call)

    def _bound(self, leg: Leg) -> None:
        """No call goes on for ever."""
        if not self.network.held:
            self.network.timer.after(LONGEST_CALL, lambda: self.hang_up(leg.sid))


def _first(number: ServiceNumber) -> Target:
    return Target(number.voice_url, number.voice_method)
