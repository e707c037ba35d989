"""The end of a case: everything stops, the patient is told, and may ask for passes again."""

from typing import Final

from sqlalchemy import select
from sqlmodel import col

from codes.isolation import hold_people, same_person
from codes.regime import Regime
from codes.regimes import in_force
from monitoring.alerts import raise_alert
from monitoring.cases.closing import ENDED, stop_case
from monitoring.cases.consent import WITHDRAWN, take_back
from monitoring.cases.watched import WatchedCase, cases_of, held_case
from monitoring.patients.telling import tell
from store import Work
from store.audit import SERVICE
from store.cases import Case

IN_TIME: Final = "its end has come"
MOST_AT_ONCE: Final = 50


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


def end_in_time(work: Work, most: int = MOST_AT_ONCE) -> int:
    """Closes cases whose end has come; how many."""
    due = select(col(Case.id)).where(col(Case.closed_at).is_(None), col(Case.ends_at) <= work.now)
    rows = work.rows(due.order_by(col(Case.ends_at)).limit(most))
    if not rows:
        return 0
    regime = in_force(work).regime
    for row in rows:
        case = held_case(work, row.id)
        if case is not None and case.closed_at is None:
            stop_case(work, case, ENDED, IN_TIME, SERVICE)
            tell(work, regime, case, f"case_closed_{ENDED}", {})
    return len(rows)
