"""Lent telephones that are due: their patient is reminded the day before, and a person is told the day after."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.alerts import raise_alert
from monitoring.cases.lending import out_since
from monitoring.cases.watched import held_case
from monitoring.in_turn import in_turn
from monitoring.patients.telling import tell
from store import Store, Work
from store.cases import LentPhone
from store.columns import table

AHEAD: Final = timedelta(days=1)
LATE: Final = timedelta(days=1)
MISSING: Final = "phone_not_returned"


def remind(store: Store) -> int:
    """Reminds of every telephone that is due or missing; how many."""
    with store.reading() as work:
        due = [row for row in out_since(work, work.now + AHEAD) if _is_due(work, row)]
    return in_turn(store, due, _remind, "remind_of_phones")


def _is_due(work: Work, row: Row[Any]) -> bool:
    return row.reminded_at is None or (_is_missing(work, row) and row.reminded_at < row.due_at + LATE)


def _is_missing(work: Work, row: Row[Any]) -> bool:
    return bool(row.due_at < work.now - LATE)


def _remind(work: Work, found: Row[Any]) -> bool:
    """Looks again, alone with the case: it may have come back, or been told, meanwhile."""
    out = select(table(LentPhone)).where(col(LentPhone.id) == found.id, col(LentPhone.returned_at).is_(None))
    case = held_case(work, found.case_id)
    row = work.row(out)
    if case is None or row is None or not _is_due(work, row):
        return False
    if _is_missing(work, row):
        raise_alert(work, case, MISSING)
    else:
        tell(work, in_force(work).regime, case, "phone_due", {"until": row.due_at})
    work.run(update(LentPhone).where(col(LentPhone.id) == row.id), reminded_at=work.now)
    return True
