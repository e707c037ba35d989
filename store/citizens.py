"""Tables: citizens on the pages: the codes that let them in, their sessions, applications they have begun."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED


class SignInCode(SQLModel, table=True):
    """A one-time code that was texted so that one browser can sign in."""

    __tablename__ = "sign_in_code"
    __table_args__ = (
        Index("sign_in_code_phone", "phone_id", "sent_at"),
        Index("sign_in_code_block", "block_index", "sent_at"),
        CLUSTERED,
    )

    browser_hash: bytes = Field(primary_key=True)
    """SHA-256 of the token in the browser's form cookie: the code opens nothing in another browser."""
    phone_id: str = Field(foreign_key="phone.id")
    block_index: bytes
    """Blind index of the block of numbers that this one is in: codes that nobody enters come in blocks."""
    code_index: bytes
    sent_at: datetime = Field(index=True)
    wrong: int = 0
    entered_at: datetime | None = None


class CitizenSession(SQLModel, table=True):
    """A browser in which a telephone's owner is signed in."""

    __tablename__ = "citizen_session"
    __table_args__ = (CLUSTERED,)

    token_hash: bytes = Field(primary_key=True)
    """SHA-256 of the cookie's value."""
    phone_id: str = Field(foreign_key="phone.id", index=True)
    opened_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None


class Draft(SQLModel, table=True):
    """An application somebody is writing, a page a question, and what came of it."""

    __table_args__ = (CLUSTERED,)

    id: str = Field(primary_key=True)
    """A random token, in the pages' addresses; it opens nothing without the session."""
    phone_id: str = Field(foreign_key="phone.id", index=True)
    state_sealed: bytes
    """JSON under the telephone's key: `web.citizen.drafts.Draft`."""
    changed_at: datetime = Field(index=True)
