"""A call as the person at the telephone sees it: what tests and stories hold in their hands.

>>> call = phone.calls()
>>> call.hears("Для пропуска нажмите один")
>>> call.presses("1")
"""

from typing import Self

from telephony.simulator.call_records import Call, Line
from telephony.simulator.voice.exchange import Exchange

_OWN = "me"


class PhoneCall:
    """One call at one telephone. Every step runs until the service waits for something, or the call is over."""

    def __init__(self, exchange: Exchange, sid: str) -> None:
        self.sid = sid
        self._exchange = exchange
        own = [line.number for line in self.record.lines if line.who == _OWN]
        self._mark = own[-1] if own else 0

    @property
    def record(self) -> Call:
        """All that the carrier knows of it."""
        call = self._exchange.network.ledger.calls.get(self.sid)
        if call is None:
            raise LookupError(f"{self.sid} is forgotten")
        return call

    @property
    def status(self) -> str:
        """Twilio's call status."""
        return self.record.status.value

    @property
    def ended(self) -> bool:
        """Whether the line is closed."""
        return self.record.over

    @property
    def waiting(self) -> bool:
        """Whether it stands in a queue."""
        return self.record.queue is not None

    @property
    def bridged(self) -> bool:
        """Whether somebody is at the other end."""
        return self.record.bridged

    @property
    def heard(self) -> list[str]:
        """What reached the ear since the last thing that was done here."""
        return [line.text for line in self.record.lines if line.number > self._mark and line.who != _OWN]

    @property
    def transcript(self) -> str:
        """The whole call, for people."""
        return "\n".join(map(_shown, self.record.lines)) or "(nothing yet)"

    def hears(self, *parts: str) -> Self:
        """Every part occurs in what was heard since the last input; AssertionError with the whole call otherwise."""
        heard = "\n".join(self.heard)
        missing = [part for part in parts if part not in heard]
        if missing:
            raise AssertionError(f"not heard: {missing}\nthe call ({self.status}):\n{self.transcript}")
        return self

    def presses(self, digits: str) -> Self:
        """Keys, one after the other."""
        self._begin(f"press {digits}")
        self._exchange.press(self.sid, digits)
        return self

    def says(self, text: str) -> Self:
        """Words, to the service that listens or to the other end."""
        self._begin(f"say {text!r}")
        self._exchange.say(self.sid, text)
        return self

    def stays_silent(self) -> Self:
        """Nothing is done until the next timed thing happens: a Gather times out, a queue's music begins anew."""
        self._begin("stay silent")
        if not self._exchange.let_time_pass(self.sid):
            raise AssertionError(f"nothing in this call waits for a time\nthe call ({self.status}):\n{self.transcript}")
        return self

    def hangs_up(self) -> Self:
        """The telephone is put down."""
        self._begin("hang up")
        self._exchange.hang_up(self.sid)
        return self

    def redeliver(self) -> str:
        """The last question about this call once more, byte for byte; the service's answer."""
        return self._exchange.redeliver(self.sid).body.decode()

    def _begin(self, what: str) -> None:
        call = self.record
        if call.over:
            raise AssertionError(f"can't {what}: the call has ended ({self.status})\n{self.transcript}")
        self._mark = call.heard


def _shown(line: Line) -> str:
    return f"{line.who:>8} {line.kind}: {line.text}"
