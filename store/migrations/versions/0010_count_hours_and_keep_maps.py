"""Count hours, keep plots and what the public sees; layers of a map"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "counted_hour",
        sa.Column("begins_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("counted_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("begins_at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hour_figure",
        sa.Column("begins_at", UTCDateTime(), nullable=False),
        sa.Column("figure", AutoString(), nullable=False),
        sa.Column("part", AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("begins_at", "figure", "part"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "plot",
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("svg", sa.Text(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    _create_layers()
    for name, table, column, condition in _INDEXES:
        where = sa.text(condition)
        op.create_index(name, table, [column], unique=False, sqlite_where=where, postgresql_where=where)


_INDEXES = (
    ("counted_hour_due", "counted_hour", "due_at", "due_at IS NOT NULL"),
    ("plot_wanted", "plot", "asked_at", "svg IS NULL"),
    ("application_decided", "application", "decided_at", "number IS NOT NULL"),
)


def _create_layers() -> None:
    op.create_table(
        "layer",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("version", AutoString(), nullable=False),
        sa.Column("areas", sa.Integer(), nullable=False),
        sa.Column("imported_at", UTCDateTime(), nullable=False),
        sa.Column("imported_by", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "area",
        sa.Column("layer", AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("wkb", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["layer"], ["layer.name"]),
        sa.PrimaryKeyConstraint("layer", "place"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name, table, _, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    for name in ("area", "layer", "published", "plot", "hour_figure", "counted_hour"):
        op.drop_table(name)
