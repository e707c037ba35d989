"""Let patients answer checks on their page: when they began, and how often photos were too poor to tell"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("presence_check", sa.Column("begun_at", UTCDateTime(), nullable=True))
    op.add_column("presence_check", sa.Column("tries", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("presence_check", "tries")
    op.drop_column("presence_check", "begun_at")
