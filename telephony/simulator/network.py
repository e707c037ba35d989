"""What every part of the carrier works with: its memory, its time, its wire to the service, its switches."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telephony.simulator.call_records import MOST_LINES, Call, Line
from telephony.simulator.call_views import call_view
from telephony.simulator.dialling import normalise
from telephony.simulator.errors import DEBUGGER, WARNINGS
from telephony.simulator.events import Broadcast
from telephony.simulator.faults import FaultBoard
from telephony.simulator.ledger import Ledger
from telephony.simulator.records import DebugEntry, Message, ServiceNumber, new_sid
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.timers import Timer
from telephony.simulator.views import debug_view, message_view
from telephony.simulator.wires import Wire


@dataclass(frozen=True)
class Network:
    """One carrier's parts, shared by all who act in it."""

    settings: CarrierSettings
    wire: Wire
    timer: Timer
    clock: Callable[[], datetime]
    ledger: Ledger
    faults: FaultBoard
    events: Broadcast
    held: bool = False
    """Nothing takes time in a call unless a test lets it."""

    def record(self, message: Message) -> None:
        """Keep a new text and show it."""
        self.ledger.messages.put(message.sid, message)
        self.ledger.count("in" if message.direction == "inbound" else "out")
        self._announce(message)

    def amend(self, sid: str, **changes: Any) -> Message | None:
        """Change fields of a kept text and show it; None when it has been dropped or deleted meanwhile."""
        message = self.ledger.messages.change(sid, lambda kept: replace(kept, updated=self.clock(), **changes))
        if message:
            self._announce(message)
        return message

    def record_call(self, call: Call) -> None:
        """Keep a new call and show it."""
        self.ledger.calls.put(call.sid, call)
        self.events.publish("call", call_view(call))

    def amend_call(self, sid: str, **changes: Any) -> Call | None:
        """Change fields of a kept call and show it; one that is over keeps its status. None when it is gone."""

        def change(kept: Call) -> Call:
            settled = {"status": kept.status, "ended": kept.ended} if kept.over else {}
            return replace(kept, **{**changes, "updated": self.clock(), **settled})

        call = self.ledger.calls.change(sid, change)
        if call:
            self.events.publish("call", call_view(call))
        return call

    def add_line(self, sid: str, who: str, kind: str, text: str, language: str = "") -> None:
        """Something was heard or done in a call."""

        def change(kept: Call) -> Call:
            line = Line(kept.heard + 1, who, kind, text, self.clock(), language)
            return replace(kept, heard=kept.heard + 1, lines=(*kept.lines[1 - MOST_LINES :], line))

        call = self.ledger.calls.change(sid, change)
        if call:
            self.events.publish("call", call_view(call))

    def live_call(self, phone: str) -> Call | None:
        """The call that this telephone is in, or that makes it ring."""
        wanted = normalise(phone) or phone
        known = (call for call in self.ledger.calls.all() if not call.over)
        return next((call for call in known if (normalise(call.phone) or call.phone) == wanted), None)

    def complain(self, code: int, detail: str, url: str = "", message_sid: str = "") -> None:
        """Write a line into the debugger log; ``message_sid`` is the text or the call it is about."""
        level = "warning" if code in WARNINGS else "error"
        words = DEBUGGER.get(code, "")
        entry = DebugEntry(new_sid("NO"), self.clock(), level, code, words, detail, url, message_sid)
        self.ledger.debugger.append(entry)
        self.events.publish("debug", debug_view(entry))

    def service_number(self, address: str) -> ServiceNumber | None:
        """The service's number that this address means, if it is one."""
        wanted = normalise(address) or address
        return next((number for number in self.ledger.numbers if number.number == wanted), None)

    def has_handset(self, phone: str) -> bool:
        """Whether somebody watches this phone in the browser."""
        return (normalise(phone) or phone) in self.ledger.handsets

    def _announce(self, message: Message) -> None:
        if self.has_handset(message.phone):
            self.events.publish("message", message_view(message))
