"""Tables: texts in with their answers, open dialogues, texts out with their receipts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

STATES = ("created", "sending", "sent", "delivered", "undelivered", "failed")
"""Of a message out; it moves only to the right."""
UNSENT = STATES[:2]
"""The carrier is not known to have it."""
SETTLED = STATES[3:]
LOST = STATES[4:]
"""Settled, and it never arrived."""
IS_LOST = f"state IN {LOST}"
"""As SQL, with which the index of texts that never arrived is found."""
KINDS = ("text", "answer", "call")
"""Of what we owe: a notice, a text that somebody asked for, a call."""
CALL_BACK = "call_back"
"""What a call is for that a caller asked for, or rang off from."""
PRESENCE = "presence"
"""What a call to a patient at home is for: to key a number, or to be told of a link."""
NOTICE = "notice"
"""What a call to a patient is for who can't read texts: to be told what others are texted."""
CALL_BACK_OPEN = f"template = '{CALL_BACK}' AND state IN ('created', 'sending')"
"""As SQL: nobody is owed two calls back at a time."""


class InboundMessage(SQLModel, table=True):
    """A text that came in, once, and what was answered. What it said is not kept."""

    __tablename__ = "inbound_message"

    __table_args__ = CLUSTERED

    sid: str = Field(primary_key=True)
    phone_id: str = Field(index=True)
    reply_sealed: bytes
    """The TwiML answered, under the telephone's key; a repeat of the text gets it byte for byte."""
    intent: str
    """What was understood, and what came of it, in none of the sender's words: ``dialogue.request:granted``."""
    segments: int
    received_at: datetime = Field(index=True)
    answered_ms: int


class OpenDialogue(SQLModel, table=True):
    """A question waiting for its answer, by telephone (texts) or CallSid (calls)."""

    __tablename__ = "dialogue"

    key: str = Field(primary_key=True)
    state_sealed: bytes
    expires_at: datetime


class OutboxMessage(SQLModel, table=True):
    """A text or a call we owe somebody: a template's name and fields, never a sentence."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="outbox_message_state"),
        Index("outbox_message_due", "state", "due_at"),
        Index("outbox_message_lost", "id", **where(IS_LOST)),
        Index("outbox_message_call_back", "phone_id", unique=True, **where(CALL_BACK_OPEN)),
    )

    id: str = Field(primary_key=True)
    phone_id: str = Field(foreign_key="phone.id", index=True)
    kind: str = Field(default="text", sa_column_kwargs={"server_default": "text"})
    template: str
    """Of a text; of a call what it is for."""
    fields_sealed: bytes | None
    """JSON under the telephone's key."""
    language: str
    state: str = "created"
    attempts: int = 0
    """How often the carrier was asked, also by the rows that this one follows."""
    resent: bool = False
    """Whether it was asked again although nobody knows what came of the time before; that happens once."""
    created_at: datetime
    due_at: datetime | None
    """When to look at it next; None once the carrier has it, or once settled."""
    not_after: datetime | None = None
    """After this it says nothing useful any more, or would come in the night: it is not handed over."""
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    provider_sid: str | None = Field(default=None, index=True)
    error_code: int | None = None
    segments: int | None = None
    follows: str | None = Field(default=None, foreign_key="outbox_message.id")
    """The row that was not delivered and whose text this one owes anew."""


class Receipt(SQLModel, table=True):
    """A status callback, once for each status."""

    provider_sid: str = Field(primary_key=True)
    status: str = Field(primary_key=True)
    message_id: str | None = None
    error_code: int | None = None
    received_at: datetime
