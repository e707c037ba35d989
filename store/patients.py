"""Tables: what a patient at home has and says: ways to their page, devices, words; and what stood in the way."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

WORD_KINDS = (
    *("home", "hospital", "ambulance", "doctor", "asleep", "ill", "no_battery", "other"),
    *("sos", "reply", "consent_withdrawn"),
)
"""What a patient says: at home; why not, or why not now; help; an answer to what we told them."""
CHANNELS = ("text", "voice", "page")
LINK_SCOPES = ("page", "check", "app")
NO_POSITION = ("denied", "unavailable", "timeout")
"""Why a browser tells no position: it may not, the telephone knows none, none was found in time."""


class PatientLink(SQLModel, table=True):
    """What opens a patient's page, or one presence check: 128 random bits, kept as their SHA-256.

    Or a code that an app changes for its token, kept as its blind index: it is short, since people type it.
    """

    __tablename__ = "patient_link"
    __table_args__ = (CheckConstraint(f"scope IN {LINK_SCOPES}", name="patient_link_scope"), CLUSTERED)

    token_hash: bytes = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    scope: str
    check_id: str | None = Field(default=None, index=True)
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None


class Device(SQLModel, table=True):
    """A browser or app that reports for a patient; by its token it is known again."""

    __table_args__ = (
        CheckConstraint("kind IN ('browser', 'app')", name="device_kind"),
        CheckConstraint(f"no_position IN {NO_POSITION}", name="device_no_position"),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    kind: str
    token_hash: bytes = Field(unique=True)
    model: str = ""
    """A class of telephones, such as ``Android 10`` or ``iOS 17``: nothing that tells one from another."""
    added_at: datetime
    last_heard_at: datetime | None = None
    no_position: str | None = None
    """Why its browser tells no position; None where it does, or was not asked yet."""
    no_position_at: datetime | None = None
    """Since when."""
    ended_at: datetime | None = None


class PatientWord(SQLModel, table=True):
    """Something a patient said or pressed, to which a person may have to answer."""

    __tablename__ = "patient_word"
    __table_args__ = (
        CheckConstraint(f"kind IN {WORD_KINDS}", name="patient_word_kind"),
        CheckConstraint(f"channel IN {CHANNELS}", name="patient_word_channel"),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    kind: str
    channel: str
    words_sealed: bytes | None = None
    """Under the case's key."""
    said_at: datetime
    alert_id: str | None = Field(default=None, index=True)
    """The alert it answers, or raised."""


class Outage(SQLModel, table=True):
    """A time in which silence proves nothing: ours, the carrier's, the region's power. Every miss in it is excused."""

    __table_args__ = (
        CheckConstraint("kind IN ('ours', 'carrier', 'power', 'other')", name="outage_kind"),
        Index("outage_ends", "ends_at"),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    kind: str
    starts_at: datetime
    ends_at: datetime | None = None
    """None: it goes on."""
    raised_by: str
    """Who, as in the audit; ``service`` where it was noticed by itself."""
    note: str = ""
    """In a word, without anybody's data."""
    settled_at: datetime | None = None
    """When the misses inside were last excused."""


class Pulse(SQLModel, table=True):
    """A part of the service that is alive says so; a gap was a time in which nobody could reach us."""

    __table_args__ = (CLUSTERED,)

    name: str = Field(primary_key=True)
    beaten_at: datetime


class FenceState(SQLModel, table=True):
    """What is remembered of one device's fixes to decide whether it left: numbers and moments, never a position."""

    __tablename__ = "fence_state"
    __table_args__ = (CLUSTERED,)

    case_id: str = Field(primary_key=True, foreign_key="isolation_case.id")
    device_id: str = Field(primary_key=True)
    state: str
    """JSON: `monitoring.fence.state.State` without its last fix."""
    heard_at: datetime
    """When the last fix was taken that counted as one."""
    next_s: int
    """In so many seconds the next was asked for."""


class Departure(SQLModel, table=True):
    """The fact that a device left the fence. Bands and counts, never a position."""

    __table_args__ = (
        Index("departure_open", "case_id", "device_id", unique=True, **where("back_at IS NULL")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    device_id: str
    left_at: datetime
    """To five minutes."""
    detected_at: datetime
    back_at: datetime | None = None
    distance_band: str
    """Metres beyond the footprint, such as ``200-500``."""
    radius_band: str
    """Reported radius in metres, such as ``0-50``."""
    fixes: int
    span_s: int
    plain: bool
    """Whether the rule that explains itself says so too."""
    parameters: str
    """The version of the decision's parameters."""
    check_id: str | None = Field(default=None, index=True)
    """The challenge that was asked after it."""
    alert_id: str | None = Field(default=None, index=True)
