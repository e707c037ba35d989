"""The photos of a try that was read stay beside those of the next one, until that is read too."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.drop_index("photo_step", "photo")
    _index(["check_id", "step", "state"])


def downgrade() -> None:
    op.drop_index("photo_step", "photo")
    _index(["check_id", "step"])


def _index(columns: list[str]) -> None:
    there = sa.text("state IN ('waiting', 'read')")
    op.create_index("photo_step", "photo", columns, unique=True, sqlite_where=there, postgresql_where=there)
