"""Telephones that the carrier rings."""

from dataclasses import dataclass, replace

from telephony.simulator.call_records import Call, CallDirection, CallStatus
from telephony.simulator.faults import Fault
from telephony.simulator.network import Network
from telephony.simulator.records import new_sid
from telephony.simulator.voice.flow import Alarm, Answer, Decline, Flow, Over, Wait
from telephony.simulator.voice.leg import Leg


def compose(network: Network, direction: CallDirection, sender: str, recipient: str, status: CallStatus) -> Call:
    """A new call, of which nobody knows yet."""
    now = network.clock()
    return Call(new_sid("CA"), network.settings.account_sid, direction, sender, recipient, status, now, now)


def ring(leg: Leg, timeout: float) -> Flow[None]:
    """Ring until somebody answers; otherwise raises :class:`Over` with what came instead."""
    network, phone = leg.network, leg.call.phone
    leg.announce("initiated", "initiated")
    first = network.live_call(phone)
    if first and first.sid != leg.sid:
        raise Over(CallStatus.BUSY)
    leg.amend(status=CallStatus.RINGING)
    leg.announce("ringing", CallStatus.RINGING.value)
    if network.faults.strikes(Fault.UNREACHABLE, phone):
        raise Over(CallStatus.NO_ANSWER)
    wait = Wait(timeout, outside=not network.has_handset(phone))
    while True:
        event = yield from leg.attend(wait)
        if isinstance(event, Answer):
            leg.answer()
            return
        if isinstance(event, Decline):
            raise Over(CallStatus.BUSY)
        if isinstance(event, Alarm):
            raise Over(CallStatus.NO_ANSWER)


@dataclass(frozen=True)
class Dialled:
    """How a ``<Dial>`` ended, as its action is told."""

    status: str = "failed"
    sid: str = ""
    seconds: int = 0
    bridged: bool = False
    recording_url: str = ""

    def params(self) -> dict[str, str]:
        """The action's parameters."""
        given = {"DialCallStatus": self.status, "DialBridged": str(self.bridged).lower()}
        if self.sid:
            given["DialCallSid"] = self.sid
        if self.bridged:
            given["DialCallDuration"] = str(self.seconds)
        if self.recording_url:
            given["RecordingUrl"] = self.recording_url
        return given

    def ended(self, seconds: int) -> "Dialled":
        """After a conversation."""
        return replace(self, seconds=seconds)
