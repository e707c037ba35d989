"""A phone texts the service: the signed webhook, the service's TwiML executed, the fallback when it can't be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin
from uuid import uuid4

from telephony.simulator.dialling import country_of, is_sender_name, normalise, same_phone
from telephony.simulator.faults import Fault
from telephony.simulator.glosses import gloss_in
from telephony.simulator.network import Network
from telephony.simulator.optout import obey_keyword
from telephony.simulator.outbound import compose, dispatch, opted_out
from telephony.simulator.records import API_VERSION, Direction, Message, ServiceNumber, Status
from telephony.simulator.twiml import LONGEST_BODY, GoTo, Say, Step, TwimlError, Unknown, read_twiml
from telephony.simulator.webhooks import FetchError, ask
from telephony.simulator.wires import Reply

MOST_DOCUMENTS: Final = 50
MOST_REPLIES: Final = 10


@dataclass(frozen=True)
class Outcome:
    """What came of one text: the service's last HTTP status (0: none), what it said to the sender, Twilio's errors.

    ``replies`` holds every text meant for the sender, the carrier's own answer to STOP included, also when it could not
    be handed over (then ``errors`` says why).
    """

    message_sid: str
    http_status: int
    replies: tuple[str, ...] = ()
    errors: tuple[int, ...] = ()
    gloss: str = ""


def receive_text(network: Network, sender: str, body: str, recipient: str) -> Outcome:
    """Hand a phone's text to the service and do what it answers. ``sender`` may be anything, as on a real network."""
    body = body.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    message = compose(network, sender, recipient, body, Direction.INBOUND)
    message = replace(message, status=Status.RECEIVED, sent=message.created)
    network.record(message)
    number = network.service_number(recipient)
    if number is None:
        network.complain(30005, f"{recipient} is no number of this account", message_sid=message.sid)
        network.amend(message.sid, answered=False, error_code=30005)
        return Outcome(message.sid, 0, errors=(30005,))
    return _Exchange(network, message, number).run()


