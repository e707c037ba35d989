"""The end of a case: everything stops, the patient is told, and may ask for passes again."""

from functools import partial
from typing import Any, Final

from sqlalchemy import Row, select, tuple_
from sqlmodel import col

from codes.isolation import hold_people, same_person
from codes.regime import Regime
from codes.regimes import in_force
from monitoring.alerts import raise_alert
from monitoring.cases.closing import ENDED, stop_case
from monitoring.cases.consent import WITHDRAWN, take_back
from monitoring.cases.watched import WatchedCase, cases_of, held_case
from monitoring.in_turn import in_turn
from monitoring.patients.telling import tell
from store import Store, Work
from store.audit import SERVICE
from store.cases import Case

IN_TIME: Final = "its end has come"
PAGE: Final = 500
"""Ends that are looked up at a time: most come at midnight."""


def end_case(work: Work, regime: Regime, case: WatchedCase, closing: str, reason: str, by: str) -> bool:
    """Closes a case for a reason of `store.cases.CLOSINGS` and tells the patient; False where it was closed before.

    Who named the same document on another telephone is meant too: a case of theirs ends with it. Consent that was taken
    back goes to a person.
    """
    hold_people(work, [case.person_id])
    ended = False
    for one in cases_of(work, same_person(work, case.person_id)):
        stop_case(work, one, closing, reason, by)
        ended = True
        if closing == WITHDRAWN:
            take_back(work, one)
            raise_alert(work, one, WITHDRAWN)
        tell(work, regime, one, f"case_closed_{closing}", {})
    return ended


def end_in_time(store: Store) -> int:
    """Closes cases whose end has come; how many."""
    ended, page = 0, _due
    while True:
        with store.reading() as work:
            rows = work.rows(page(work).limit(PAGE))
        ended += in_turn(store, rows, _end_if_due, "end_in_time")
        if len(rows) < PAGE:
            return ended
        page = partial(_due, after=rows[-1])


def _due(work: Work, after: Row[Any] | None = None) -> Any:
    place = col(Case.ends_at), col(Case.id)
    due = select(*place).where(col(Case.closed_at).is_(None), col(Case.ends_at) <= work.now).order_by(*place)
    return due if after is None else due.where(tuple_(*place) > (after.ends_at, after.id))


def _end_if_due(work: Work, row: Row[Any]) -> bool:
    case = held_case(work, row.id)
    if case is None or case.closed_at is not None or case.is_open(work.now):
        return False
    stop_case(work, case, ENDED, IN_TIME, SERVICE)
    tell(work, in_force(work).regime, case, f"case_closed_{ENDED}", {})
    return True
