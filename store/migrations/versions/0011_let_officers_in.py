"""Let officers in on pages: their account, and a session that lasts the shift"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0011"
down_revision = "0010"

_LINKED = sa.text("staff_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("officer", sa.Column("staff_id", AutoString(), nullable=True))
    op.create_index(
        "officer_staff", "officer", ["staff_id"], unique=True, sqlite_where=_LINKED, postgresql_where=_LINKED
    )
    op.add_column("staff_session", sa.Column("until", UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("staff_session", "until")
    op.drop_index("officer_staff", table_name="officer")
    op.drop_column("officer", "staff_id")
