"""Tables: the papers that belong to applications. A paper itself lies sealed in a blob, under a key of its own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

STATES = ("arriving", "waiting", "read", "refused", "destroyed")
"""On its way into its blob; to be read; its pages are there; can't be read, and is gone; gone at its end."""


class Paper(SQLModel, table=True):
    """A photo or document that an applicant added.

    Once it is read its pages, drawn anew, take the place of what was sent, under another key.
    """

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="paper_state"),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="paper_refusal"),
        CheckConstraint("(state = 'read') <= (pages IS NOT NULL)", name="paper_pages"),
        CheckConstraint("(state IN ('refused', 'destroyed')) <= (data_key IS NULL)", name="paper_key"),
        Index("paper_due", "due_at", **where("due_at IS NOT NULL")),
        Index("paper_kept", "id", **where("state = 'read'")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    application_id: str = Field(foreign_key="application.id", index=True)
    kind: str
    """What it is by its first bytes: ``jpeg``, ``png``, ``webp``, ``pdf``."""
    size: int
    """Bytes, as it was sent."""
    state: str
    refusal: str | None = None
    pages: str | None = None
    """JSON: width, height and bytes of each page, in the order they lie in the blob."""
    added_at: datetime
    settled_at: datetime | None = None
    """When it was read or refused."""
    destroyed_at: datetime | None = None
    data_key: bytes | None = None
    epoch: str | None = None
    blob: str | None = None
    begun_blob: str | None = None
    """What is being written, or was when somebody died over it."""
    doomed_blob: str | None = None
    """What nobody has a key of any more, and is to be deleted."""
    due_at: datetime | None = None
    """When somebody should look after it; None where nothing is left to do."""
    attempts: int = 0