class _Exchange:
    """One text and all that the service says to it."""

    def __init__(self, network: Network, message: Message, number: ServiceNumber) -> None:
        self._network = network
        self._message = message
        self._number = number
        self._params = _params(message)
        self._http_status = 0
        self._documents = 0
        self._said = 0
        self._replies: list[str] = []
        self._errors: list[int] = []
        self._glosses: list[str] = []

    def run(self) -> Outcome:
        """The whole exchange, never raising for what the service does."""
        self._obey_keyword()
        answered = self._follow_urls()
        code = None if answered else self._errors[-1]
        self._network.amend(self._message.sid, answered=answered, error_code=code)
        return Outcome(
            self._message.sid,
            self._http_status,
            tuple(self._replies),
            tuple(self._errors),
            "\n".join(filter(None, self._glosses)),
        )

    def _obey_keyword(self) -> None:
        opt_out = obey_keyword(self._network, self._message.sender, self._number.number, self._message.body)
        if opt_out is None:
            return
        if self._network.settings.messaging_service_sid:
            self._params |= {"OptOutType": opt_out.kind}
        self._replies.append(opt_out.answer)
        self._send(opt_out.answer, self._number.number, self._message.sender)

    def _follow_urls(self) -> bool:
        """Whether the number's URL, or else its fallback, gave a document that could be executed."""
        number, trouble = self._number, dict[str, str]()
        targets = [(number.sms_url, number.sms_method), (number.sms_fallback_url, number.sms_fallback_method)]
        for url, method in filter(lambda target: target[0], targets):
            try:
                self._execute(url, method, trouble)
            except (FetchError, TwimlError) as error:
                trouble = {"ErrorCode": str(error.code), "ErrorUrl": url}
                self._complain(error.code, str(error), url)
                if isinstance(error, FetchError):
                    self._http_status = error.status
            else:
                return True
        if not trouble:
            self._complain(11200, "the number has no SmsUrl")
        return False

    def _execute(self, url: str, method: str, extra: Mapping[str, str]) -> None:
        """Fetch one document and do its steps; a Redirect or an action leaves the rest of it."""
        self._documents += 1
        if self._documents > MOST_DOCUMENTS:
            self._complain(14106, "redirected too often", url)
            return
        reply = self._ask(url, method, {**self._params, **extra})
        self._http_status = reply.status
        gloss = gloss_in(reply)
        for step in read_twiml(reply):
            onward = self._do(step, url, gloss)
            if onward:
                self._execute(*onward)
                return

    def _ask(self, url: str, method: str, params: Mapping[str, str]) -> Reply:
        network, token = self._network, str(uuid4())
        reply = ask(network, url, params, method, token)
        if network.faults.strikes(Fault.DUPLICATE, self._message.sender):
            ask(network, url, params, method, token)
        if network.faults.strikes(Fault.LOST_RESPONSE, self._message.sender):
            return ask(network, url, params, method, token)
        return reply

    def _do(self, step: Step, url: str, gloss: str) -> tuple[str, str, Mapping[str, str]] | None:
        """Do one step; the next document's URL, method and further parameters if the step leads to one."""
        if isinstance(step, Unknown):
            self._complain(12200, f"<{step.name}> is no verb for texts", url)
        elif isinstance(step, GoTo):
            return urljoin(url, step.url), step.method, {}
        else:
            sent = self._say(step, url, gloss)
            if step.action:
                status = {"MessageSid": sent.sid, "MessageStatus": sent.status.value} if sent else {}
                return urljoin(url, step.action), step.method, status
        return None

    def _say(self, step: Say, url: str, gloss: str) -> Message | None:
        recipient = step.to or self._message.sender
        sender = step.sender or self._number.number
        if same_phone(recipient, self._message.sender):
            self._replies.append(step.body)
            self._glosses.append(gloss)
        self._said += 1
        code = self._objection(step.body, sender, recipient)
        if code:
            self._complain(code, f"to {recipient} from {sender}", url)
            return None
        callback = urljoin(url, step.status_callback) if step.status_callback else ""
        return self._send(step.body, sender, recipient, callback, gloss)

    def _objection(self, body: str, sender: str, recipient: str) -> int | None:
        """The error number that keeps a reply from being sent, or None."""
        ours = self._network.service_number(sender) is not None or is_sender_name(sender)
        if self._said > MOST_REPLIES:
            return 14109
        if not body or len(body) > LONGEST_BODY:
            return 14103
        if not ours:
            return 14102
        if normalise(recipient) is None or same_phone(recipient, sender):
            return 14101
        return 21610 if opted_out(self._network, sender, normalise(recipient) or "") else None

    def _send(self, body: str, sender: str, recipient: str, callback: str = "", gloss: str = "") -> Message:
        phone = normalise(recipient) or recipient
        message = compose(self._network, sender, phone, body, Direction.REPLY)
        message = replace(message, callback=callback, gloss=gloss)
        dispatch(self._network, message)
        return message

    def _complain(self, code: int, detail: str, url: str = "") -> None:
        self._errors.append(code)
        self._network.complain(code, detail, url, self._message.sid)


def _params(message: Message) -> dict[str, str]:
    """The form of an incoming text; source: https://www.twilio.com/docs/messaging/guides/webhook-request"""
    return {
        "ToCountry": country_of(message.recipient),
        "ToState": "",
        "ToCity": "",
        "ToZip": "",
        "SmsMessageSid": message.sid,
        "NumMedia": "0",
        "FromZip": "",
        "SmsSid": message.sid,
        "FromState": "",
        "SmsStatus": message.status.value,
        "FromCity": "",
        "Body": message.body,
        "FromCountry": country_of(message.sender),
        "To": message.recipient,
        "NumSegments": str(message.segments),
        "MessageSid": message.sid,
        "AccountSid": message.account_sid,
        "From": message.sender,
        "ApiVersion": API_VERSION,
    }
