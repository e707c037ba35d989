"""Say what an appeal is about, and keep when somebody's data was destroyed or a telephone asked to be forgotten"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0016"
down_revision = "0015"

_ABOUT = "(about IS NULL) = (about_id IS NULL) AND about IN ('application', 'pass')"


def upgrade() -> None:
    with op.batch_alter_table("appeal") as batch:
        batch.add_column(sa.Column("about", AutoString(), nullable=True))
        batch.add_column(sa.Column("about_id", AutoString(), nullable=True))
        batch.create_check_constraint("appeal_about", _ABOUT)
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("destroyed_at", UTCDateTime(), nullable=True))
    with op.batch_alter_table("phone") as batch:
        batch.add_column(sa.Column("leaving_at", UTCDateTime(), nullable=True))
    leaving = sa.text("leaving_at IS NOT NULL")
    op.create_index("phone_leaving", "phone", ["leaving_at"], sqlite_where=leaving, postgresql_where=leaving)


def downgrade() -> None:
    op.drop_index("phone_leaving", table_name="phone")
    with op.batch_alter_table("phone") as batch:
        batch.drop_column("leaving_at")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("destroyed_at")
    with op.batch_alter_table("appeal") as batch:
        batch.drop_constraint("appeal_about", type_="check")
        batch.drop_column("about_id")
        batch.drop_column("about")
