"""Add citizens' pages: codes to sign in, sessions, drafts of applications; citizens send forms too

Forms are kept for a day alone, and one that was sent before this would have to be sent within the same minute again.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0009"
down_revision = "0008"

_INDEXES = (
    ("sign_in_code_phone", "sign_in_code", ["phone_id", "sent_at"]),
    ("sign_in_code_block", "sign_in_code", ["block_index", "sent_at"]),
    ("ix_sign_in_code_sent_at", "sign_in_code", ["sent_at"]),
    ("ix_citizen_session_phone_id", "citizen_session", ["phone_id"]),
    ("ix_draft_phone_id", "draft", ["phone_id"]),
    ("ix_draft_changed_at", "draft", ["changed_at"]),
)


def upgrade() -> None:
    op.create_table(
        "sign_in_code",
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("block_index", sa.LargeBinary(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"]),
        sa.PrimaryKeyConstraint("browser_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "citizen_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("state_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.drop_table("sent_form")
    _create_sent_form(sa.Column("sender_id", AutoString(), nullable=False))
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns, unique=False)


def downgrade() -> None:
    for name, table, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    for table in ("draft", "citizen_session", "sign_in_code"):
        op.drop_table(table)
    op.drop_table("sent_form")
    _create_sent_form(sa.Column("staff_id", AutoString(), sa.ForeignKey("staff.id"), nullable=False))


def _create_sent_form(sender: sa.Column[str]) -> None:
    op.create_table(
        "sent_form",
        sa.Column("token", AutoString(), nullable=False),
        sender,
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("answer", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("token"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sent_form_sent_at", "sent_form", ["sent_at"], unique=False)
