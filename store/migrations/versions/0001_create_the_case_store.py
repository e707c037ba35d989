"""Create the case store"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from store.migrations.triggers import forbid_changes

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.Column("action", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("details", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dialogue",
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("state_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "inbound_message",
        sa.Column("sid", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("intent", AutoString(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("answered_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sid"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_inbound_message_phone_id"), "inbound_message", ["phone_id"], unique=False)
    op.create_index(op.f("ix_inbound_message_received_at"), "inbound_message", ["received_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", AutoString(), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("guardian_id", AutoString(), nullable=True),
        sa.Column("blocked_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_person_guardian_id"), "person", ["guardian_id"], unique=False)
    op.create_table(
        "phone",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", AutoString(), nullable=False),
        sa.Column("language", AutoString(), nullable=True),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", UTCDateTime(), nullable=True),
        sa.Column("flagged_at", UTCDateTime(), nullable=True),
        sa.Column("blocked_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number_index"),
    )
    op.create_table(
        "quota_slot",
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("rule", AutoString(), nullable=False),
        sa.Column("period", AutoString(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("pass_id", AutoString(), nullable=False),
        sa.CheckConstraint("slot BETWEEN 1 AND cap", name="quota_slot_within_cap"),
        sa.PrimaryKeyConstraint("holder", "rule", "period", "slot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipt",
        sa.Column("provider_sid", AutoString(), nullable=False),
        sa.Column("status", AutoString(), nullable=False),
        sa.Column("message_id", AutoString(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("provider_sid", "status"),
    )
    op.create_index(op.f("ix_receipt_message_id"), "receipt", ["message_id"], unique=False)
    op.create_table(
        "regime_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("toml", AutoString(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("activated_at", UTCDateTime(), nullable=False),
        sa.Column("activated_by", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_regime_version_starts_at"), "regime_version", ["starts_at"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("roles", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "appeal",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("filed_at", UTCDateTime(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", AutoString(), nullable=True),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'upheld', 'denied')", name="appeal_state"),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_appeal_filed_at"), "appeal", ["filed_at"], unique=False)
    op.create_index(op.f("ix_appeal_phone_id"), "appeal", ["phone_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("number", AutoString(), nullable=True),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("regime_version", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("refusal", AutoString(), nullable=True),
        sa.Column("fields_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("start_at", UTCDateTime(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", AutoString(), nullable=True),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="application_refusal"),
        sa.CheckConstraint("state IN ('granted', 'refused', 'referred')", name="application_state"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "application_number",
        "application",
        ["number"],
        unique=True,
        sqlite_where=sa.text("number IS NOT NULL"),
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    op.create_index(
        "application_waiting",
        "application",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("state = 'referred'"),
        postgresql_where=sa.text("state = 'referred'"),
    )
    op.create_table(
        "audit_link",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", AutoString(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["audit_entry.id"],
        ),
        sa.PrimaryKeyConstraint("place"),
        sa.UniqueConstraint("entry_id"),
    )
    op.create_table(
        "document",
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("document_index", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "document_index"),
    )
    op.create_index(op.f("ix_document_document_index"), "document", ["document_index"], unique=False)
    op.create_table(
        "isolation_case",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("opened_by", AutoString(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_by", AutoString(), nullable=True),
        sa.Column("closed_reason", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "isolation_case_open",
        "isolation_case",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_isolation_case_person_id"), "isolation_case", ["person_id"], unique=False)
    op.create_table(
        "officer",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("unit", AutoString(), nullable=False),
        sa.Column("pin_index", sa.LargeBinary(), nullable=False),
        sa.Column("zone", AutoString(), nullable=True),
        sa.Column("shift_until", UTCDateTime(), nullable=True),
        sa.Column("shift_zone", AutoString(), nullable=True),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("unknown_on", AutoString(), nullable=True),
        sa.Column("unknown_codes", sa.Integer(), nullable=False),
        sa.Column("locked_at", UTCDateTime(), nullable=True),
        sa.Column("enrolled_at", UTCDateTime(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("phone_id"),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("template", AutoString(), nullable=False),
        sa.Column("fields_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("resent", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("provider_sid", AutoString(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("segments", sa.Integer(), nullable=True),
        sa.Column("follows", AutoString(), nullable=True),
        sa.CheckConstraint(
            "state IN ('created', 'sending', 'sent', 'delivered', 'undelivered', 'failed')", name="outbox_message_state"
        ),
        sa.ForeignKeyConstraint(
            ["follows"],
            ["outbox_message.id"],
        ),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_outbox_message_follows"), "outbox_message", ["follows"], unique=False)
    op.create_index(op.f("ix_outbox_message_phone_id"), "outbox_message", ["phone_id"], unique=False)
    op.create_index(op.f("ix_outbox_message_provider_sid"), "outbox_message", ["provider_sid"], unique=False)
    op.create_index("outbox_message_due", "outbox_message", ["state", "due_at"], unique=False)
    op.create_table(
        "pass",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("regime_version", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Integer(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("face_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("fields_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("quota_holder", sa.LargeBinary(), nullable=False),
        sa.Column("plate_index", sa.LargeBinary(), nullable=True),
        sa.Column("card_index", sa.LargeBinary(), nullable=True),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.Column("valid_from", UTCDateTime(), nullable=False),
        sa.Column("valid_until", UTCDateTime(), nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.Column("revoked_reason", AutoString(), nullable=True),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="pass_revoked"),
        sa.CheckConstraint("valid_from < valid_until", name="pass_span"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_index"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "pass_card",
        "pass",
        ["card_index"],
        unique=False,
        sqlite_where=sa.text("card_index IS NOT NULL"),
        postgresql_where=sa.text("card_index IS NOT NULL"),
    )
    op.create_index("pass_live", "pass", ["person_id", "valid_until"], unique=False)
    op.create_index(
        "pass_plate",
        "pass",
        ["plate_index"],
        unique=False,
        sqlite_where=sa.text("plate_index IS NOT NULL"),
        postgresql_where=sa.text("plate_index IS NOT NULL"),
    )
    op.create_table(
        "person_phone",
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
        ),
        sa.PrimaryKeyConstraint("phone_id", "person_id"),
    )
    op.create_index(op.f("ix_person_phone_person_id"), "person_phone", ["person_id"], unique=False)
    op.create_table(
        "inspection",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("officer_id", AutoString(), nullable=False),
        sa.Column("pass_id", AutoString(), nullable=True),
        sa.Column("verdict", AutoString(), nullable=False),
        sa.Column("asked_index", sa.LargeBinary(), nullable=False),
        sa.Column("zone", AutoString(), nullable=True),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("stored_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('valid', 'unknown', 'mistyped', 'forged', 'revoked', 'not_yet_valid', 'expired', 'wrong_zone')",  # noqa: E501
            name="inspection_verdict",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pass_id"],
            ["pass.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "inspection_pass",
        "inspection",
        ["pass_id"],
        unique=False,
        sqlite_where=sa.text("pass_id IS NOT NULL"),
        postgresql_where=sa.text("pass_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_inspection_officer_id"), "inspection", ["officer_id"], unique=False)
    for table in ("audit_entry", "audit_link"):
        forbid_changes(table)


def downgrade() -> None:
    op.drop_index(op.f("ix_inspection_officer_id"), table_name="inspection")
    op.drop_index(
        "inspection_pass",
        table_name="inspection",
        sqlite_where=sa.text("pass_id IS NOT NULL"),
        postgresql_where=sa.text("pass_id IS NOT NULL"),
    )
    op.drop_table("inspection")
    op.drop_index(op.f("ix_person_phone_person_id"), table_name="person_phone")
    op.drop_table("person_phone")
    op.drop_index(
        "pass_plate",
        table_name="pass",
        sqlite_where=sa.text("plate_index IS NOT NULL"),
        postgresql_where=sa.text("plate_index IS NOT NULL"),
    )
    op.drop_index("pass_live", table_name="pass")
    op.drop_index(
        "pass_card",
        table_name="pass",
        sqlite_where=sa.text("card_index IS NOT NULL"),
        postgresql_where=sa.text("card_index IS NOT NULL"),
    )
    op.drop_table("pass")
    op.drop_index("outbox_message_due", table_name="outbox_message")
    op.drop_index(op.f("ix_outbox_message_provider_sid"), table_name="outbox_message")
    op.drop_index(op.f("ix_outbox_message_phone_id"), table_name="outbox_message")
    op.drop_index(op.f("ix_outbox_message_follows"), table_name="outbox_message")
    op.drop_table("outbox_message")
    op.drop_table("officer")
    op.drop_index(op.f("ix_isolation_case_person_id"), table_name="isolation_case")
    op.drop_index(
        "isolation_case_open",
        table_name="isolation_case",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_table("isolation_case")
    op.drop_index(op.f("ix_document_document_index"), table_name="document")
    op.drop_table("document")
    op.drop_table("audit_link")
    op.drop_index(
        "application_waiting",
        table_name="application",
        sqlite_where=sa.text("state = 'referred'"),
        postgresql_where=sa.text("state = 'referred'"),
    )
    op.drop_index(
        "application_number",
        table_name="application",
        sqlite_where=sa.text("number IS NOT NULL"),
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    op.drop_table("application")
    op.drop_index(op.f("ix_appeal_phone_id"), table_name="appeal")
    op.drop_index(op.f("ix_appeal_filed_at"), table_name="appeal")
    op.drop_table("appeal")
    op.drop_table("staff")
    op.drop_index(op.f("ix_regime_version_starts_at"), table_name="regime_version")
    op.drop_table("regime_version")
    op.drop_index(op.f("ix_receipt_message_id"), table_name="receipt")
    op.drop_table("receipt")
    op.drop_table("quota_slot")
    op.drop_table("phone")
    op.drop_index(op.f("ix_person_guardian_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_inbound_message_received_at"), table_name="inbound_message")
    op.drop_index(op.f("ix_inbound_message_phone_id"), table_name="inbound_message")
    op.drop_table("inbound_message")
    op.drop_table("dialogue")
    op.drop_table("audit_entry")
