"""Add drafts of orders, and what two administrators put in force or withdraw together"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"

_OPEN_DRAFT = sa.text("decided_at IS NULL AND draft_id IS NOT NULL")
_OPEN_VERSION = sa.text("decided_at IS NULL AND withdraws IS NOT NULL")
_WITHDRAWN = ("withdrawn_at", UTCDateTime()), ("withdrawn_by", AutoString()), ("withdrawn_because", AutoString())


def upgrade() -> None:
    for name, kind in _WITHDRAWN:
        op.add_column("regime_version", sa.Column(name, kind, nullable=True))
    op.create_table(
        "regime_draft",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("started_by", AutoString(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["started_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "regime_draft_text",
        sa.Column("draft_id", AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("toml", AutoString(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.Column("saved_by", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["regime_draft.id"]),
        sa.ForeignKeyConstraint(["saved_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("draft_id", "revision"),
        sqlite_with_rowid=False,
    )
    _create_proposals()


def _create_proposals() -> None:
    op.create_table(
        "regime_proposal",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("draft_id", AutoString(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("withdraws", sa.Integer(), nullable=True),
        sa.Column("starts_at", UTCDateTime(), nullable=True),
        sa.Column("because", AutoString(), nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.Column("proposed_by", AutoString(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", AutoString(), nullable=True),
        sa.Column("decision", AutoString(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.CheckConstraint("(draft_id IS NULL) = (withdraws IS NOT NULL)", name="regime_proposal_what"),
        sa.CheckConstraint("(draft_id IS NULL) = (revision IS NULL)", name="regime_proposal_text"),
        sa.CheckConstraint(
            "decision IN ('approved', 'sent_back', 'retracted', 'overtaken')", name="regime_proposal_decision"
        ),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="regime_proposal_decided"),
        sa.CheckConstraint(
            "decision <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> proposed_by)",
            name="regime_proposal_two_people",
        ),
        sa.ForeignKeyConstraint(["draft_id", "revision"], ["regime_draft_text.draft_id", "regime_draft_text.revision"]),
        sa.ForeignKeyConstraint(["withdraws"], ["regime_version.id"]),
        sa.ForeignKeyConstraint(["version"], ["regime_version.id"]),
        sa.ForeignKeyConstraint(["proposed_by"], ["staff.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    for name, column, condition in (
        ("regime_proposal_draft", "draft_id", _OPEN_DRAFT),
        ("regime_proposal_version", "withdraws", _OPEN_VERSION),
    ):
        op.create_index(
            name, "regime_proposal", [column], unique=True, sqlite_where=condition, postgresql_where=condition
        )


def downgrade() -> None:
    op.drop_index("regime_proposal_version", table_name="regime_proposal")
    op.drop_index("regime_proposal_draft", table_name="regime_proposal")
    for table in ("regime_proposal", "regime_draft_text", "regime_draft"):
        op.drop_table(table)
    for name, _ in reversed(_WITHDRAWN):
        op.drop_column("regime_version", name)
