"""Give cases a key of their own, consent, fences, telephones that are lent, and changes two people make"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    _alter_case()
    _alter_appeal(("application", "pass", "case", "alert"))
    _create_consent()
    _create_fence()
    _create_lent_phone()
    _create_case_proposal()


def downgrade() -> None:
    op.drop_table("case_proposal")
    op.drop_table("lent_phone")
    op.drop_table("fence")
    op.drop_table("consent")
    _alter_appeal(("application", "pass"))
    for name in (
        "ix_isolation_case_of_case_id",
        "ix_isolation_case_phone_id",
        "isolation_case_kept",
        "isolation_case_watched",
    ):
        op.drop_index(name, table_name="isolation_case")
    with op.batch_alter_table("isolation_case") as batch:
        for name in ("isolation_case_phone", "isolation_case_of"):
            batch.drop_constraint(name, type_="foreignkey")
        for name in _ALLOWED:
            batch.drop_constraint(f"isolation_case_{name}", type_="check")
        batch.alter_column("reason", existing_type=AutoString(), nullable=False)
        for name in ("kind", "means", *_TEXTS, *_MOMENTS, *_SEALED):
            batch.drop_column(name)


def _alter_case() -> None:
    with op.batch_alter_table("isolation_case") as batch:
        for name, default in (("kind", "suspected"), ("means", "link")):
            batch.add_column(sa.Column(name, AutoString(), nullable=False, server_default=default))
        for name in _TEXTS:
            batch.add_column(sa.Column(name, AutoString(), nullable=True))
        for name in _MOMENTS:
            batch.add_column(sa.Column(name, UTCDateTime(), nullable=True))
        for name in _SEALED:
            batch.add_column(sa.Column(name, sa.LargeBinary(), nullable=True))
        batch.alter_column("reason", existing_type=AutoString(), nullable=True)
        batch.create_foreign_key("isolation_case_phone", "phone", ["phone_id"], ["id"])
        batch.create_foreign_key("isolation_case_of", "isolation_case", ["of_case_id"], ["id"])
        for name, allowed in _ALLOWED.items():
            batch.create_check_constraint(f"isolation_case_{name}", f"{name} IN {allowed}")
    with op.batch_alter_table("isolation_case") as batch:
        batch.alter_column("kind", existing_type=AutoString(), server_default=None)
        batch.alter_column("means", existing_type=AutoString(), server_default=None)
    _index("isolation_case_watched", "isolation_case", ["id"], "closed_at IS NULL")
    _index("isolation_case_kept", "isolation_case", ["closed_at"], "data_key IS NOT NULL")
    op.create_index("ix_isolation_case_phone_id", "isolation_case", ["phone_id"], unique=False)
    op.create_index("ix_isolation_case_of_case_id", "isolation_case", ["of_case_id"], unique=False)


def _alter_appeal(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("appeal") as batch:
        batch.drop_constraint("appeal_about", type_="check")
        batch.create_check_constraint("appeal_about", f"(about IS NULL) = (about_id IS NULL) AND about IN {kinds}")


_TEXTS = ("phone_id", "of_case_id", "pause_kind", "epoch", "closing")
_MOMENTS = ("ends_at", "enrol_by", "enrolled_at", "reminded_at", "paused_at", "destroyed_at")
_SEALED = ("data_key", "details_sealed", "seed_sealed")
_ALLOWED = {
    "kind": ("confirmed", "suspected", "contact"),
    "means": ("link", "call", "visit"),
    "closing": ("recovered", "ended", "hospitalised", "transferred", "opened_in_error", "consent_withdrawn"),
}


def _index(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _create_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("version", AutoString(), nullable=False),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("text_hash", AutoString(), nullable=False),
        sa.Column("way", AutoString(), nullable=False),
        sa.Column("signature_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recording_sid", AutoString(), nullable=True),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.Column("taken_by", AutoString(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("way IN ('signed', 'phone')", name="consent_way"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_consent_case_id", "consent", ["case_id"], unique=False)


def _create_fence() -> None:
    op.create_table(
        "fence",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("role", AutoString(), nullable=False),
        sa.Column("shape_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("weak", sa.Boolean(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("set_by", AutoString(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.Column("replaced_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("role IN ('home', 'other')", name="fence_role"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fence_case_id", "fence", ["case_id"], unique=False)


def _create_lent_phone() -> None:
    op.create_table(
        "lent_phone",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", AutoString(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("serial_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("handed_out_at", UTCDateTime(), nullable=False),
        sa.Column("handed_out_by", AutoString(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("reminded_at", UTCDateTime(), nullable=True),
        sa.Column("returned_at", UTCDateTime(), nullable=True),
        sa.Column("returned_to", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lent_phone_case_id", "lent_phone", ["case_id"], unique=False)
    _index("lent_phone_out", "lent_phone", ["due_at"], "returned_at IS NULL", unique=False)


def _create_case_proposal() -> None:
    op.create_table(
        "case_proposal",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=True),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", AutoString(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.Column("proposed_by", AutoString(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", AutoString(), nullable=True),
        sa.CheckConstraint("kind IN ('bulk', 'reopen')", name="case_proposal_kind"),
        sa.CheckConstraint("state IN ('proposed', 'confirmed', 'sent_back')", name="case_proposal_state"),
        sa.CheckConstraint("proposed_by <> decided_by", name="case_proposal_two_people"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["isolation_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    _index("case_proposal_open", "case_proposal", ["id"], "state = 'proposed'", unique=False)
    op.create_index("ix_case_proposal_case_id", "case_proposal", ["case_id"], unique=False)
