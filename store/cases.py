"""Tables: home-isolation cases and appeals."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import where


class Case(SQLModel, table=True):
    """One person's home isolation, from opening to closing."""

    __tablename__ = "isolation_case"
    __table_args__ = (Index("isolation_case_open", "person_id", unique=True, **where("closed_at IS NULL")),)

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    reason: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_reason: str | None = None


class Appeal(SQLModel, table=True):
    """Somebody says that we were wrong, in their own words."""

    __table_args__ = (
        CheckConstraint("state IN ('open', 'upheld', 'denied')", name="appeal_state"),
        CheckConstraint(
            "(about IS NULL) = (about_id IS NULL) AND about IN ('application', 'pass')", name="appeal_about"
        ),
    )

    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    """The short number people quote."""
    phone_id: str = Field(foreign_key="phone.id", index=True)
    text_sealed: bytes
    state: str = "open"
    filed_at: datetime = Field(index=True)
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision_sealed: bytes | None = None
    about: str | None = None
    """What it is about, ``application`` or ``pass``, where its sender chose that; and its id."""
    about_id: str | None = None
