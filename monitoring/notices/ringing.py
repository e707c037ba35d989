"""Ringing patients who can't read texts: one call for all they are to be told, by day, a few times; then a person."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlmodel import col

from codes.desk.proving import provable
from codes.regime import Regime
from codes.regimes import in_force
from codes.telling import Way, way_to
from monitoring.alerts import raise_alert
from monitoring.cases.watched import WatchedCase, held_case, telephone_of
from monitoring.in_turn import in_turn
from monitoring.notices.hearing import notices_waiting, who_may_hear
from monitoring.patients.telling import whom
from monitoring.quiet import is_quiet, next_quiet
from store import Store, Work
from store.audit import SERVICE
from store.columns import table
from store.messages import NOTICE
from store.notices import SpokenNotice
from store.outbox import owe_call
from store.phones import Telephone

MOST_TRIES: Final = 3
AGAIN: Final = timedelta(hours=1)
"""Between two calls; nobody who was out for a while is given up."""
NOT_TOLD: Final = "not_told"
CALL_WANTED: Final = "call_wanted"
BATCH: Final = 100


def ring_for_notices(store: Store) -> int:
    """Rings whoever is due to be told something; how many. At night nobody."""
    with store.reading() as work:
        if is_quiet(in_force(work).regime, work.now):
            return 0
        due: Any = select(col(SpokenNotice.case_id).label("id")).where(
            col(SpokenNotice.due_at).is_not(None), col(SpokenNotice.due_at) <= work.now
        )
        rows = work.rows(due.distinct().limit(BATCH))
    return in_turn(store, rows, lambda work, row: _ring(work, row.id), "ring_for_notices")


def leave_to_person(work: Work, case: WatchedCase, kind: str = NOT_TOLD) -> None:
    """What waits to be heard is rung for no more: a duty officer tells it."""
    _change(work, case, due_at=None, left_at=work.now)
    raise_alert(work, case, kind)


def _ring(work: Work, case_id: str) -> bool:
    case, regime = held_case(work, case_id), in_force(work).regime
    if case is None or is_quiet(regime, work.now):
        return False
    if not notices_waiting(work, case, regime):
        _change(work, case, due_at=None)  # told by a person, or decided, meanwhile
        return False
    due = col(SpokenNotice.case_id) == case_id, col(SpokenNotice.due_at) <= work.now
    rows = work.rows(select(col(SpokenNotice.tries)).where(*due))
    if not rows:
        return False
    phone = _telephone(work, case)
    if phone is None or min(row.tries for row in rows) >= MOST_TRIES:
        leave_to_person(work, case)
        return False
    _change(work, case, tries=table(SpokenNotice).c.tries + 1, due_at=work.now + AGAIN)
    _call(work, case, phone, regime)
    return True


def _telephone(work: Work, case: WatchedCase) -> Telephone | None:
    """Where somebody can hear it, who can prove that it is for them."""
    phone = telephone_of(work, case)
    if phone is None or phone.blocked or way_to(whom(case), phone.number) is Way.PERSON:
        return None
    return phone if provable(who_may_hear(work, case)) else None


def _call(work: Work, case: WatchedCase, phone: Telephone, regime: Regime) -> None:
    language, night = phone.language or regime.default_language, next_quiet(regime, work.now)[0]
    call = owe_call(work, phone, NOTICE, language, {"case": case.id}, work.now, min(night, work.now + AGAIN))
    work.audit(SERVICE, "notice.rung", call, {"case": case.id})


def _change(work: Work, case: WatchedCase, **values: Any) -> None:
    """Of whatever is rung for."""
    mine = update(SpokenNotice).where(col(SpokenNotice.case_id) == case.id, col(SpokenNotice.due_at).is_not(None))
    work.run(mine.values(**values))
