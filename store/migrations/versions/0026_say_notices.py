"""Say on calls what patients can't read, and put before people what nobody heard"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0026"
down_revision = "0025"

_BEFORE = (
    *("sos", "departure", "failed", "unclear", "missed", "pause", "no_contact", "not_enrolled"),
    *("consent_withdrawn", "phone_not_returned", "visit", "appeal_upheld"),
)
_NEW = ("not_told", "call_wanted")


def upgrade() -> None:
    op.create_table(
        "spoken_notice",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("template", AutoString(), nullable=False),
        sa.Column("fields_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("alert_id", AutoString(), nullable=True),
        sa.Column("fact_id", AutoString(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("heard_at", UTCDateTime(), nullable=True),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["isolation_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_spoken_notice_case_id", "spoken_notice", ["case_id"])
    op.create_index("ix_spoken_notice_alert_id", "spoken_notice", ["alert_id"])
    _index("spoken_notice_due", "spoken_notice", ["due_at"], "due_at IS NOT NULL")
    _index("spoken_notice_waits", "spoken_notice", ["case_id"], "heard_at IS NULL")
    _allow((*_BEFORE, *_NEW))


def downgrade() -> None:
    for kind in _NEW:
        op.execute(sa.text("DELETE FROM alert WHERE kind = :kind").bindparams(kind=kind))
    _allow(_BEFORE)
    op.drop_table("spoken_notice")


def _allow(kinds: tuple[str, ...]) -> None:
    op.drop_index("alert_open", table_name="alert")
    with op.batch_alter_table("alert", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint("alert_kind", type_="check")
        batch.create_check_constraint("alert_kind", f"kind IN {kinds}")
    _index("alert_open", "alert", ["urgency", "raised_at"], "decided_at IS NULL")


def _index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
