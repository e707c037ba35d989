"""Lent telephones that are due: their patient is reminded the day before, and a person is told the day after."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.alerts import raise_alert
from monitoring.cases.lending import out_since
from monitoring.cases.watched import watched_case
from monitoring.patients.telling import tell
from store import Work
from store.cases import LentPhone

AHEAD: Final = timedelta(days=1)
LATE: Final = timedelta(days=1)
MISSING: Final = "phone_not_returned"


def remind(work: Work) -> int:
    """Reminds of every telephone that is due or missing; how many."""
    told = 0
    for row in out_since(work, work.now + AHEAD):
        missing = row.due_at < work.now - LATE
        if row.reminded_at is None or (missing and row.reminded_at < row.due_at + LATE):
            _remind(work, row, missing=missing)
            told += 1
    return told


def _remind(work: Work, row: Row[Any], *, missing: bool) -> None:
    case = watched_case(work, row.case_id)
    assert case is not None, "a foreign key names a case"
    if missing:
        raise_alert(work, case, MISSING)
    else:
        tell(work, in_force(work).regime, case, "phone_due", {"until": row.due_at})
    work.run(update(LentPhone).where(col(LentPhone.id) == row.id), reminded_at=work.now)
