"""Add what agents looked at and read out, and the forms they sent"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "call_look",
        sa.Column("call_sid", AutoString(), nullable=False),
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column("looked_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["call_sid"], ["call.sid"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("call_sid", "staff_id", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dictation",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("pass_id", AutoString(), nullable=False),
        sa.Column("call_sid", AutoString(), nullable=False),
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("read_back", sa.Integer(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["call_sid"], ["call.sid"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("dictation_pass", "dictation", ["pass_id", "begun_at"], unique=False)
    op.create_table(
        "sent_form",
        sa.Column("token", AutoString(), nullable=False),
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("answer", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("token"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sent_form_sent_at", "sent_form", ["sent_at"], unique=False)
    op.add_column("call", sa.Column("pause_since", UTCDateTime(), nullable=True))
    op.create_index(
        "application_refused", "application", ["person_id", "id"], unique=False, **_where("state = 'refused'")
    )


def downgrade() -> None:
    op.drop_index("application_refused", table_name="application")
    op.drop_column("call", "pause_since")
    op.drop_table("sent_form")
    op.drop_table("dictation")
    op.drop_table("call_look")
