"""Let an upheld appeal put a case before people, and forget telephones of duty officers, which nothing uses"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0023"
down_revision = "0022"

_BEFORE = (
    *("sos", "departure", "failed", "unclear", "missed", "pause", "no_contact", "not_enrolled"),
    *("consent_withdrawn", "phone_not_returned", "visit"),
)


def upgrade() -> None:
    _allow((*_BEFORE, "appeal_upheld"))
    op.drop_table("duty_phone")


def downgrade() -> None:
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
    op.execute("DELETE FROM alert WHERE kind = 'appeal_upheld'")
    _allow(_BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    op.drop_index("alert_open", table_name="alert")
    with op.batch_alter_table("alert", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint("alert_kind", type_="check")
        batch.create_check_constraint("alert_kind", f"kind IN {kinds}")
    waiting = sa.text("decided_at IS NULL")
    where = {"sqlite_where": waiting, "postgresql_where": waiting}
    op.create_index("alert_open", "alert", ["urgency", "raised_at"], **where)
