"""Find looks at a person, and drop indexes that every write paid for and nobody read"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LOOK = sa.text("action = 'person.looked_at'")
_UNREAD = (("inspection", "officer_id"), ("outbox_message", "follows"), ("receipt", "message_id"))


def upgrade() -> None:
    op.create_index("audit_entry_look", "audit_entry", ["subject"], sqlite_where=_LOOK, postgresql_where=_LOOK)
    for table, column in _UNREAD:
        op.drop_index(f"ix_{table}_{column}", table_name=table)


def downgrade() -> None:
    for table, column in _UNREAD:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.drop_index("audit_entry_look", table_name="audit_entry")
