"""Tables: versions of the order, drafts of the next one, and what one administrator asks another to put in force."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

DECISIONS = ("approved", "sent_back", "retracted", "overtaken")
"""What became of a proposal; overtaken: the draft was changed, or the order withdrawn otherwise."""


class RegimeVersion(SQLModel, table=True):
    """One version, from its start until the next one starts. Passes keep the version they were issued under."""

    __tablename__ = "regime_version"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    toml: str
    starts_at: datetime = Field(index=True)
    activated_at: datetime
    activated_by: str
    withdrawn_at: datetime | None = None
    """It never came into force."""
    withdrawn_by: str | None = None
    withdrawn_because: str | None = None


class RegimeDraft(SQLModel, table=True):
    """An order that is being written."""

    __tablename__ = "regime_draft"
    __table_args__ = (CLUSTERED,)

    id: str = Field(primary_key=True)
    name: str
    """As it stands in the text, where that can be read."""
    origin: str
    """What it was copied from: ``version:3``, ``preset:moscow-2020``, ``file``."""
    revision: int
    """The newest text's."""
    started_at: datetime
    started_by: str = Field(foreign_key="staff.id")
    ended_at: datetime | None = None
    """Put in force, or thrown away."""


class RegimeDraftText(SQLModel, table=True):
    """One saved text of a draft. Two that are saved onto the same one can't both be the next."""

    __tablename__ = "regime_draft_text"
    __table_args__ = (CLUSTERED,)

    draft_id: str = Field(primary_key=True, foreign_key="regime_draft.id")
    revision: int = Field(primary_key=True)
    toml: str
    saved_at: datetime
    saved_by: str = Field(foreign_key="staff.id")


class RegimeProposal(SQLModel, table=True):
    """An administrator asks another to put a draft in force, or to withdraw a planned version."""

    __tablename__ = "regime_proposal"
    __table_args__ = (
        ForeignKeyConstraint(["draft_id", "revision"], ["regime_draft_text.draft_id", "regime_draft_text.revision"]),
        CheckConstraint("(draft_id IS NULL) = (withdraws IS NOT NULL)", name="regime_proposal_what"),
        CheckConstraint("(draft_id IS NULL) = (revision IS NULL)", name="regime_proposal_text"),
        CheckConstraint(f"decision IN {DECISIONS}", name="regime_proposal_decision"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="regime_proposal_decided"),
        CheckConstraint(
            "decision <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> proposed_by)",
            name="regime_proposal_two_people",
        ),
        Index("regime_proposal_draft", "draft_id", unique=True, **where("decided_at IS NULL AND draft_id IS NOT NULL")),
        Index(
            "regime_proposal_version", "withdraws", unique=True, **where("decided_at IS NULL AND withdraws IS NOT NULL")
        ),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    draft_id: str | None = None
    revision: int | None = None
    sha256: str
    """Of the text that is to be put in force, or withdrawn."""
    withdraws: int | None = Field(default=None, foreign_key="regime_version.id")
    starts_at: datetime | None = None
    """None: as soon as it is approved."""
    because: str = ""
    proposed_at: datetime
    proposed_by: str = Field(foreign_key="staff.id")
    decided_at: datetime | None = None
    decided_by: str | None = Field(default=None, foreign_key="staff.id")
    decision: str | None = None
    reason: str = ""
    version: int | None = Field(default=None, foreign_key="regime_version.id")
    """What it became."""
