"""Tables: what a person decides: who is at it now, what the first of two proposed."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED

KINDS = ("application", "appeal", "organisation", "alert")
"""What a reviewer, or a duty officer, can take."""


class Taking(SQLModel, table=True):
    """Somebody is at something; nobody else decides it meanwhile."""

    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="taking_kind"), CLUSTERED)

    kind: str = Field(primary_key=True)
    subject_id: str = Field(primary_key=True)
    taken_by: str
    """Who, as in the audit: ``staff:ID``."""
    taken_at: datetime
    used_at: datetime


class ApplicationReview(SQLModel, table=True):
    """How far a referred application has come: proposed by one, confirmed by another or sent back; papers asked for."""

    __tablename__ = "application_review"
    __table_args__ = (
        CheckConstraint("proposal IN ('grant', 'refuse')", name="application_review_proposal"),
        CheckConstraint("(proposal IS NULL) = (proposed_by IS NULL)", name="application_review_proposed"),
        CheckConstraint("proposed_by <> confirmed_by", name="application_review_two_people"),
        CheckConstraint("returned_by <> returned_to", name="application_review_returned"),
        CLUSTERED,
    )

    application_id: str = Field(primary_key=True, foreign_key="application.id")
    proposal: str | None = None
    proposed_by: str | None = None
    proposed_at: datetime | None = None
    words_sealed: bytes | None = None
    """What the applicant is sent with a refusal, under the telephone's key."""
    confirmed_by: str | None = None
    returned_by: str | None = None
    """Who did not agree with `returned_to`, and why: under the telephone's key."""
    returned_to: str | None = None
    returned_at: datetime | None = None
    returned_sealed: bytes | None = None
    asked_at: datetime | None = None
    """When another paper was asked for; None once one came, or it was decided."""
