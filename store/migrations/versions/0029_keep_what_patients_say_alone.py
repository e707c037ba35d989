"""Keep what patients say alone: nothing is noted of them there by others, and nothing comes from an app"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0029"
down_revision = "0028"

_KINDS = (
    *("home", "hospital", "ambulance", "doctor", "asleep", "ill", "no_battery", "other"),
    *("sos", "reply", "consent_withdrawn"),
)
_CHANNELS = ("text", "voice", "page")


def upgrade() -> None:
    _allow(_KINDS, _CHANNELS)
    op.drop_column("patient_word", "noted_by")


def downgrade() -> None:
    op.add_column("patient_word", sa.Column("noted_by", AutoString(), nullable=True))
    _allow((*_KINDS, "visit"), (*_CHANNELS, "api", "staff"))


def _allow(kinds: tuple[str, ...], channels: tuple[str, ...]) -> None:
    with op.batch_alter_table("patient_word", table_kwargs={"sqlite_with_rowid": False}) as batch:
        for name, allowed in (("kind", kinds), ("channel", channels)):
            batch.drop_constraint(f"patient_word_{name}", type_="check")
            batch.create_check_constraint(f"patient_word_{name}", f"{name} IN {allowed}")
