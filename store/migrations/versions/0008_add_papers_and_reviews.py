"""Add papers of applications, and what the reviewers of applications and appeals need"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0008"
down_revision = "0007"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("application_id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("refusal", AutoString(), nullable=True),
        sa.Column("pages", AutoString(), nullable=True),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("destroyed_at", UTCDateTime(), nullable=True),
        sa.Column("data_key", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", AutoString(), nullable=True),
        sa.Column("blob", AutoString(), nullable=True),
        sa.Column("begun_blob", AutoString(), nullable=True),
        sa.Column("doomed_blob", AutoString(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('arriving', 'waiting', 'read', 'refused', 'destroyed')", name="paper_state"),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="paper_refusal"),
        sa.CheckConstraint("(state = 'read') <= (pages IS NOT NULL)", name="paper_pages"),
        sa.CheckConstraint("(state IN ('refused', 'destroyed')) <= (data_key IS NULL)", name="paper_key"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_paper_application_id", "paper", ["application_id"])
    op.create_index("paper_due", "paper", ["due_at"], **_where("due_at IS NOT NULL"))
    op.create_index("paper_kept", "paper", ["id"], **_where("state = 'read'"))
    op.create_table(
        "taking",
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("subject_id", AutoString(), nullable=False),
        sa.Column("taken_by", AutoString(), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('application', 'appeal', 'organisation')", name="taking_kind"),
        sa.PrimaryKeyConstraint("kind", "subject_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "application_review",
        sa.Column("application_id", AutoString(), nullable=False),
        sa.Column("proposal", AutoString(), nullable=True),
        sa.Column("proposed_by", AutoString(), nullable=True),
        sa.Column("proposed_at", UTCDateTime(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_by", AutoString(), nullable=True),
        sa.Column("returned_by", AutoString(), nullable=True),
        sa.Column("returned_to", AutoString(), nullable=True),
        sa.Column("returned_at", UTCDateTime(), nullable=True),
        sa.Column("returned_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("proposal IN ('grant', 'refuse')", name="application_review_proposal"),
        sa.CheckConstraint("(proposal IS NULL) = (proposed_by IS NULL)", name="application_review_proposed"),
        sa.CheckConstraint("proposed_by <> confirmed_by", name="application_review_two_people"),
        sa.CheckConstraint("returned_by <> returned_to", name="application_review_returned"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
        sa.PrimaryKeyConstraint("application_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("application_review")
    op.drop_table("taking")
    op.drop_table("paper")
