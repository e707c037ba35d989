"""Tables: people who work on pages, how they sign in, and which agents are there to take calls."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

PRESENCES = ("available", "ringing", "connected", "wrapping_up", "away")
"""Of an agent: waiting for a caller, being rung, with a caller, noting what came of it, not there."""

CHANGES = ("roles", "reset")
"""Of an account, which two people make together."""


class Staff(SQLModel, table=True):
    """Somebody who works on pages or at the command line."""

    __table_args__ = (Index("staff_enrol", "enrol_hash", unique=True, **where("enrol_hash IS NOT NULL")),)

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    roles: str
    """Space separated, from the table of roles."""
    created_at: datetime
    closed_at: datetime | None = None
    language: str | None = None
    clinic: str | None = None
    """Of a clinician: where they work. They see the cases of their clinic, and those that they opened."""
    data_key: bytes | None = None
    epoch: str | None = None
    password_hash: str | None = None
    """Argon2id; None until enrolled."""
    totp_sealed: bytes | None = None
    totp_step: int | None = None
    """The 30 seconds whose code was used last: each works once."""
    wrong_sign_ins: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    locked_until: datetime | None = None
    enrol_hash: bytes | None = None
    """SHA-256 of the token in the enrolment link that stands open."""
    enrol_until: datetime | None = None


class StaffChange(SQLModel, table=True):
    """What one administrator wants for somebody's account, until a second one says yes or no."""

    __tablename__ = "staff_change"
    __table_args__ = (
        CheckConstraint(f"kind IN {CHANGES}", name="staff_change_kind"),
        Index("staff_change_open", "staff_id", unique=True, **where("settled_at IS NULL")),
    )

    id: str = Field(primary_key=True)
    staff_id: str = Field(foreign_key="staff.id")
    kind: str
    roles: str
    """Those that they shall have, space separated; of a new way in those that they have."""
    asked_by: str = Field(foreign_key="staff.id")
    asked_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = Field(default=None, foreign_key="staff.id")


class Passkey(SQLModel, table=True):
    """A WebAuthn credential of somebody on the staff."""

    id: bytes = Field(primary_key=True)
    staff_id: str = Field(foreign_key="staff.id", index=True)
    public_key: bytes
    sign_count: int
    added_at: datetime
    used_at: datetime | None = None


class StaffSession(SQLModel, table=True):
    """A browser that is signed in: 15 minutes without a request end it, and eight hours do; or its `until`."""

    __tablename__ = "staff_session"
    __table_args__ = (CLUSTERED,)

    token_hash: bytes = Field(primary_key=True)
    """SHA-256 of the cookie's value."""
    staff_id: str = Field(foreign_key="staff.id", index=True)
    opened_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    until: datetime | None = None
    """Of an officer's, which lasts the shift, used or not."""


class Agent(SQLModel, table=True):
    """An agent's place at the desk: which telephone rings, and what they are doing."""

    __table_args__ = (
        CheckConstraint(f"presence IN {PRESENCES}", name="agent_presence"),
        Index("agent_available", "since", **where("presence = 'available'")),
        CLUSTERED,
    )

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    phone_id: str = Field(foreign_key="phone.id")
    presence: str
    since: datetime
    ring_id: str | None = Field(default=None, foreign_key="outbox_message.id")
    """The call we owe their telephone, while it rings."""
    leg_sid: str | None = Field(default=None, unique=True)
    """That call, once it is answered."""
    call_sid: str | None = Field(default=None, foreign_key="call.sid", unique=True)
    """The caller they are connected with, or whose call they wrap up."""
