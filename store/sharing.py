"""Tables: passes shown elsewhere: by a link, by e-mail."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

MAIL_STATES = ("created", "sending", "sent", "failed")
"""Of an e-mail we owe; it moves only to the right."""


class ShareLink(SQLModel, table=True):
    """A link that shows one pass to whoever has it, until it ends."""

    __tablename__ = "share_link"
    __table_args__ = (CLUSTERED,)

    token_hash: bytes = Field(primary_key=True)
    """SHA-256 of the token in the link."""
    id: str = Field(unique=True)
    """What its owner ends it by."""
    pass_id: str = Field(foreign_key="pass.id", index=True)
    made_at: datetime
    ends_at: datetime = Field(index=True)


class Mail(SQLModel, table=True):
    """A pass we owe somebody by e-mail."""

    __table_args__ = (
        CheckConstraint(f"state IN {MAIL_STATES}", name="mail_state"),
        Index("mail_due", "due_at", **where("due_at IS NOT NULL")),
        Index("mail_phone", "phone_id", "created_at"),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    phone_id: str = Field(foreign_key="phone.id")
    pass_id: str = Field(foreign_key="pass.id", index=True)
    address_sealed: bytes | None
    """Under the telephone's key; wiped once it is sent or has failed."""
    language: str
    state: str
    attempts: int
    created_at: datetime
    due_at: datetime | None
    settled_at: datetime | None = None
