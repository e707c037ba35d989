"""Tables: organisations that ask for passes for their workers, who acts for them, what they upload, whom they named.

Each organisation has a data key of its own; whatever it uploaded is sealed with it, and gone with it.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

STATES = ("asked", "confirmed", "refused", "closing", "closed")
"""Waits for a reviewer; may ask for passes; may not; its rows are being destroyed; nothing is left but this row."""
UPLOAD_STATES = ("sent", "read", "issuing", "done", "dropped")
"""As it came; every row explained; being issued; all rows tried; given up before its end."""
_LIVES = "ended_at IS NULL"
_WAITS = "fine AND result IS NULL"


class Organisation(SQLModel, table=True):
    """The account of an organisation."""

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="organisation_state"),
        CheckConstraint("(state = 'closed') = (data_key IS NULL)", name="organisation_key"),
        Index("organisation_tax", "tax_index", unique=True, **where("state = 'confirmed'")),
        Index("organisation_open", "state", "id", **where("state IN ('asked', 'closing')")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    state: str
    tax_index: bytes | None = None
    """Blind index of the tax number; one confirmed organisation has it."""
    details_sealed: bytes | None = None
    """JSON: name, tax number, contact; and the reviewer's reason once there is one."""
    data_key: bytes | None = None
    epoch: str | None = None
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
    closed_at: datetime | None = None
    revoking: bool = False
    """Whether its workers' passes end with it."""
    rows_a_day: int
    """How many passes it may ask for on one local day."""
    used_on: str | None = None
    """The local day that `used` counts."""
    used: int = 0
    alarmed_at: datetime | None = None
    """When it was last noted that many of its numbers are wrong."""


class OrganisationUser(SQLModel, table=True):
    """A telephone whose owner acts for an organisation, or is asked whether they will."""

    __tablename__ = "organisation_user"
    __table_args__ = (
        CheckConstraint("state IN ('invited', 'active', 'removed')", name="organisation_user_state"),
        CLUSTERED,
    )

    organisation_id: str = Field(primary_key=True, foreign_key="organisation.id")
    phone_id: str = Field(primary_key=True, foreign_key="phone.id", index=True)
    state: str
    changed_at: datetime


class Employment(SQLModel, table=True):
    """A worker whom an organisation named, and the pass it asked for last."""

    __table_args__ = (
        CheckConstraint("result IN ('issued', 'not_issued')", name="employment_result"),
        Index("employment_worker", "organisation_id", "document_index", unique=True, **where(_LIVES)),
        Index("employment_listed", "organisation_id", "id", **where(_LIVES)),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    organisation_id: str = Field(foreign_key="organisation.id")
    document_index: bytes
    """Blind index of the document within this organisation."""
    details_sealed: bytes | None
    """JSON under the organisation's key, as `codes.employers.hiring.Named`; None once the worker left."""
    person_id: str | None = Field(default=None, index=True)
    pass_id: str | None = None
    message_id: str | None = None
    """The text that told the worker."""
    result: str
    added_at: datetime
    tried_at: datetime = Field(index=True)
    ended_at: datetime | None = None


class Upload(SQLModel, table=True):
    """A list of workers, on its way from a file to passes."""

    __table_args__ = (
        CheckConstraint(f"state IN {UPLOAD_STATES}", name="upload_state"),
        Index("upload_due", "due_at", **where("due_at IS NOT NULL")),
        Index("upload_changed", "changed_at"),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    by_phone: str
    purpose: int
    again: bool
    """Whether it is made of workers who had a pass, and is issued without being looked through."""
    state: str
    content_sealed: bytes | None = None
    """The file, under the organisation's key, until its rows are read."""
    total: int = 0
    fine: int = 0
    issued: int = 0
    not_issued: int = 0
    sent_at: datetime
    changed_at: datetime
    due_at: datetime | None = None
    """When somebody should go on with it; None where nothing is to be done."""
    attempts: int = 0


class UploadRow(SQLModel, table=True):
    """A line of an uploaded list; wiped a day after the last change."""

    __tablename__ = "upload_row"
    __table_args__ = (
        CheckConstraint("result IN ('issued', 'not_issued')", name="upload_row_result"),
        Index("upload_row_waits", "upload_id", "number", **where(_WAITS)),
        CLUSTERED,
    )

    upload_id: str = Field(primary_key=True, foreign_key="upload.id")
    number: int = Field(primary_key=True)
    """Of the line in the file, as a spreadsheet counts."""
    sealed: bytes
    """JSON under the organisation's key: what stood there, and what was read."""
    findings: str
    """JSON: what is to be said about it, in no words of the file."""
    fine: bool
    result: str | None = None
