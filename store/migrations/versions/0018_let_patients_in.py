"""Add what patients have and say, outages, and the fact of leaving"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0018"
down_revision = "0017"
_KINDS = (
    *("home", "hospital", "ambulance", "doctor", "asleep", "ill", "no_battery", "other"),
    *("sos", "reply", "visit", "consent_withdrawn"),
)


def upgrade() -> None:
    _create_patient_link()
    _create_device()
    _create_patient_word()
    _create_outage()
    _create_fence_state()
    _create_departure()


def downgrade() -> None:
    op.drop_table("departure")
    op.drop_table("fence_state")
    op.drop_table("outage")
    op.drop_table("patient_word")
    op.drop_table("device")
    op.drop_table("patient_link")


def _index(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _create_patient_link() -> None:
    op.create_table(
        "patient_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("scope", AutoString(), nullable=False),
        sa.Column("check_id", AutoString(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("scope IN ('page', 'check')", name="patient_link_scope"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_patient_link_case_id", "patient_link", ["case_id"], unique=False)
    op.create_index("ix_patient_link_check_id", "patient_link", ["check_id"], unique=False)


def _create_device() -> None:
    op.create_table(
        "device",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("model", AutoString(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("last_heard_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('browser', 'app')", name="device_kind"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_device_case_id", "device", ["case_id"], unique=False)


def _create_patient_word() -> None:
    op.create_table(
        "patient_word",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_at", UTCDateTime(), nullable=False),
        sa.Column("alert_id", AutoString(), nullable=True),
        sa.Column("noted_by", AutoString(), nullable=True),
        sa.CheckConstraint("channel IN ('text', 'voice', 'page', 'api', 'staff')", name="patient_word_channel"),
        sa.CheckConstraint(f"kind IN {_KINDS}", name="patient_word_kind"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_patient_word_alert_id", "patient_word", ["alert_id"], unique=False)
    op.create_index("ix_patient_word_case_id", "patient_word", ["case_id"], unique=False)


def _create_outage() -> None:
    op.create_table(
        "outage",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("raised_by", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('ours', 'carrier', 'power', 'other')", name="outage_kind"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("outage_ends", "outage", ["ends_at"], unique=False)


def _create_fence_state() -> None:
    op.create_table(
        "fence_state",
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("device_id", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("heard_at", UTCDateTime(), nullable=False),
        sa.Column("next_s", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "device_id"),
        sqlite_with_rowid=False,
    )


def _create_departure() -> None:
    op.create_table(
        "departure",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("device_id", AutoString(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=False),
        sa.Column("detected_at", UTCDateTime(), nullable=False),
        sa.Column("back_at", UTCDateTime(), nullable=True),
        sa.Column("distance_band", AutoString(), nullable=False),
        sa.Column("radius_band", AutoString(), nullable=False),
        sa.Column("fixes", sa.Integer(), nullable=False),
        sa.Column("span_s", sa.Integer(), nullable=False),
        sa.Column("plain", sa.Boolean(), nullable=False),
        sa.Column("parameters", AutoString(), nullable=False),
        sa.Column("check_id", AutoString(), nullable=True),
        sa.Column("alert_id", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    _index("departure_open", "departure", ["case_id", "device_id"], "back_at IS NULL", unique=True)
    op.create_index("ix_departure_alert_id", "departure", ["alert_id"], unique=False)
    op.create_index("ix_departure_case_id", "departure", ["case_id"], unique=False)
    op.create_index("ix_departure_check_id", "departure", ["check_id"], unique=False)
