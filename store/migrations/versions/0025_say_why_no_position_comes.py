"""Keep why a patient's browser tells no position: three reasons, none of which is held against anybody"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0025"
down_revision = "0024"
_WHY = "no_position IN ('denied', 'unavailable', 'timeout')"


def upgrade() -> None:
    with op.batch_alter_table("device", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.add_column(sa.Column("no_position", AutoString(), nullable=True))
        batch.add_column(sa.Column("no_position_at", UTCDateTime(), nullable=True))
        batch.create_check_constraint("device_no_position", _WHY)


def downgrade() -> None:
    with op.batch_alter_table("device", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint("device_no_position", type_="check")
        batch.drop_column("no_position_at")
        batch.drop_column("no_position")
