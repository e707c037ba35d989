"""Tables: telephones, people, their documents, and who uses which telephone.

A telephone and a person each have a data key of their own, wrapped by the epoch key named beside it; everything
personal is sealed with it and found by blind index only.
"""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.columns import where


class Phone(SQLModel, table=True):
    """A number that texted or called, or is texted by us."""

    __table_args__ = (Index("phone_leaving", "leaving_at", **where("leaving_at IS NOT NULL")),)

    id: str = Field(primary_key=True)
    number_index: bytes = Field(unique=True)
    number_sealed: bytes
    data_key: bytes
    epoch: str
    language: str | None = None
    language_chosen: bool = False
    """Whether somebody asked for the language; otherwise it follows the last text."""
    stopped_at: datetime | None = None
    """Since when it wants no notices."""
    flagged_at: datetime | None = None
    """Since when its texts may be forged: its owner said so."""
    blocked_at: datetime | None = None
    leaving_at: datetime | None = None
    """Since when its owner wants it forgotten: all that was sealed is gone, and the number follows."""
    created_at: datetime


class Person(SQLModel, table=True):
    """Somebody known to the store."""

    id: str = Field(primary_key=True)
    data_key: bytes
    epoch: str
    details_sealed: bytes
    """JSON: `codes.fields.PERSONAL` values by name."""
    guardian_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    """For a child or dependant: who registered them."""
    blocked_at: datetime | None = None
    destroyed_at: datetime | None = None
    """When all that was known of them was destroyed, with the key it was sealed under (`codes.rights.destroying`)."""
    created_at: datetime


class Document(SQLModel, table=True):
    """A document somebody named as theirs. Two people may name one on two phones; quotas count per document."""

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    document_index: bytes = Field(primary_key=True, index=True)
    added_at: datetime


class PersonPhone(SQLModel, table=True):
    """Who may ask from which telephone."""

    __tablename__ = "person_phone"

    phone_id: str = Field(primary_key=True, foreign_key="phone.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    added_at: datetime
