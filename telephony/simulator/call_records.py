"""What the carrier keeps of calls: the calls themselves with all that was heard, and their recordings."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

MOST_LINES: Final = 300
"""Lines kept of one call; older ones are forgotten first."""


class CallStatus(StrEnum):
    """Twilio's call statuses."""

    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


OVER: Final = frozenset(CallStatus) - {CallStatus.QUEUED, CallStatus.RINGING, CallStatus.IN_PROGRESS}


class CallDirection(StrEnum):
    """Seen from the service: ``inbound`` is a phone that rang it, ``outbound-dial`` a leg that ``<Dial>`` made."""

    INBOUND = "inbound"
    API = "outbound-api"
    DIAL = "outbound-dial"


@dataclass(frozen=True)
class Line:
    """Something heard or done in a call, as the phone at its end knows it.

    ``who`` is service, me, other or carrier; ``kind`` say, play, keys, speech, talk or note.
    """

    number: int
    who: str
    kind: str
    text: str
    at: datetime
    language: str = ""


@dataclass(frozen=True)
class Listening:
    """What the service waits for: the keys, the words, the key that ends, how many keys at most."""

    keys: bool
    speech: bool
    finish: str = ""
    digits: int | None = None
    language: str = ""


@dataclass(frozen=True)
class QueuePlace:
    """Where a call waits."""

    name: str
    position: int


@dataclass(frozen=True)
class Call:
    """One leg: a telephone and the carrier. ``heard`` counts its lines, also those that are forgotten."""

    sid: str
    account_sid: str
    direction: CallDirection
    sender: str
    recipient: str
    status: CallStatus
    created: datetime
    updated: datetime
    parent_sid: str = ""
    number_sid: str = ""
    answered: datetime | None = None
    ended: datetime | None = None
    lines: tuple[Line, ...] = ()
    heard: int = 0
    listening: Listening | None = None
    recording: bool = False
    paused: bool = False
    queue: QueuePlace | None = None
    bridged: bool = False

    @property
    def phone(self) -> str:
        """The telephone's number."""
        return self.sender if self.direction is CallDirection.INBOUND else self.recipient

    @property
    def other(self) -> str:
        """The number at the other end."""
        return self.recipient if self.direction is CallDirection.INBOUND else self.sender

    @property
    def over(self) -> bool:
        """Whether it has ended, however."""
        return self.status in OVER

    @property
    def duration(self) -> int:
        """Whole seconds from the answer to the end, 0 when nobody answered or it goes on."""
        return int((self.ended - self.answered).total_seconds()) if self.ended and self.answered else 0


@dataclass(frozen=True)
class Burst:
    """Somebody spoke: from when, for how long, and on which side (0: the leg that is recorded, 1: the other)."""

    at: datetime
    seconds: float
    side: int


@dataclass(frozen=True)
class Recording:
    """A recording: ``spans`` are the stretches in which it ran; the last one is open while it runs."""

    sid: str
    account_sid: str
    call_sid: str
    source: str
    channels: int
    status: str
    started: datetime
    updated: datetime
    spans: tuple[tuple[datetime, datetime | None], ...]
    bursts: tuple[Burst, ...] = ()
    skip: bool = True
    peer_sid: str = ""
    ended: datetime | None = None
    callback_url: str = ""
    callback_method: str = "POST"
    callback_events: frozenset[str] = field(default_factory=lambda: frozenset({"completed"}))

    @property
    def running(self) -> bool:
        """Whether it has not come to its end; it may be paused."""
        return self.status in {"in-progress", "paused"}

    def seconds_until(self, moment: datetime) -> float:
        """How long it is up to this moment; paused stretches count as silence or, with ``skip``, not at all."""
        if not self.skip:
            return max((moment - self.started).total_seconds(), 0.0)
        return sum(max((min(end or moment, moment) - start).total_seconds(), 0.0) for start, end in self.spans)

    @property
    def duration(self) -> int:
        """Whole seconds, at least one."""
        return max(round(self.seconds_until(self.ended or self.updated)), 1)
