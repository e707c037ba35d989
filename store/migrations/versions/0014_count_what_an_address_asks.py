"""Count what a network address asks in public, so that nobody tries codes out"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "public_checks",
        sa.Column("day", AutoString(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "address_index"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("public_checks")
