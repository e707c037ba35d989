"""Tables: presence checks, and the photos that belong to cases. A photo lies sealed in a blob, under its own key."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

CHECK_STATES = ("planned", "asked", "answered", "passed", "failed", "missed", "excused", "unclear")
"""Planned: not told yet. Answered: everything came, nobody read it yet."""
OPEN_CHECKS = ("planned", "asked", "answered")
PHOTO_STATES = ("arriving", "waiting", "read", "refused", "destroyed")


class PresenceCheck(SQLModel, table=True):
    """One surprise request: a selfie by a link, a number to key on a call, or a visit."""

    __tablename__ = "presence_check"
    __table_args__ = (
        CheckConstraint(f"state IN {CHECK_STATES}", name="presence_check_state"),
        CheckConstraint("means IN ('link', 'call', 'visit')", name="presence_check_means"),
        CheckConstraint("origin IN ('schedule', 'challenge', 'staff')", name="presence_check_origin"),
        Index("presence_check_due", "due_at", **where("due_at IS NOT NULL")),
        Index("presence_check_missed", "window_ends_at", **where("state = 'missed'")),
        Index("presence_check_planned", "case_id", "planned_at", unique=True, **where("origin = 'schedule'")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    origin: str = "schedule"
    """From the seeded schedule, after a suspected departure, or asked for by a person."""
    means: str = "link"
    state: str = "planned"
    planned_at: datetime
    asked_at: datetime | None = None
    window_ends_at: datetime | None = None
    """Until when an answer is in time."""
    step: int = 0
    """How far the ladder went: 1 link, 2 reminder, 3 call, 4 second link, 5 a person."""
    due_at: datetime | None = None
    """When the ladder, or a reader, goes on; None where nothing is left to do."""
    attempts: int = 0
    message_id: str | None = None
    """The text with its first link, or its first call, in the outbox: if it never arrived, silence is no miss."""
    nonce_hash: bytes | None = None
    """Of the one page session in which it may be answered, and of the browser that has it."""
    begun_at: datetime | None = None
    """When that page session began."""
    tries: int | None = None
    """How often photos came that were too poor to tell, so that they were asked for again; `outcome` says why."""
    challenge: str | None = None
    """JSON: what the face is to do, in order."""
    number_sealed: bytes | None = None
    """Of a call: what is spoken and to be keyed, under the case's key."""
    position_kind: str | None = None
    """inside, outside, unclear, denied, unavailable, timeout, mock: what came of the position, never the position."""
    distance_band: str | None = None
    radius_band: str | None = None
    answered_at: datetime | None = None
    settled_at: datetime | None = None
    outcome: str | None = None
    """Why it ended so, in a word: no_match, quality, challenge, reused, outside, outage, quiet, hospital, ..."""
    reading_sealed: bytes | None = None
    """JSON: what was read of the photos, under the case's key."""
    alert_id: str | None = Field(default=None, index=True)


class Photo(SQLModel, table=True):
    """A reference photo, or one photo of an answer."""

    __table_args__ = (
        CheckConstraint("purpose IN ('reference', 'answer')", name="photo_purpose"),
        CheckConstraint(f"state IN {PHOTO_STATES}", name="photo_state"),
        CheckConstraint("(purpose = 'answer') = (check_id IS NOT NULL)", name="photo_check"),
        CheckConstraint("state <> 'destroyed' OR data_key IS NULL", name="photo_key"),
        Index("photo_step", "check_id", "step", "state", unique=True, **where("state IN ('waiting', 'read')")),
        Index("photo_answers", "id", **where("purpose = 'answer' AND data_key IS NOT NULL")),
        Index("photo_references", "id", **where("purpose = 'reference' AND data_key IS NOT NULL")),
        Index("photo_due", "due_at", **where("due_at IS NOT NULL")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    purpose: str
    check_id: str | None = Field(default=None, index=True)
    step: int = 0
    """Its place in the challenge."""
    state: str
    size: int
    digest: bytes | None = None
    """SHA-256 of what was sent, keyed by the case: the same photo sent again is the same row."""
    template_sealed: bytes | None = None
    """Of a reference: the face as numbers, under the case's key."""
    likeness_hash_sealed: bytes | None = None
    """A perceptual hash, under the case's key, to find a photo that is used again; outlives the photo."""
    added_at: datetime
    added_by: str
    destroyed_at: datetime | None = None
    data_key: bytes | None = None
    epoch: str | None = None
    blob: str | None = None
    begun_blob: str | None = None
    doomed_blob: str | None = None
    due_at: datetime | None = None
    attempts: int = 0
