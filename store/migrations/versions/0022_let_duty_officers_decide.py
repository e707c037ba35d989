"""Let duty officers take alerts, keep what is handed over, ring from their telephone, and count cases by district"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0022"
down_revision = "0021"

_BEFORE = "kind IN ('application', 'appeal', 'organisation')"
_NOW = "kind IN ('application', 'appeal', 'organisation', 'alert')"


def upgrade() -> None:
    _allow_taking(_NOW)
    with op.batch_alter_table("case_file", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.add_column(sa.Column("content_sealed", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("pdf_sealed", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("due_at", UTCDateTime(), nullable=True))
        batch.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("case_file", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.alter_column("attempts", existing_type=sa.Integer(), server_default=None)
    due = sa.text("due_at IS NOT NULL")
    op.create_index("case_file_due", "case_file", ["due_at"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "duty_phone",
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("staff_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "district_count",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=True),
        sa.Column("counted_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("cases >= 10", name="district_count_none_small"),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("district_count")
    op.drop_table("duty_phone")
    op.drop_index("case_file_due", "case_file")
    with op.batch_alter_table("case_file", table_kwargs={"sqlite_with_rowid": False}) as batch:
        for name in ("attempts", "due_at", "pdf_sealed", "content_sealed"):
            batch.drop_column(name)
    op.execute("DELETE FROM taking WHERE kind = 'alert'")
    _allow_taking(_BEFORE)


def _allow_taking(kinds: str) -> None:
    with op.batch_alter_table("taking", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint("taking_kind", type_="check")
        batch.create_check_constraint("taking_kind", kinds)
