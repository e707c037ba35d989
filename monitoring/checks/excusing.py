"""Excusing afterwards: an outage that was noticed later, and a text of which we only now hear that it never arrived."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, select, update
from sqlmodel import col

from monitoring.alerts import excuse_alert
from monitoring.cases.watched import held_case
from monitoring.checks.receipts import was_told
from monitoring.checks.settling import tell_excused
from store import Store, Work
from store.audit import SERVICE
from store.checks import PresenceCheck
from store.columns import table
from store.patients import Outage

LATE: Final = timedelta(days=2)
"""Carriers tell within a day what became of a text."""
PAGE: Final = 100
_MISSED = select(table(PresenceCheck)).where(col(PresenceCheck.state) == "missed").order_by(col(PresenceCheck.id))


def excuse_misses(store: Store) -> int:
    """Excuses every miss that proves nothing as we know now; how many."""
    with store.reading() as work:
        unsettled = work.rows(select(table(Outage)).where(col(Outage.settled_at).is_(None)))
    excused = sum(_excuse_in(store, one) for one in unsettled)
    return excused + _excuse_untold(store)


def _excuse_in(store: Store, outage: Row[Any]) -> int:
    """The misses inside one outage, a page at a time; one that is over is done with then."""
    excused = 0
    while True:
        with store.work() as work:
            rows = work.rows(_inside(outage, work.now).limit(PAGE))
            excused += sum(excuse(work, row, "outage") for row in rows)
            if len(rows) < PAGE:
                if outage.ends_at is not None and outage.ends_at < work.now:
                    same = col(Outage.id) == outage.id, col(Outage.ends_at) == outage.ends_at
                    work.run(update(Outage).where(*same), settled_at=work.now)
                return excused


def _inside(outage: Row[Any], now: datetime) -> Select[Any]:
    ends = outage.ends_at or now
    return _MISSED.where(col(PresenceCheck.window_ends_at) >= outage.starts_at, col(PresenceCheck.asked_at) <= ends)


def _excuse_untold(store: Store) -> int:
    """Misses of whom the carrier said meanwhile that the text never arrived."""
    with store.reading() as work:
        lately = col(PresenceCheck.window_ends_at) >= work.now - LATE
        untold = [row for row in work.rows(_MISSED.where(lately)) if not was_told(work, row)]
    excused = 0
    for row in untold:
        with store.work() as work:
            excused += excuse(work, row, "not_delivered")
    return excused


def excuse(work: Work, check: Row[Any], outcome: str) -> bool:
    """A missed check counts no more; False where it was no miss any more. The patient is told.

    The alert that rests on nothing else is settled with it.
    """
    case = held_case(work, check.case_id)
    mine = update(PresenceCheck).where(col(PresenceCheck.id) == check.id, col(PresenceCheck.state) == "missed")
    if case is None or not work.run(mine, state="excused", outcome=outcome):
        return False
    work.audit(SERVICE, "check.excused", check.id, {"case": case.id, "outcome": outcome})
    if check.alert_id:
        excuse_alert(work, check.alert_id)
    if case.is_open(work.now):
        tell_excused(work, case, check)
    return True
