"""Texts from the service to phones: what is refused, how a text travels, and the receipts on its way."""

from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

from telephony.simulator.dialling import MAGIC_RECIPIENTS, MAGIC_SENDERS, MAGIC_VALID_SENDER, is_sender_name, normalise
from telephony.simulator.errors import RefusedError
from telephony.simulator.faults import Fault
from telephony.simulator.glosses import gloss_later
from telephony.simulator.network import Network
from telephony.simulator.records import API_VERSION, Direction, Message, Status, new_sid
from telephony.simulator.segments import count_segments
from telephony.simulator.twiml import LONGEST_BODY
from telephony.simulator.webhooks import FetchError, ask

SENDING_AFTER, SENT_AFTER, DELIVERED_AFTER = 0.1, 0.4, 1.2
"""Seconds from creation; any number without a handset is a phone somewhere, and has its text within three seconds."""
RECEIPT_DELAY = 20.0

Moment = tuple[float, Status]


@dataclass(frozen=True)
class Draft:
    """A text as the REST API is asked to send it; either ``sender`` or ``service_sid`` is given."""

    to: str
    body: str
    sender: str = ""
    service_sid: str = ""
    callback: str = ""


def accept(network: Network, draft: Draft) -> Message:
    """Create the text and start it on its way. Raises :class:`RefusedError` with Twilio's error number."""
    recipient = _recipient(draft)
    sender = _sender(network, draft)
    _check_content(draft)
    if recipient == sender:
        raise RefusedError(21266, recipient)
    if opted_out(network, sender, recipient):
        raise RefusedError(21610)
    message = compose(network, sender, recipient, draft.body, Direction.API)
    status = Status.ACCEPTED if draft.service_sid else Status.QUEUED
    message = replace(message, callback=draft.callback, service_sid=draft.service_sid, status=status)
    dispatch(network, message)
    return message


def compose(network: Network, sender: str, recipient: str, body: str, direction: Direction) -> Message:
    """A new queued text, not yet on its way."""
    return Message(
        sid=new_sid("SM"),
        account_sid=network.settings.account_sid,
        direction=direction,
        sender=sender,
        recipient=recipient,
        body=body,
        status=Status.QUEUED,
        created=network.clock(),
        updated=network.clock(),
        segments=count_segments(body),
    )


def dispatch(network: Network, message: Message) -> None:
    """Keep the text and let it travel: statuses move forward by themselves, receipts go to its callback."""
    network.record(message)
    gloss_later(network, message)
    moves, receipts = _journey(network, message.phone)
    for seconds, status in moves:
        network.timer.after(seconds, partial(_move, network, message.sid, status))
    for seconds, status in receipts if message.callback else []:
        network.timer.after(seconds, partial(_receipt, network, message, status))


def opted_out(network: Network, sender: str, recipient: str) -> bool:
    """Whether this phone told this number to stop."""
    return f"{sender} {recipient}" in network.ledger.opted_out


def _recipient(draft: Draft) -> str:
    if not draft.to:
        raise RefusedError(21604)
    recipient = normalise(draft.to)
    if recipient is None:
        raise RefusedError(21211, draft.to)
    if recipient in MAGIC_RECIPIENTS:
        raise RefusedError(MAGIC_RECIPIENTS[recipient], recipient)
    return recipient


def _sender(network: Network, draft: Draft) -> str:
    if not draft.sender and draft.service_sid:
        return network.settings.number
    if not draft.sender:
        raise RefusedError(21603)
    sender = normalise(draft.sender)
    if sender is None and is_sender_name(draft.sender):
        return draft.sender
    if sender is None or sender in MAGIC_SENDERS:
        raise RefusedError(MAGIC_SENDERS.get(sender or "", 21212), draft.sender)
    if sender != MAGIC_VALID_SENDER and not network.service_number(sender):
        raise RefusedError(21606, draft.sender)
    return sender


def _check_content(draft: Draft) -> None:
    if not draft.body:
        raise RefusedError(21602)
    if len(draft.body) > LONGEST_BODY:
        raise RefusedError(21617)
    if draft.callback and not urlsplit(draft.callback).netloc:
        raise RefusedError(21609, draft.callback)


def _journey(network: Network, phone: str) -> tuple[list[Moment], list[Moment]]:
    """When the status moves, and when receipts go out; switched-on faults bend the latter."""
    faults = network.faults
    end = Status.UNDELIVERED if faults.strikes(Fault.UNREACHABLE, phone) else Status.DELIVERED
    moves = [(SENDING_AFTER, Status.SENDING), (SENT_AFTER, Status.SENT), (DELIVERED_AFTER, end)]
    receipts = moves[1:]  # Twilio calls back for neither the initial status nor the moment of sending
    if faults.strikes(Fault.RECEIPTS_MISSING, phone):
        receipts = []
    if faults.strikes(Fault.RECEIPTS_REORDERED, phone):
        receipts = [(DELIVERED_AFTER + index, status) for index, (_, status) in enumerate(reversed(receipts))]
    if faults.strikes(Fault.RECEIPTS_DELAYED, phone):
        receipts = [(seconds + RECEIPT_DELAY, status) for seconds, status in receipts]
    if faults.strikes(Fault.RECEIPTS_DOUBLED, phone):
        receipts = [moment for moment in receipts for _ in range(2)]
    return moves, receipts


def _move(network: Network, sid: str, status: Status) -> None:
    sent = {"sent": network.clock()} if status is Status.SENT else {}
    error_code = 30003 if status is Status.UNDELIVERED else None
    network.amend(sid, status=status, error_code=error_code, **sent)
    if error_code:
        network.complain(error_code, "the phone is switched off", message_sid=sid)


def _receipt(network: Network, message: Message, status: Status) -> None:
    params = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": status.value,
        "SmsStatus": status.value,
        "AccountSid": message.account_sid,
        "From": message.sender,
        "To": message.recipient,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        params["MessagingServiceSid"] = message.service_sid
    if status is Status.DELIVERED:
        params["RawDlrDoneDate"] = network.clock().strftime("%y%m%d%H%M")
    if status is Status.UNDELIVERED:
        params["ErrorCode"] = "30003"
    try:
        ask(network, message.callback, params)
    except FetchError as error:
        network.complain(error.code, str(error), message.callback, message.sid)
