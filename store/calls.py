"""Tables: calls, what each of their steps was answered, their recordings, and calls somebody listens to again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, false
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

STATES = ("talking", "waiting", "connected", "ended")
"""Of a call: with the machine, in the line for an agent, with an agent, over."""
PROOFS = ("document", "code", "registered")
"""How a caller was proved: the end of their document, a code texted to the number on file, or registered just now."""
LOSSES = ("absent", "failed", "gone", "too_long", "unreached", "unknown")
"""Why a recording is not kept: the carrier recorded nothing, could not, or has it no longer; it is longer than a call
can be; it could not be had for days; nobody knows which call it is of."""

UNNOTED = "agent_id IS NOT NULL AND wrapped_at IS NULL"
"""As SQL: an agent had the call, and nobody noted what came of it."""
VERDICTS = ("fine", "faulty", "unheard")
"""Of somebody who listened to a call again; ``unheard``: there is nothing to hear."""


class Call(SQLModel, table=True):
    """A call with a caller, in or out; an agent's own leg is no call."""

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="call_state"),
        CheckConstraint(f"proof IN {PROOFS}", name="call_proof"),
        CheckConstraint("(proof IS NULL) = (person_id IS NULL)", name="call_proved"),
        Index("call_waiting", "queued_at", **where("state = 'waiting'")),
        Index("call_agent", "agent_id", "connected_at", **where("agent_id IS NOT NULL")),
        Index("call_phone", "phone_id", "began_at", **where("phone_id IS NOT NULL")),
        Index("call_pause", "pause_due_at", **where("pause_due_at IS NOT NULL")),
        Index("call_queued", "queued_at", **where("queued_at IS NOT NULL")),
        Index("call_unnoted", "ended_at", **where(UNNOTED)),
        CLUSTERED,
    )

    sid: str = Field(primary_key=True)
    phone_id: str | None = Field(default=None, foreign_key="phone.id")
    """None where the number is hidden."""
    direction: str
    """``in`` or ``out``."""
    language: str
    state: str = "talking"
    began_at: datetime
    queued_at: datetime | None = None
    why: str | None = None
    """Why an agent is wanted: ``asked``, ``misunderstood``, ``hidden``, ``called_back``."""
    connected_at: datetime | None = None
    agent_id: str | None = Field(default=None, foreign_key="staff.id")
    leg_sid: str | None = Field(default=None, index=True)
    """The agent's leg, the last one where there were several."""
    ended_at: datetime | None = None
    person_id: str | None = Field(default=None, foreign_key="person.id")
    """Who the caller was proved to be."""
    proof: str | None = None
    wrong_proofs: int = 0
    consent_index: bytes | None = None
    """Blind index of the code that was texted to the caller and is to be read out."""
    consent_sent_at: datetime | None = None
    pause_wanted: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether the recording is to be paused; `paused` is what the carrier was last told."""
    paused: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    pause_since: datetime | None = None
    """Since when it is to be paused; None while it is not."""
    pause_due_at: datetime | None = None
    """When to tell the carrier; None once it does what is wanted."""
    pause_failed_at: datetime | None = None
    """Since when it does not."""
    outcome: str | None = None
    note_sealed: bytes | None = None
    """What the agent noted, under the telephone's key."""
    wrapped_at: datetime | None = None
    drawn_at: datetime | None = None
    """When it was drawn whether somebody else listens to it again; once, whatever came of it."""


class CallStep(SQLModel, table=True):
    """A step of a call, once, and the TwiML it was answered with; a repeat gets it byte for byte."""

    __tablename__ = "call_step"
    __table_args__ = (CLUSTERED,)

    call_sid: str = Field(primary_key=True)
    step: int = Field(primary_key=True)
    reply_sealed: bytes
    """Under the telephone's key."""
    intent: str
    """As of a text: no word of the caller's."""
    received_at: datetime = Field(index=True)
    answered_ms: int


class RecordedLeg(SQLModel, table=True):
    """An agent's leg that was connected with a caller: there must come a recording of it."""

    __tablename__ = "recorded_leg"
    __table_args__ = (Index("recorded_leg_due", "due_at", **where("due_at IS NOT NULL")), CLUSTERED)

    leg_sid: str = Field(primary_key=True)
    call_sid: str = Field(foreign_key="call.sid", index=True)
    connected_at: datetime
    due_at: datetime | None
    """When to ask the carrier for its recording, should none be announced; None when nothing is left to ask."""
    given_up_at: datetime | None = None


class Recording(SQLModel, table=True):
    """The recording of a call with an agent, from its announcement to its destruction."""

    __table_args__ = (
        CheckConstraint("(blob IS NULL) = (sha256 IS NULL)", name="recording_kept"),
        CheckConstraint(f"lost IN {LOSSES}", name="recording_lost"),
        CheckConstraint("destroyed_at IS NULL OR data_key IS NULL", name="recording_destroyed"),
        Index("recording_due", "due_at", **where("due_at IS NOT NULL")),
        CLUSTERED,
    )

    sid: str = Field(primary_key=True)
    leg_sid: str = Field(index=True)
    """The agent's leg it was made of."""
    call_sid: str | None = Field(default=None, foreign_key="call.sid", index=True)
    """None as long as no call is known to have had that leg: an announcement may come early."""
    announced_at: datetime
    seconds: int | None = None
    data_key: bytes | None = None
    """Its own, so that destroying a recording is destroying this; None once destroyed."""
    epoch: str | None = None
    blob: str | None = None
    """Its name in the blob store."""
    begun_blob: str | None = None
    """What a try to fetch it began; the next try deletes what was left of that."""
    sha256: bytes | None = None
    """Of the sound as fetched; it stands in the audit too."""
    kept_at: datetime | None = None
    withdrawn_at: datetime | None = None
    """When it was deleted at the carrier."""
    destroy_at: datetime | None = None
    destroyed_at: datetime | None = None
    lost: str | None = None
    """Why it will not be kept, one of `LOSSES`."""
    attempts: int = 0
    """How often somebody began to work on it; whoever did so last may record what came of it."""
    due_at: datetime | None
    """When to work on it next: fetch, delete at the carrier, or destroy; None when nothing is left to do."""


class CallReview(SQLModel, table=True):
    """A call in which a pass was issued, picked at random for somebody else to listen to again."""

    __tablename__ = "call_review"
    __table_args__ = (Index("call_review_open", "picked_at", **where("reviewed_at IS NULL")), CLUSTERED)

    call_sid: str = Field(primary_key=True, foreign_key="call.sid")
    picked_at: datetime
    reviewer_id: str | None = Field(default=None, foreign_key="staff.id")
    reviewed_at: datetime | None = None
    verdict: str | None = None
    """One of `VERDICTS`."""
    note_sealed: bytes | None = None
    """Under the key of the agent's note."""


class Listening(SQLModel, table=True):
    """Somebody said why they are about to hear a recording; for a while they can."""

    __table_args__ = (CLUSTERED,)

    id: str = Field(primary_key=True)
    recording_sid: str = Field(foreign_key="recording.sid")
    call_sid: str = Field(foreign_key="call.sid", index=True)
    staff_id: str = Field(foreign_key="staff.id")
    why: str
    begun_at: datetime
