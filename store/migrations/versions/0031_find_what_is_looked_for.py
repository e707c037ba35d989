"""Decisions against patients, and a clinician's own cases, are found without going through all alerts and cases."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    stands = sa.text("decision IN ('warn', 'violation') AND overturned_at IS NULL")
    op.create_index("alert_standing", "alert", ["id"], sqlite_where=stands, postgresql_where=stands)
    is_open = sa.text("closed_at IS NULL")
    where = {"sqlite_where": is_open, "postgresql_where": is_open}
    op.create_index("isolation_case_opener", "isolation_case", ["opened_by"], **where)


def downgrade() -> None:
    op.drop_index("isolation_case_opener", "isolation_case")
    op.drop_index("alert_standing", "alert")
