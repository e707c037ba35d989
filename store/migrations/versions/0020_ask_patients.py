"""Remember up to when checks are planned, what told a patient of one, and since when the service is alive"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("isolation_case", sa.Column("planned_until", UTCDateTime(), nullable=True))
    op.add_column("presence_check", sa.Column("message_id", AutoString(), nullable=True))
    op.add_column("outbox_message", sa.Column("not_after", UTCDateTime(), nullable=True))
    missed = sa.text("state = 'missed'")
    op.create_index(
        "presence_check_missed",
        "presence_check",
        ["window_ends_at"],
        sqlite_where=missed,
        postgresql_where=missed,
    )
    op.create_table(
        "pulse",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("beaten_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("pulse")
    op.drop_index("presence_check_missed", "presence_check")
    op.drop_column("outbox_message", "not_after")
    op.drop_column("presence_check", "message_id")
    op.drop_column("isolation_case", "planned_until")
