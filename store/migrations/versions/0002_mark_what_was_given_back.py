"""Mark passes that gave their quota back, find looks at a person, drop indexes that every write paid for in vain"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BACK, _LOOK = sa.text("quota_back"), sa.text("action = 'person.looked_at'")
_UNREAD = (("inspection", "officer_id"), ("outbox_message", "follows"), ("receipt", "message_id"))


def upgrade() -> None:
    op.add_column("pass", sa.Column("quota_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    columns = ["quota_holder", "revoked_at"]
    op.create_index("pass_quota_back", "pass", columns, sqlite_where=_BACK, postgresql_where=_BACK)
    op.create_index("audit_entry_look", "audit_entry", ["subject"], sqlite_where=_LOOK, postgresql_where=_LOOK)
    for table, column in _UNREAD:
        op.drop_index(f"ix_{table}_{column}", table_name=table)


def downgrade() -> None:
    for table, column in _UNREAD:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.drop_index("audit_entry_look", table_name="audit_entry")
    op.drop_index("pass_quota_back", table_name="pass")
    op.drop_column("pass", "quota_back")
