"""What the audit says."""

import json
from typing import Any

from sqlalchemy import select

from store import Store
from store.audit import AuditEntry
from store.columns import table


def entries(store: Store, action: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Actor, subject and details of each entry of this action, the oldest first."""
    lines = table(AuditEntry)
    wanted = select(lines).where(lines.c.action == action).order_by(lines.c.id)
    with store.reading() as work:
        return [(row.actor, row.subject, json.loads(row.details)) for row in work.rows(wanted)]
