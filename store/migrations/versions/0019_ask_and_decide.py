"""Add presence checks with their photos, alerts and what people decide of them"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0019"
down_revision = "0018"
_KINDS = (
    *("sos", "departure", "failed", "unclear", "missed", "pause", "no_contact", "not_enrolled"),
    *("consent_withdrawn", "phone_not_returned", "visit"),
)


def upgrade() -> None:
    _create_presence_check()
    _create_photo()
    _create_alert()
    _create_case_file()
    _create_destruction()


def downgrade() -> None:
    op.drop_table("destruction")
    op.drop_table("case_file")
    op.drop_table("alert")
    op.drop_table("photo")
    op.drop_table("presence_check")


def _index(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _create_presence_check() -> None:
    op.create_table(
        "presence_check",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("means", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("planned_at", UTCDateTime(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("window_ends_at", UTCDateTime(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("nonce_hash", sa.LargeBinary(), nullable=True),
        sa.Column("challenge", AutoString(), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("position_kind", AutoString(), nullable=True),
        sa.Column("distance_band", AutoString(), nullable=True),
        sa.Column("radius_band", AutoString(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("outcome", AutoString(), nullable=True),
        sa.Column("reading_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("alert_id", AutoString(), nullable=True),
        sa.CheckConstraint("means IN ('link', 'call', 'visit')", name="presence_check_means"),
        sa.CheckConstraint("origin IN ('schedule', 'challenge', 'staff')", name="presence_check_origin"),
        sa.CheckConstraint(
            "state IN ('planned', 'asked', 'answered', 'passed', 'failed', 'missed', 'excused', 'unclear')",
            name="presence_check_state",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_presence_check_alert_id", "presence_check", ["alert_id"], unique=False)
    op.create_index("ix_presence_check_case_id", "presence_check", ["case_id"], unique=False)
    _index("presence_check_due", "presence_check", ["due_at"], "due_at IS NOT NULL", unique=False)
    _index("presence_check_planned", "presence_check", ["case_id", "planned_at"], "origin = 'schedule'", unique=True)


def _create_photo() -> None:
    op.create_table(
        "photo",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("purpose", AutoString(), nullable=False),
        sa.Column("check_id", AutoString(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("template_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("likeness_hash_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("added_by", AutoString(), nullable=False),
        sa.Column("destroyed_at", UTCDateTime(), nullable=True),
        sa.Column("data_key", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", AutoString(), nullable=True),
        sa.Column("blob", AutoString(), nullable=True),
        sa.Column("begun_blob", AutoString(), nullable=True),
        sa.Column("doomed_blob", AutoString(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint("(purpose = 'answer') = (check_id IS NOT NULL)", name="photo_check"),
        sa.CheckConstraint("purpose IN ('reference', 'answer')", name="photo_purpose"),
        sa.CheckConstraint("state <> 'destroyed' OR data_key IS NULL", name="photo_key"),
        sa.CheckConstraint("state IN ('arriving', 'waiting', 'read', 'refused', 'destroyed')", name="photo_state"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_photo_case_id", "photo", ["case_id"], unique=False)
    op.create_index("ix_photo_check_id", "photo", ["check_id"], unique=False)
    _index("photo_due", "photo", ["due_at"], "due_at IS NOT NULL", unique=False)
    _index("photo_step", "photo", ["check_id", "step"], "state IN ('waiting', 'read')", unique=True)


def _create_alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("raised_at", UTCDateTime(), nullable=False),
        sa.Column("opened_by", AutoString(), nullable=False),
        sa.Column("facts", AutoString(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=True),
        sa.Column("answer_by", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("decision", AutoString(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", AutoString(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("overturned_at", UTCDateTime(), nullable=True),
        sa.Column("false_alarm", sa.Boolean(), nullable=False),
        sa.CheckConstraint("decision <> 'violation' OR decided_by <> opened_by", name="alert_two_people"),
        sa.CheckConstraint("decision IN ('nothing', 'excused', 'warn', 'visit', 'violation')", name="alert_decision"),
        sa.CheckConstraint(f"kind IN {_KINDS}", name="alert_kind"),
        sa.CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="alert_decided"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    _index("alert_open", "alert", ["urgency", "raised_at"], "decided_at IS NULL", unique=False)
    op.create_index("ix_alert_case_id", "alert", ["case_id"], unique=False)


def _create_case_file() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("alert_id", AutoString(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by", AutoString(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("outcome", AutoString(), nullable=True),
        sa.Column("outcome_at", UTCDateTime(), nullable=True),
        sa.Column("outcome_by", AutoString(), nullable=True),
        sa.Column("outcome_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"],
            ["alert.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_file_alert_id", "case_file", ["alert_id"], unique=False)
    op.create_index("ix_case_file_case_id", "case_file", ["case_id"], unique=False)


def _create_destruction() -> None:
    op.create_table(
        "destruction",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("counts", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
