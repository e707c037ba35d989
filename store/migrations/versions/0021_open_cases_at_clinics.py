"""Let clinics open cases: drafts, whose case it is, and registers of addresses to find a home by"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    _add_clinics()
    op.create_table(
        "case_draft",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", AutoString(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", AutoString(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_draft_changed_at", "case_draft", ["changed_at"])
    op.create_index("ix_case_draft_made_by", "case_draft", ["made_by"])
    _create_changes()
    _create_registers()


def downgrade() -> None:
    for name in ("register_spelling", "register_word", "register_place", "case_change", "case_draft"):
        op.drop_table(name)
    op.drop_index("isolation_case_ends", table_name="isolation_case")
    op.drop_index("isolation_case_clinic", table_name="isolation_case")
    op.drop_column("isolation_case", "clinic")
    op.drop_column("staff", "clinic")


def _add_clinics() -> None:
    op.add_column("staff", sa.Column("clinic", AutoString(), nullable=True))
    op.add_column("isolation_case", sa.Column("clinic", AutoString(), nullable=True))
    still_open = sa.text("closed_at IS NULL")
    where = {"sqlite_where": still_open, "postgresql_where": still_open}
    op.create_index("isolation_case_clinic", "isolation_case", ["clinic"], **where)
    op.create_index("isolation_case_ends", "isolation_case", ["ends_at"], **where)


def _create_changes() -> None:
    kinds = "kind IN ('plan', 'home', 'elsewhere', 'device', 'reopened')"
    op.create_table(
        "case_change",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("changed_by", AutoString(), nullable=False),
        sa.CheckConstraint(kinds, name="case_change_kind"),
        sa.ForeignKeyConstraint(["case_id"], ["isolation_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_change_case_id", "case_change", ["case_id"])


def _create_registers() -> None:
    op.create_table(
        "register_place",
        sa.Column("version", AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("wkb", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("version", "place"),
        sqlite_with_rowid=False,
    )
    op.create_index("register_place_cell", "register_place", ["version", "cell"])
    op.create_table(
        "register_word",
        sa.Column("version", AutoString(), nullable=False),
        sa.Column("word", AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version", "word", "place"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_spelling",
        sa.Column("spelling", AutoString(), nullable=False),
        sa.Column("word", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("spelling", "word"),
        sqlite_with_rowid=False,
    )
