"""Add machines that inspect by the API, inspections handed in later, and an index of revoked passes"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0012"
down_revision = "0011"

_BEFORE = "verdict IN ('valid', 'unknown', 'mistyped', 'forged', 'revoked', 'not_yet_valid', 'expired', 'wrong_zone')"
_NOW = _BEFORE.replace("'forged', ", "'forged', 'test', ")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


_INDEXES: tuple[tuple[str, str, list[str], bool, str], ...] = (
    (
        "inspection_officer_nonce",
        "inspection",
        ["officer_id", "nonce"],
        True,
        "officer_id IS NOT NULL AND nonce IS NOT NULL",
    ),
    (
        "inspection_client_nonce",
        "inspection",
        ["client_id", "nonce"],
        True,
        "client_id IS NOT NULL AND nonce IS NOT NULL",
    ),
    ("pass_revoked_when", "pass", ["revoked_at"], False, "revoked_at IS NOT NULL"),
)


def upgrade() -> None:
    op.create_table(
        "api_client",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", AutoString(), nullable=False),
        sa.Column("zone", AutoString(), nullable=True),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.Column("unknown_on", AutoString(), nullable=True),
        sa.Column("unknown_codes", sa.Integer(), nullable=False),
        sa.Column("locked_at", UTCDateTime(), nullable=True),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key_hash"),
        sa.UniqueConstraint("name"),
    )
    _inspection_index("drop")
    with op.batch_alter_table("inspection", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.alter_column("officer_id", existing_type=AutoString(), nullable=True)
        batch.add_column(sa.Column("client_id", AutoString(), nullable=True))
        batch.add_column(sa.Column("nonce", AutoString(), nullable=True))
        batch.add_column(sa.Column("told", AutoString(), nullable=True))
        batch.create_foreign_key("inspection_client_id_fkey", "api_client", ["client_id"], ["id"])
        batch.drop_constraint("inspection_verdict", type_="check")
        batch.create_check_constraint("inspection_verdict", _NOW)
        batch.create_check_constraint("inspection_who", "(officer_id IS NULL) <> (client_id IS NULL)")
    _inspection_index("create")
    for name, table, columns, unique, condition in _INDEXES:
        op.create_index(name, table, columns, unique=unique, **_where(condition))


def downgrade() -> None:
    for name, table, _, _, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    _inspection_index("drop")
    op.execute("DELETE FROM inspection WHERE officer_id IS NULL OR verdict = 'test'")
    with op.batch_alter_table("inspection", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint("inspection_who", type_="check")
        batch.drop_constraint("inspection_verdict", type_="check")
        batch.create_check_constraint("inspection_verdict", _BEFORE)
        batch.drop_constraint("inspection_client_id_fkey", type_="foreignkey")
        for name in ("told", "nonce", "client_id"):
            batch.drop_column(name)
        batch.alter_column("officer_id", existing_type=AutoString(), nullable=False)
    _inspection_index("create")
    op.drop_table("api_client")


def _inspection_index(what: str) -> None:
    """Partial indexes would not live through SQLite's copy of the table."""
    if what == "drop":
        op.drop_index("inspection_pass", table_name="inspection")
    else:
        op.create_index("inspection_pass", "inspection", ["pass_id"], unique=False, **_where("pass_id IS NOT NULL"))
