"""Add links that show a pass, e-mails that carry one, and how often a pass was bound anew"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0013"
down_revision = "0012"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "share_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("pass_id", AutoString(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["pass_id"], ["pass.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
        sa.UniqueConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_share_link_pass_id", "share_link", ["pass_id"], unique=False)
    op.create_index("ix_share_link_ends_at", "share_link", ["ends_at"], unique=False)
    op.create_table(
        "mail",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("phone_id", AutoString(), nullable=False),
        sa.Column("pass_id", AutoString(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('created', 'sending', 'sent', 'failed')", name="mail_state"),
        sa.ForeignKeyConstraint(["pass_id"], ["pass.id"]),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("mail_due", "mail", ["due_at"], unique=False, **_where("due_at IS NOT NULL"))
    op.create_index("mail_phone", "mail", ["phone_id", "created_at"], unique=False)
    op.create_index("ix_mail_pass_id", "mail", ["pass_id"], unique=False)
    op.add_column("pass", sa.Column("bound_anew", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("pass", "bound_anew")
    for name in ("ix_mail_pass_id", "mail_phone", "mail_due"):
        op.drop_index(name, table_name="mail")
    op.drop_table("mail")
    for name in ("ix_share_link_ends_at", "ix_share_link_pass_id"):
        op.drop_index(name, table_name="share_link")
    op.drop_table("share_link")
