"""Connect patients' apps by a code, and correct a patient's telephone number"""

from alembic import op

revision = "0030"
down_revision = "0029"

_SCOPES, _SCOPES_BEFORE = "scope IN ('page', 'check', 'app')", "scope IN ('page', 'check')"
_KINDS_BEFORE = "kind IN ('plan', 'home', 'elsewhere', 'device', 'reopened')"
_KINDS = _KINDS_BEFORE.replace("'reopened'", "'number', 'reopened'")


def upgrade() -> None:
    _allow("patient_link", "patient_link_scope", _SCOPES)
    _allow("case_change", "case_change_kind", _KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM patient_link WHERE scope = 'app'")
    op.execute("DELETE FROM case_change WHERE kind = 'number'")
    _allow("case_change", "case_change_kind", _KINDS_BEFORE)
    _allow("patient_link", "patient_link_scope", _SCOPES_BEFORE)


def _allow(table: str, name: str, values: str) -> None:
    with op.batch_alter_table(table, table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, values)
