"""Table: what a patient is told by a call, since they can't read a text: rung for until it was heard, by day."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where


class SpokenNotice(SQLModel, table=True):
    """A notice that is said once somebody proved on a call to be whom it is about. A template's name and its fields."""

    __tablename__ = "spoken_notice"
    __table_args__ = (
        Index("spoken_notice_due", "due_at", **where("due_at IS NOT NULL")),
        Index("spoken_notice_waits", "case_id", **where("heard_at IS NULL")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    template: str
    fields_sealed: bytes | None
    """JSON under the case's key."""
    alert_id: str | None = Field(default=None, index=True)
    """The alert it tells of, whose time to answer begins when it is heard."""
    fact_id: str | None = None
    """The fact of that alert that it tells of."""
    tries: int = 0
    """How often it was rung for."""
    made_at: datetime
    due_at: datetime | None
    """When it is rung for next; None once it was heard, or is left to a person."""
    heard_at: datetime | None = None
    left_at: datetime | None = None
    """When it was left to a person to tell."""
