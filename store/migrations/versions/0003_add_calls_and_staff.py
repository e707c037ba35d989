"""Add calls, their recordings, the desk's agents, and how staff sign in"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "call_step",
        sa.Column("call_sid", AutoString(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("intent", AutoString(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("answered_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call_sid", "step"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_call_step_received_at", "call_step", ["received_at"], unique=False)
    op.create_table(
        "call",
        sa.Column("sid", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=True),
        sa.Column("direction", AutoString(), nullable=False),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("began_at", UTCDateTime(), nullable=False),
        sa.Column("queued_at", UTCDateTime(), nullable=True),
        sa.Column("why", AutoString(), nullable=True),
        sa.Column("connected_at", UTCDateTime(), nullable=True),
        sa.Column("agent_id", AutoString(), nullable=True),
        sa.Column("leg_sid", AutoString(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("person_id", AutoString(), nullable=True),
        sa.Column("proof", AutoString(), nullable=True),
        sa.Column("wrong_proofs", sa.Integer(), nullable=False),
        sa.Column("consent_index", sa.LargeBinary(), nullable=True),
        sa.Column("consent_sent_at", UTCDateTime(), nullable=True),
        sa.Column("pause_wanted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("pause_due_at", UTCDateTime(), nullable=True),
        sa.Column("pause_failed_at", UTCDateTime(), nullable=True),
        sa.Column("outcome", AutoString(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("proof IN ('document', 'code', 'registered')", name="call_proof"),
        sa.CheckConstraint("state IN ('talking', 'waiting', 'connected', 'ended')", name="call_state"),
        sa.CheckConstraint("(proof IS NULL) = (person_id IS NULL)", name="call_proved"),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
        ),
        sa.PrimaryKeyConstraint("sid"),
        sqlite_with_rowid=False,
    )
    op.create_index("call_agent", "call", ["agent_id", "connected_at"], unique=False, **_where("agent_id IS NOT NULL"))
    op.create_index("call_pause", "call", ["pause_due_at"], unique=False, **_where("pause_due_at IS NOT NULL"))
    op.create_index("call_phone", "call", ["phone_id", "began_at"], unique=False, **_where("phone_id IS NOT NULL"))
    op.create_index("call_waiting", "call", ["queued_at"], unique=False, **_where("state = 'waiting'"))
    op.create_index("ix_call_leg_sid", "call", ["leg_sid"], unique=False)
    op.create_table(
        "passkey",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_passkey_staff_id", "passkey", ["staff_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"], unique=False)
    op.create_table(
        "agent",
        sa.Column("staff_id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("presence", AutoString(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("ring_id", AutoString(), nullable=True),
        sa.Column("leg_sid", AutoString(), nullable=True),
        sa.Column("call_sid", AutoString(), nullable=True),
        sa.CheckConstraint(
            "presence IN ('available', 'ringing', 'connected', 'wrapping_up', 'away')", name="agent_presence"
        ),
        sa.ForeignKeyConstraint(
            ["call_sid"],
            ["call.sid"],
        ),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ring_id"],
            ["outbox_message.id"],
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("staff_id"),
        sa.UniqueConstraint("call_sid"),
        sa.UniqueConstraint("leg_sid"),
        sqlite_with_rowid=False,
    )
    op.create_index("agent_available", "agent", ["since"], unique=False, **_where("presence = 'available'"))
    op.create_table(
        "call_review",
        sa.Column("call_sid", AutoString(), nullable=False),
        sa.Column("picked_at", UTCDateTime(), nullable=False),
        sa.Column("reviewer_id", AutoString(), nullable=True),
        sa.Column("reviewed_at", UTCDateTime(), nullable=True),
        sa.Column("verdict", AutoString(), nullable=True),
        sa.Column("note", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_sid"],
            ["call.sid"],
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("call_sid"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recorded_leg",
        sa.Column("leg_sid", AutoString(), nullable=False),
        sa.Column("call_sid", AutoString(), nullable=False),
        sa.Column("connected_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("given_up_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_sid"],
            ["call.sid"],
        ),
        sa.PrimaryKeyConstraint("leg_sid"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_recorded_leg_call_sid", "recorded_leg", ["call_sid"], unique=False)
    op.create_index("recorded_leg_due", "recorded_leg", ["due_at"], unique=False, **_where("due_at IS NOT NULL"))
    op.create_table(
        "recording",
        sa.Column("sid", AutoString(), nullable=False),
        sa.Column("leg_sid", AutoString(), nullable=False),
        sa.Column("call_sid", AutoString(), nullable=True),
        sa.Column("announced_at", UTCDateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("data_key", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", AutoString(), nullable=True),
        sa.Column("blob", AutoString(), nullable=True),
        sa.Column("begun_blob", AutoString(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("kept_at", UTCDateTime(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.Column("destroy_at", UTCDateTime(), nullable=True),
        sa.Column("destroyed_at", UTCDateTime(), nullable=True),
        sa.Column("lost", AutoString(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(blob IS NULL) = (sha256 IS NULL)", name="recording_kept"),
        sa.CheckConstraint(
            "lost IN ('absent', 'failed', 'gone', 'too_long', 'unreached', 'unknown')", name="recording_lost"
        ),
        sa.CheckConstraint("destroyed_at IS NULL OR data_key IS NULL", name="recording_destroyed"),
        sa.ForeignKeyConstraint(
            ["call_sid"],
            ["call.sid"],
        ),
        sa.PrimaryKeyConstraint("sid"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_recording_call_sid", "recording", ["call_sid"], unique=False)
    op.create_index("ix_recording_leg_sid", "recording", ["leg_sid"], unique=False)
    op.create_index("recording_due", "recording", ["due_at"], unique=False, **_where("due_at IS NOT NULL"))
    op.add_column("outbox_message", sa.Column("kind", AutoString(), server_default="text", nullable=False))
    op.create_index(
        "outbox_message_call_back",
        "outbox_message",
        ["phone_id"],
        unique=True,
        **_where("template = 'call_back' AND state IN ('created', 'sending')"),
    )
    op.add_column("pass", sa.Column("call_sid", AutoString(), nullable=True))
    op.create_index("pass_call", "pass", ["call_sid"], unique=False, **_where("call_sid IS NOT NULL"))
    op.add_column("staff", sa.Column("language", AutoString(), nullable=True))
    op.add_column("staff", sa.Column("data_key", sa.LargeBinary(), nullable=True))
    op.add_column("staff", sa.Column("epoch", AutoString(), nullable=True))
    op.add_column("staff", sa.Column("password_hash", AutoString(), nullable=True))
    op.add_column("staff", sa.Column("totp_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("staff", sa.Column("totp_step", sa.Integer(), nullable=True))
    op.add_column("staff", sa.Column("wrong_sign_ins", sa.Integer(), server_default="0", nullable=False))
    op.add_column("staff", sa.Column("locked_until", UTCDateTime(), nullable=True))
    op.add_column("staff", sa.Column("enrol_hash", sa.LargeBinary(), nullable=True))
    op.add_column("staff", sa.Column("enrol_until", UTCDateTime(), nullable=True))
    op.create_index("staff_enrol", "staff", ["enrol_hash"], unique=True, **_where("enrol_hash IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("staff_enrol", table_name="staff")
    op.drop_column("staff", "enrol_until")
    op.drop_column("staff", "enrol_hash")
    op.drop_column("staff", "locked_until")
    op.drop_column("staff", "wrong_sign_ins")
    op.drop_column("staff", "totp_step")
    op.drop_column("staff", "totp_sealed")
    op.drop_column("staff", "password_hash")
    op.drop_column("staff", "epoch")
    op.drop_column("staff", "data_key")
    op.drop_column("staff", "language")
    op.drop_index("pass_call", table_name="pass")
    op.drop_column("pass", "call_sid")
    op.drop_index("outbox_message_call_back", table_name="outbox_message")
    op.drop_column("outbox_message", "kind")
    op.drop_index("recording_due", table_name="recording")
    op.drop_index("ix_recording_leg_sid", table_name="recording")
    op.drop_index("ix_recording_call_sid", table_name="recording")
    op.drop_table("recording")
    op.drop_index("recorded_leg_due", table_name="recorded_leg")
    op.drop_index("ix_recorded_leg_call_sid", table_name="recorded_leg")
    op.drop_table("recorded_leg")
    op.drop_table("call_review")
    op.drop_index("agent_available", table_name="agent")
    op.drop_table("agent")
    op.drop_index("ix_staff_session_staff_id", table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index("ix_passkey_staff_id", table_name="passkey")
    op.drop_table("passkey")
    op.drop_index("ix_call_leg_sid", table_name="call")
    op.drop_index("call_waiting", table_name="call")
    op.drop_index("call_phone", table_name="call")
    op.drop_index("call_pause", table_name="call")
    op.drop_index("call_agent", table_name="call")
    op.drop_table("call")
    op.drop_index("ix_call_step_received_at", table_name="call_step")
    op.drop_table("call_step")
