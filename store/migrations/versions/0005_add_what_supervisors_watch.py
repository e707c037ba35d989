"""Add what supervisors watch: calls to listen to again, listenings, alarms looked into"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


_INDEXES: tuple[tuple[str, str, list[str], str | None], ...] = (
    ("call_queued", "call", ["queued_at"], "queued_at IS NOT NULL"),
    ("call_unnoted", "call", ["ended_at"], "agent_id IS NOT NULL AND wrapped_at IS NULL"),
    ("call_review_open", "call_review", ["picked_at"], "reviewed_at IS NULL"),
    ("call_look_whom", "call_look", ["staff_id", "person_id"], None),
    ("audit_entry_watched", "audit_entry", ["id"], "action IN ('person.looked_at', 'caller.not_found')"),
    ("ix_listening_call_sid", "listening", ["call_sid"], None),
)


def upgrade() -> None:
    op.create_table(
        "listening",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("recording_sid", AutoString(), nullable=False),
        sa.Column("call_sid", AutoString(), nullable=False),
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["call_sid"], ["call.sid"]),
        sa.ForeignKeyConstraint(["recording_sid"], ["recording.sid"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settled_alarm",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=False),
        sa.Column("settled_by", AutoString(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", AutoString(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.add_column("call", sa.Column("drawn_at", UTCDateTime(), nullable=True))
    op.drop_column("call_review", "note")
    op.add_column("call_review", sa.Column("note_sealed", sa.LargeBinary(), nullable=True))
    for name, table, columns, condition in _INDEXES:
        op.create_index(name, table, columns, unique=False, **(_where(condition) if condition else {}))


def downgrade() -> None:
    for name, table, _, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_column("call_review", "note_sealed")
    op.add_column("call_review", sa.Column("note", AutoString(), nullable=True))
    op.drop_column("call", "drawn_at")
    op.drop_table("settled_alarm")
    op.drop_table("listening")
