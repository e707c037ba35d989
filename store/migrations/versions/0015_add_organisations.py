"""Add organisations, who acts for them, their workers, and the lists they upload"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0015"
down_revision = "0014"

_STATES = "state IN ('asked', 'confirmed', 'refused', 'closing', 'closed')"
_UPLOAD_STATES = "state IN ('sent', 'read', 'issuing', 'done', 'dropped')"


def upgrade() -> None:
    _create_accounts()
    _create_workers()
    _create_uploads()


def _create_accounts() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("tax_index", sa.LargeBinary(), nullable=True),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("data_key", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", AutoString(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", AutoString(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("revoking", sa.Boolean(), nullable=False),
        sa.Column("rows_a_day", sa.Integer(), nullable=False),
        sa.Column("used_on", AutoString(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("alarmed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(_STATES, name="organisation_state"),
        sa.CheckConstraint("(state = 'closed') = (data_key IS NULL)", name="organisation_key"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    _index("organisation_tax", "organisation", ["tax_index"], "state = 'confirmed'", unique=True)
    _index("organisation_open", "organisation", ["state", "id"], "state IN ('asked', 'closing')")
    op.create_table(
        "organisation_user",
        sa.Column("organisation_id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('invited', 'active', 'removed')", name="organisation_user_state"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"]),
        sa.PrimaryKeyConstraint("organisation_id", "phone_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_organisation_user_phone_id", "organisation_user", ["phone_id"], unique=False)


def _create_workers() -> None:
    op.create_table(
        "employment",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("organisation_id", AutoString(), nullable=False),
        sa.Column("document_index", sa.LargeBinary(), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", AutoString(), nullable=True),
        sa.Column("pass_id", AutoString(), nullable=True),
        sa.Column("message_id", AutoString(), nullable=True),
        sa.Column("result", AutoString(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("tried_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("result IN ('issued', 'not_issued')", name="employment_result"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    lives = "ended_at IS NULL"
    _index("employment_worker", "employment", ["organisation_id", "document_index"], lives, unique=True)
    _index("employment_listed", "employment", ["organisation_id", "id"], lives)
    op.create_index("ix_employment_person_id", "employment", ["person_id"], unique=False)
    op.create_index("ix_employment_tried_at", "employment", ["tried_at"], unique=False)


def _create_uploads() -> None:
    op.create_table(
        "upload",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("organisation_id", AutoString(), nullable=False),
        sa.Column("by_phone", AutoString(), nullable=False),
        sa.Column("purpose", sa.Integer(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("fine", sa.Integer(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("not_issued", sa.Integer(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint(_UPLOAD_STATES, name="upload_state"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    _index("upload_due", "upload", ["due_at"], "due_at IS NOT NULL")
    op.create_index("upload_changed", "upload", ["changed_at"], unique=False)
    op.create_index("ix_upload_organisation_id", "upload", ["organisation_id"], unique=False)
    op.create_table(
        "upload_row",
        sa.Column("upload_id", AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("findings", AutoString(), nullable=False),
        sa.Column("fine", sa.Boolean(), nullable=False),
        sa.Column("result", AutoString(), nullable=True),
        sa.CheckConstraint("result IN ('issued', 'not_issued')", name="upload_row_result"),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"]),
        sa.PrimaryKeyConstraint("upload_id", "number"),
        sqlite_with_rowid=False,
    )
    _index("upload_row_waits", "upload_row", ["upload_id", "number"], "fine AND result IS NULL")


def _index(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    found = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=found, postgresql_where=found)


def downgrade() -> None:
    for table in ("upload_row", "upload", "employment", "organisation_user", "organisation"):
        op.drop_table(table)
