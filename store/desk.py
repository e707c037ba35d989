"""Tables: whom agents looked at in their calls, codes that are read out, and forms that were sent."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED


class CallLook(SQLModel, table=True):
    """Somebody an agent saw in a call: on the caller's telephone, or found by what the caller said."""

    __tablename__ = "call_look"
    __table_args__ = (Index("call_look_whom", "staff_id", "person_id"), CLUSTERED)

    call_sid: str = Field(primary_key=True, foreign_key="call.sid")
    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    phone_id: str = Field(foreign_key="phone.id")
    """The number on file by which they were met or found; a code that proves them goes there."""
    why: str
    looked_at: datetime


class Dictation(SQLModel, table=True):
    """A code on an agent's screen, from its being shown until every group was read back."""

    __table_args__ = (Index("dictation_pass", "pass_id", "begun_at"), CLUSTERED)

    id: str = Field(primary_key=True)
    pass_id: str
    call_sid: str = Field(foreign_key="call.sid")
    staff_id: str = Field(foreign_key="staff.id")
    begun_at: datetime
    read_back: int = 0
    """The groups that were read back, a bit each."""
    ended_at: datetime | None = None
    """Since when the code is hidden."""


class SentForm(SQLModel, table=True):
    """A form that was sent, once, and what came of it; sent again it is answered alike and does nothing."""

    __tablename__ = "sent_form"
    __table_args__ = (CLUSTERED,)

    token: str = Field(primary_key=True)
    sender_id: str
    """Whoever sent it: `store.staff.Staff.id`, or `store.people.Phone.id` of a citizen."""
    sent_at: datetime = Field(index=True)
    answer: str = "{}"
    """JSON: where it led and what is said there; no personal data."""
