"""Find quickly what is past its time: photos, cases, what is left of cases, appeals about them"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0024"
down_revision = "0023"
_NEW = (
    ("isolation_case_kept", "isolation_case", ["closed_at", "id"], "closed_at IS NOT NULL AND destroyed_at IS NULL"),
    ("isolation_case_left", "isolation_case", ["id"], "destroyed_at IS NOT NULL AND emptied_at IS NULL"),
    ("photo_answers", "photo", ["id"], "purpose = 'answer' AND data_key IS NOT NULL"),
    ("photo_references", "photo", ["id"], "purpose = 'reference' AND data_key IS NOT NULL"),
    ("appeal_named", "appeal", ["about_id"], "about_id IS NOT NULL"),
)


def upgrade() -> None:
    op.add_column("isolation_case", sa.Column("emptied_at", UTCDateTime(), nullable=True))
    op.drop_index("isolation_case_kept", table_name="isolation_case")
    for name, table, columns, condition in _NEW:
        op.create_index(name, table, columns, **_where(condition))


def downgrade() -> None:
    for name, table, _, _ in _NEW:
        op.drop_index(name, table_name=table)
    op.create_index("isolation_case_kept", "isolation_case", ["closed_at"], **_where("data_key IS NOT NULL"))
    op.drop_column("isolation_case", "emptied_at")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
