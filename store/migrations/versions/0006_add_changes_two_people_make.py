"""Add changes of accounts that two administrators make together, and an index of texts that never arrived"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0006"
down_revision = "0005"

_OPEN = sa.text("settled_at IS NULL")
_LOST = sa.text("state IN ('undelivered', 'failed')")


def upgrade() -> None:
    op.create_table(
        "staff_change",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("roles", AutoString(), nullable=False),
        sa.Column("asked_by", AutoString(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("settled_by", AutoString(), nullable=True),
        sa.CheckConstraint("kind IN ('roles', 'reset')", name="staff_change_kind"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"]),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "staff_change_open", "staff_change", ["staff_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index("outbox_message_lost", "outbox_message", ["id"], sqlite_where=_LOST, postgresql_where=_LOST)


def downgrade() -> None:
    op.drop_index("outbox_message_lost", table_name="outbox_message")
    op.drop_table("staff_change")
