"""One live call: runs its program, an event at a time, in the thread of whoever brings the event.

Events wait in a mailbox while the program works (it may be asking the service just then), and the thread that works
takes them afterwards: nobody waits for anybody, and no lock is held during HTTP.
"""

import threading
from collections import deque
from email.utils import format_datetime
from functools import partial
from typing import Any, Final

from telephony.simulator.call_records import Call, CallDirection, CallStatus, Listening
from telephony.simulator.faults import Fault
from telephony.simulator.network import Network
from telephony.simulator.outbound import RECEIPT_DELAY
from telephony.simulator.voice.directory import Directory
from telephony.simulator.voice.flow import Alarm, Event, Flow, Interruption, Key, Spoken, Wait
from telephony.simulator.voice.params import progress_params
from telephony.simulator.voice.taping import burst, running, stop
from telephony.simulator.voice.verbs import Callback
from telephony.simulator.webhooks import FetchError, ask

CALLBACK_AFTER: Final = 0.2


class Leg:
    """A telephone and the carrier, as long as the line is open."""

    def __init__(self, network: Network, directory: Directory, call: Call, callback: Callback) -> None:
        self.network = network
        self.directory = directory
        self.sid = call.sid
        self.callback = callback
        self.fallback = Callback()
        self.documents = 0
        self._known = call
        self._announced = 0
        self._flow: Flow[None] | None = None
        self._wait: Wait | None = None
        self._waits = 0
        self._mail: deque[Event | None] = deque()
        self._busy = False
        self._lock = threading.Lock()

    @property
    def call(self) -> Call:
        """The call as it is known now."""
        self._known = self.network.ledger.calls.get(self.sid) or self._known
        return self._known

    def start(self, flow: Flow[None]) -> None:
        """Run the program until it waits."""
        self._flow = flow
        self._deliver(None)

    def post(self, event: Event) -> None:
        """Give the program an event, now or when it has done what it does."""
        self._deliver(event)

    def interrupt(self, error: Exception) -> None:
        """Throw something into the program where it waits, or where it next looks up."""
        self._deliver(Interruption(error))

    def heed(self) -> None:
        """Raise what was thrown in meanwhile."""
        with self._lock:
            thrown = next((item for item in self._mail if isinstance(item, Interruption)), None)
            if thrown:
                self._mail.remove(thrown)
        if thrown:
            raise thrown.error

    def let_time_pass(self) -> bool:
        """Let the time be over that the program waits now; whether it waits for a time at all."""
        wait, serial = self._wait, self._waits
        if wait is None or wait.seconds is None:
            return False
        self._deliver(Alarm(serial))
        return True

    def amend(self, **changes: Any) -> None:
        """Change what is known of the call."""
        self.network.amend_call(self.sid, **changes)

    def hears(self, kind: str, text: str, language: str = "", who: str = "service") -> None:
        """Something reaches the telephone's ear."""
        self.network.add_line(self.sid, who, kind, text, language)
        if kind == "say" and self.call.recording:
            burst(self.network, self.sid, text, side=1)

    def passes(self, seconds: float) -> Flow[None]:
        """Time in which nothing counts but the end of it; none at all where time is held."""
        if not self.network.held and seconds > 0:
            yield from self.waits(Wait(seconds))

    def waits(self, wait: Wait) -> Flow[None]:
        """Wait for the alarm and nothing else."""
        while not isinstance((yield from self.attend(wait)), Alarm):
            pass

    def attend(self, wait: Wait) -> Flow[Event]:
        """What happens next. Raises what was thrown in."""
        event = yield wait
        if isinstance(event, Interruption):
            raise event.error
        return event

    def answer(self) -> None:
        """The line is open."""
        if self.call.status is CallStatus.RINGING:
            self.amend(status=CallStatus.IN_PROGRESS, answered=self.network.clock())
            if self.call.direction is not CallDirection.INBOUND:
                self.announce("answered", CallStatus.IN_PROGRESS.value)

    def end(self, status: CallStatus) -> None:
        """The line is closed."""
        for recording in running(self.network, self.sid):
            if recording.call_sid == self.sid:
                stop(self.network, recording.sid)
        quiet = {"listening": None, "recording": False, "paused": False, "queue": None, "bridged": False}
        self.amend(status=status, ended=self.network.clock(), **quiet)
        self.directory.drop(self.sid)
        self.announce("completed", self.call.status.value)

    def announce(self, event: str, status: str) -> None:
        """A status callback, if this event was asked for; switched-on faults bend it."""
        number, self._announced = self._announced, self._announced + 1
        faults, phone = self.network.faults, self.call.phone
        if not self.callback.url or event not in self.callback.events:
            return
        if faults.strikes(Fault.RECEIPTS_MISSING, phone):
            return
        delay = CALLBACK_AFTER + (RECEIPT_DELAY if faults.strikes(Fault.RECEIPTS_DELAYED, phone) else 0.0)
        params = progress_params(self.call, status, number, format_datetime(self.network.clock()))
        for _ in range(2 if faults.strikes(Fault.RECEIPTS_DOUBLED, phone) else 1):
            self.network.timer.after(delay, partial(self._tell, params))

    def _tell(self, params: dict[str, str]) -> None:
        url = self.callback.url
        try:
            ask(self.network, url, params, self.callback.method)
        except FetchError as error:
            self.network.complain(error.code, str(error), url, self.sid)

    def _deliver(self, item: Event | None) -> None:
        with self._lock:
            self._mail.append(item)
            if self._busy:
                return
            self._busy = True
        try:
            with self.directory.turn():
                while self._take():
                    pass
        except BaseException:
            self._give_up()
            raise

    def _take(self) -> bool:
        with self._lock:
            if not self._mail or self._flow is None:
                self._mail.clear()
                self._busy = False
                return False
            item, flow = self._mail.popleft(), self._flow
        if isinstance(item, Alarm) and item.serial != self._waits:
            return True
        if isinstance(item, Key | Spoken | Alarm):
            self.documents = 0
        try:
            wait = flow.send(item)  # type: ignore[arg-type]
        except StopIteration:
            self._flow = self._wait = None
            return True
        self._settle_down(wait)
        return True

    def _settle_down(self, wait: Wait) -> None:
        if wait is self._wait:
            return
        self._waits, self._wait = self._waits + 1, wait
        self.shows(wait.listening)
        if wait.seconds is not None and (wait.outside or not self.network.held):
            self.network.timer.after(wait.seconds, partial(self._deliver, Alarm(self._waits)))

    def shows(self, listening: Listening | None) -> None:
        """What the service listens for now."""
        if self.call.listening != listening:
            self.amend(listening=listening)

    def _give_up(self) -> None:
        """Something broke in the carrier or, without sockets, in the service: nothing hangs on because of it."""
        self._flow = self._wait = None
        self._busy = False
        if self.directory.alive(self.sid):
            self.end(CallStatus.FAILED)
