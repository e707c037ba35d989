"""Tables: the duty desk: alerts, what people decided, what was handed over."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

ALERT_KINDS = (
    *("sos", "departure", "failed", "unclear", "missed", "pause", "no_contact", "not_enrolled"),
    *("consent_withdrawn", "phone_not_returned", "visit", "appeal_upheld", "not_told", "call_wanted"),
)
STANDS = "decision IN ('warn', 'violation') AND overturned_at IS NULL"
"""Decided against a patient, and not withdrawn."""
DECISIONS = ("nothing", "excused", "warn", "visit", "violation")


class Alert(SQLModel, table=True):
    """Something a duty officer has to look at: a doubt, a request, a call for help. Never a verdict."""

    __table_args__ = (
        CheckConstraint(f"kind IN {ALERT_KINDS}", name="alert_kind"),
        CheckConstraint(f"decision IN {DECISIONS}", name="alert_decision"),
        CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="alert_decided"),
        CheckConstraint("decision <> 'violation' OR decided_by <> opened_by", name="alert_two_people"),
        Index("alert_open", "urgency", "raised_at", **where("decided_at IS NULL")),
        Index("alert_standing", "id", **where(STANDS)),
        Index("alert_untold", "id", **where("untold_at IS NOT NULL AND decided_at IS NULL")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    kind: str
    urgency: int
    """0 help, 1 today's doubt, 2 a question, 3 when there is time."""
    raised_at: datetime
    opened_by: str
    """Who opened the case: they don't decide on a violation."""
    facts: str = "[]"
    """JSON: what it rests on: {"what": "departure" | "check", "id": .., "told_at": .., "answer_by": ..}. Each fact has
    a time to answer of its own."""
    untold_at: datetime | None = None
    """Since when there is a fact in it that the patient was not told of."""
    told_at: datetime | None = None
    """When the patient was last told of something in it."""
    ripe_at: datetime | None = None
    """When the time to answer to the first fact is over."""
    answer_by: datetime | None = None
    """The same of the last fact that was told."""
    answered_at: datetime | None = None
    """When the patient last answered."""
    decision: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason_sealed: bytes | None = None
    """Under the case's key."""
    words_sealed: bytes | None = None
    """What the patient was sent with it."""
    overturned_at: datetime | None = None
    """When an appeal against the decision was upheld."""
    false_alarm: bool = False
    """Whether who decided said that the telephone, not the patient, was wrong."""


class CaseFile(SQLModel, table=True):
    """A file that was made of a decision for another authority, and what came of it there."""

    __tablename__ = "case_file"
    __table_args__ = (Index("case_file_due", "due_at", **where("due_at IS NOT NULL")), CLUSTERED)

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    alert_id: str = Field(foreign_key="alert.id", index=True)
    made_at: datetime
    made_by: str
    digest: str
    """SHA-256 of the JSON, as hex."""
    content_sealed: bytes | None = None
    """That JSON, under the case's key."""
    pdf_sealed: bytes | None = None
    """The same as PDF, once the worker has drawn it."""
    due_at: datetime | None = None
    """When to draw it; None once that is done, or given up."""
    attempts: int = 0
    outcome: str | None = None
    """fined, warned, dropped, other; withdrawn: by us, since an appeal was upheld."""
    outcome_at: datetime | None = None
    outcome_by: str | None = None
    outcome_sealed: bytes | None = None
    """In their words, under the case's key."""


class DistrictCount(SQLModel, table=True):
    """How many people at home live in a district; no number under ten is kept."""

    __tablename__ = "district_count"
    __table_args__ = (CheckConstraint("cases >= 10", name="district_count_none_small"), CLUSTERED)

    name: str = Field(primary_key=True)
    cases: int | None
    """None: fewer than ten, or none."""
    counted_at: datetime


class Destruction(SQLModel, table=True):
    """What one run of the retention job destroyed: counts by kind, nobody's name."""

    __table_args__ = (CLUSTERED,)

    id: str = Field(primary_key=True)
    at: datetime
    counts: str
    """JSON."""
