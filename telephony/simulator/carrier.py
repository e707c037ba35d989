"""The carrier itself, to be run as a process or built in a test.

>>> carrier = Carrier(settings, wsgi_app=app)      # no sockets: webhooks go straight into the application
>>> phone = carrier.handset("+79990000001")
>>> phone.text("Цель 8")                           # the reply, as the phone shows it
>>> call = phone.calls()                           # rings the service, until it waits for a key or a word
>>> call.hears("нажмите").presses("1")
>>> carrier.settle()                               # let statuses, receipts and glosses happen now
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from telephony.simulator.call_records import Call
from telephony.simulator.dialling import normalise, same_phone
from telephony.simulator.events import Broadcast
from telephony.simulator.faults import FaultBoard
from telephony.simulator.inbound import Outcome, receive_text
from telephony.simulator.ledger import Ledger
from telephony.simulator.network import Network
from telephony.simulator.outbound import Draft, accept
from telephony.simulator.records import HandsetCard, Message, ServiceNumber, Status, new_sid
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.timers import HeldTimer, ThreadTimer, Timer
from telephony.simulator.views import handset_view
from telephony.simulator.voice.exchange import Exchange
from telephony.simulator.voice.phoning import PhoneCall
from telephony.simulator.wires import HttpWire, Wire, WsgiWire

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SMS_PATH = "/telephony/sms"
VOICE_PATH = "/telephony/voice"
ENDED_PATH = "/telephony/voice/ended"


class Carrier:
    """One account at one carrier. Every method may be called from any thread; none holds a lock during HTTP.

    Webhooks go through ``wire``; without one, into ``wsgi_app``; without that, over real HTTP. ``timer`` decides when
    statuses move and receipts go out: real time, or held until :meth:`settle` when a ``wsgi_app`` is given.
    """

    def __init__(
        self,
        settings: CarrierSettings,
        *,
        wire: Wire | None = None,
        wsgi_app: "WSGIApplication | None" = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        timer: Timer | None = None,
        hang_seconds: float = 30.0,
    ) -> None:
        self.settings = settings
        self.faults = FaultBoard()
        self.ledger = Ledger()
        self.hang_seconds = hang_seconds
        self._timer = timer or (HeldTimer() if wsgi_app else ThreadTimer())
        self.network = Network(
            settings=settings,
            wire=wire or (WsgiWire(wsgi_app) if wsgi_app else HttpWire()),
            timer=self._timer,
            clock=clock,
            ledger=self.ledger,
            faults=self.faults,
            events=Broadcast(),
            held=isinstance(self._timer, HeldTimer),
        )
        self.ledger.api_url = f"http://127.0.0.1:{settings.carrier_port}"
        self.exchange = Exchange(self.network)
        public = settings.public_url
        own = self.add_number(settings.number, public + SMS_PATH)
        own = replace(own, voice_url=public + VOICE_PATH, status_callback=public + ENDED_PATH)
        self.ledger.numbers.put(own.sid, own)

    def add_number(self, number: str, sms_url: str, sms_fallback_url: str = "") -> ServiceNumber:
        """Give the account another number; texts to it go to ``sms_url``."""
        now = self.network.clock()
        added = ServiceNumber(new_sid("PN"), number, now, now, sms_url=sms_url, sms_fallback_url=sms_fallback_url)
        self.ledger.numbers.put(added.sid, added)
        return added

    def receive(self, sender: str, body: str, recipient: str = "") -> Outcome:
        """A text from a phone; any ``sender`` string is passed on as it is. Waits for the service's answer."""
        return receive_text(self.network, sender, body, recipient or self.settings.number)

    def call(self, sender: str, recipient: str = "") -> Call:
        """A call from a phone; any ``sender`` string is passed on as it is. Runs until the service waits."""
        return self.exchange.receive(sender, recipient or self.settings.number)

    def send(self, draft: Draft) -> Message:
        """A text to a phone, as the REST API creates it. Raises :class:`telephony.simulator.errors.RefusedError`."""
        return accept(self.network, draft)

    def handset(self, number: str, label: str = "citizen", name: str = "") -> "Handset":
        """The phone with this number, added to the browser page if it isn't there; ValueError if it is no number."""
        address = normalise(number)
        if address is None:
            raise ValueError(f"{number!r} is not a telephone number; write it like +79990000001")
        card = self.ledger.handsets.get(address)
        if card is None:
            card = HandsetCard(address, label, name)
            self.ledger.handsets.put(address, card)
            self.network.events.publish("handset", handset_view(card))
        return Handset(self, address)

    def conversation(self, number: str) -> list[Message]:
        """Every kept text from and to a phone, oldest first."""
        return [message for message in self.ledger.messages if same_phone(message.phone, number)]

    def settle(self) -> None:
        """Let all that is still to come happen now, without waiting; only with a :class:`HeldTimer`."""
        if not isinstance(self._timer, HeldTimer):
            raise TypeError("settle() needs a HeldTimer: with real time, wait for the receipt instead")
        self._timer.run()


@dataclass(frozen=True)
class Handset:
    """One telephone in somebody's hand."""

    carrier: Carrier
    number: str

    def text(self, body: str) -> str:
        """Text the service; the reply, several joined by newlines, an empty string for silence."""
        return "\n".join(self.send(body).replies)

    def send(self, body: str) -> Outcome:
        """Text the service; all that came of it."""
        return self.carrier.receive(self.number, body)

    @property
    def conversation(self) -> list[Message]:
        """Texts both ways, oldest first."""
        return self.carrier.conversation(self.number)

    @property
    def inbox(self) -> list[str]:
        """What the service sent to this phone, oldest first; what ended undelivered is left out."""
        lost = {Status.UNDELIVERED, Status.FAILED}
        return [m.body for m in self.conversation if m.direction != "inbound" and m.status not in lost]

    def calls(self, number: str = "") -> PhoneCall:
        """Call the service, until it waits for something or the call is over."""
        return PhoneCall(self.carrier.exchange, self.carrier.call(self.number, number).sid)

    @property
    def call(self) -> PhoneCall | None:
        """The call that this phone is in, or that makes it ring."""
        call = self.carrier.network.live_call(self.number)
        return PhoneCall(self.carrier.exchange, call.sid) if call else None

    @property
    def rings(self) -> PhoneCall | None:
        """The call that makes this phone ring, if one does."""
        call = self.call
        ringing = call and call.status == "ringing" and call.record.direction != "inbound"
        return call if ringing else None

    def answers(self) -> PhoneCall:
        """Pick it up, and hear what the service has to say until it waits for something."""
        call = self._ringing()
        self.carrier.exchange.answer(call.sid)
        return call

    def declines(self) -> PhoneCall:
        """Push it away: busy."""
        call = self._ringing()
        self.carrier.exchange.decline(call.sid)
        return call

    def ignores(self) -> PhoneCall:
        """Let it ring until the other end gives up."""
        return self._ringing().stays_silent()

    def _ringing(self) -> PhoneCall:
        call = self.rings
        if call is None:
            raise AssertionError(f"{self.number} doesn't ring")
        return call
