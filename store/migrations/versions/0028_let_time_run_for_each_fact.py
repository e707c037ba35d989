"""Let a patient's time to answer run for each fact by itself"""

import json

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0028"
down_revision = "0027"
_ALERT = sa.table(
    "alert",
    sa.column("id", AutoString()),
    sa.column("facts", AutoString()),
    sa.column("raised_at", UTCDateTime()),
    sa.column("told_at", UTCDateTime()),
    sa.column("answer_by", UTCDateTime()),
    sa.column("untold_at", UTCDateTime()),
    sa.column("ripe_at", UTCDateTime()),
)


def upgrade() -> None:
    for name in ("untold_at", "ripe_at"):
        op.add_column("alert", sa.Column(name, UTCDateTime(), nullable=True))
    untold = sa.text("untold_at IS NOT NULL AND decided_at IS NULL")
    op.create_index("alert_untold", "alert", ["id"], sqlite_where=untold, postgresql_where=untold)
    bind = op.get_bind()
    with_facts = sa.select(_ALERT).where(_ALERT.c.facts != "[]")
    for row in bind.execute(with_facts).all():
        bind.execute(_ALERT.update().where(_ALERT.c.id == row.id).values(**_times(row)))


def _times(row: sa.Row) -> dict[str, object]:
    """Until now all facts of an alert had one time, which began anew with each of them."""
    if row.told_at is None or row.answer_by is None:
        return {"untold_at": row.raised_at}
    times = {"told_at": row.told_at.isoformat(), "answer_by": row.answer_by.isoformat()}
    return {"facts": json.dumps([one | times for one in json.loads(row.facts)]), "ripe_at": row.answer_by}


def downgrade() -> None:
    op.drop_index("alert_untold", "alert")
    for name in ("ripe_at", "untold_at"):
        op.drop_column("alert", name)
