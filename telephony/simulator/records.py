"""What the carrier keeps: texts, service numbers, handsets and debugger entries; and how their ids look."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

API_VERSION = "2010-04-01"


def new_sid(prefix: str) -> str:
    """A Twilio identifier: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


class Direction(StrEnum):
    """Seen from the service: ``inbound`` is what a phone sent."""

    INBOUND = "inbound"
    API = "outbound-api"
    REPLY = "outbound-reply"


class Status(StrEnum):
    """Twilio's message statuses, in the order in which a text goes through them."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


FINAL = frozenset({Status.RECEIVED, Status.DELIVERED, Status.UNDELIVERED, Status.FAILED})


@dataclass(frozen=True)
class Message:
    """One text in one direction.

    ``answered`` is for inbound ones: None while the service thinks, then whether its answer could be used. ``gloss``
    is the service's own rendering in English. ``error_code`` is Twilio's number.
    """

    sid: str
    account_sid: str
    direction: Direction
    sender: str
    recipient: str
    body: str
    status: Status
    created: datetime
    updated: datetime
    segments: int
    sent: datetime | None = None
    error_code: int | None = None
    callback: str = ""
    service_sid: str = ""
    gloss: str = ""
    answered: bool | None = None

    @property
    def phone(self) -> str:
        """The end that is not the service."""
        return self.sender if self.direction is Direction.INBOUND else self.recipient


@dataclass(frozen=True)
class ServiceNumber:
    """An IncomingPhoneNumber: where texts and calls to it go. ``settings`` holds what else can be changed."""

    sid: str
    number: str
    created: datetime
    updated: datetime
    sms_url: str = ""
    sms_method: str = "POST"
    sms_fallback_url: str = ""
    sms_fallback_method: str = "POST"
    voice_url: str = ""
    voice_method: str = "POST"
    voice_fallback_url: str = ""
    voice_fallback_method: str = "POST"
    status_callback: str = ""
    status_callback_method: str = "POST"
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HandsetCard:
    """A phone shown in the browser: its number, whom it plays, and the name on it."""

    number: str
    label: str = "citizen"
    name: str = ""


@dataclass(frozen=True)
class DebugEntry:
    """One line of Twilio's debugger; ``level`` is ``error`` or ``warning``."""

    sid: str
    at: datetime
    level: str
    code: int
    words: str
    detail: str
    url: str
    message_sid: str
