"""Excusing afterwards: an outage that was noticed later, and a text of which we only now hear that it never arrived."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, and_, literal_column, or_, select, tuple_, update
from sqlmodel import col

from monitoring.alerts import excuse_alert
from monitoring.cases.watched import held_case
from monitoring.checks.receipts import came, was_told, with_message
from monitoring.checks.settling import tell_excused
from monitoring.in_turn import in_turn
from monitoring.outages import AT_A_DOOR
from store import Store, Work
from store.audit import SERVICE
from store.checks import PresenceCheck
from store.columns import table
from store.patients import Outage

LATE: Final = timedelta(days=2)
"""Carriers tell within a day what became of a text."""
PAGE: Final = 100
_PLACE: Final = col(PresenceCheck.window_ends_at), col(PresenceCheck.id)
_MISSED = select(table(PresenceCheck)).where(col(PresenceCheck.state) == literal_column("'missed'")).order_by(*_PLACE)
"""As the index that finds them is written."""


def excuse_misses(store: Store) -> int:
    """Excuses every miss that proves nothing as we know now; how many."""
    with store.reading() as work:
        unsettled = work.rows(select(table(Outage)).where(col(Outage.settled_at).is_(None)))
    excused = sum(_excuse_in(store, one) for one in unsettled)
    return excused + _excuse_untold(store)


def _excuse_in(store: Store, outage: Row[Any]) -> int:
    """The misses inside one outage; one that is over and leaves none is done with."""
    excused = _excuse_all(store, lambda work: _inside(outage, work.now), "outage")
    with store.work() as work:
        over = outage.ends_at is not None and outage.ends_at < work.now
        if over and work.row(_inside(outage, work.now).limit(1)) is None:
            same = col(Outage.id) == outage.id, col(Outage.ends_at) == outage.ends_at
            work.run(update(Outage).where(*same), settled_at=work.now)
    return excused


def _inside(outage: Row[Any], now: datetime) -> Select[Any]:
    """A visit was over when it was noted, and what was out has to bear on a door: see `monitoring.outages.excusing`."""
    ends, visit = outage.ends_at or now, col(PresenceCheck.means) == "visit"
    waited = and_(~visit, col(PresenceCheck.window_ends_at) >= outage.starts_at)
    stood = and_(visit, col(PresenceCheck.settled_at) >= outage.starts_at)
    inside = or_(waited, stood) if outage.kind in AT_A_DOOR else waited
    return _MISSED.where(inside, col(PresenceCheck.asked_at) <= ends)


def _excuse_untold(store: Store) -> int:
    """Misses of whom the carrier said meanwhile that the text never arrived."""

    def lately(work: Work) -> Select[Any]:
        return with_message(_MISSED).where(col(PresenceCheck.window_ends_at) >= work.now - LATE)

    return _excuse_all(store, lately, "not_delivered", lambda work, row: not (came(row) or was_told(work, row)))


def _excuse_all(
    store: Store,
    which: Callable[[Work], Select[Any]],
    outcome: str,
    proves_nothing: Callable[[Work, Row[Any]], bool] = lambda _work, _row: True,
) -> int:
    """Excuses the misses that a query and a condition name, a page at a time; how many."""
    excused, last = 0, None
    while True:
        with store.reading() as work:
            further = which(work) if last is None else which(work).where(tuple_(*_PLACE) > last)
            rows = work.rows(further.limit(PAGE))
            found = [row for row in rows if proves_nothing(work, row)]
        excused += in_turn(store, found, lambda work, row: excuse(work, row, outcome), "excuse_misses")
        if len(rows) < PAGE:
            return excused
        last = rows[-1].window_ends_at, rows[-1].id


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
