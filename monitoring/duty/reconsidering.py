"""Decisions against a patient that rest on too little, as we know by now: they are withdrawn at once.

What lies in an outage proves nothing, also where that was noted after somebody had decided; nor does the silence of
whom our text never reached, as the carrier says a day later. A machine never decides against anybody; that it takes
back what has no reason left harms nobody.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from typing import Any, Final

from sqlalchemy import Row, select, text
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import in_force
from codes.review.overturning import withdraw_alert
from monitoring.alerts import facts_of
from monitoring.cases.watched import WatchedCase, held_case, telephone_of, watched_case
from monitoring.duty.weighing import Void, Weighed, apart, ripe, was_out, weigh
from monitoring.in_turn import in_turn
from monitoring.quiet import is_quiet
from store import Store, Work
from store.audit import SERVICE
from store.checks import PresenceCheck
from store.columns import table
from store.duty import STANDS, Alert
from store.patients import Outage

_NEEDED: Final = {"violation": 2, "warn": 1}
"""By decision, how many facts it rests on."""
_STILL: Final = (None, Void.NOT_ENROLLED, Void.ENDED)
"""A plan that changed later, or a case that was opened again, does not undo what was decided before."""
BATCH: Final = 100
_AFTER_ALL: Final = "g"
"""After every id: those are hex digits."""
_LONGEST: Final = timedelta(days=90)


def reconsider(store: Store) -> int:
    """Withdraws what rests on too little, by what was excused and by outages not looked through; how many. By day."""
    withdrawn, before = 0, _AFTER_ALL
    while True:
        with store.reading() as work:
            regime = in_force(work).regime
            if is_quiet(regime, work.now):
                return withdrawn
            rows = work.rows(_standing().where(col(Alert.id) < before).limit(BATCH))
            shaky = [row for row in _doubtful(work, rows) if not _stands(work, row, regime)]
        withdrawn += in_turn(store, shaky, lambda work, row: _reconsider(work, row.id, row.case_id), "reconsider")
        if len(rows) < BATCH:
            return withdrawn
        before = rows[-1].id


def _doubtful(work: Work, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Those of the last months of which something was excused since, or that an outage not looked through may touch."""
    lately = [row for row in rows if row.decided_at >= work.now - _LONGEST]
    new = work.rows(select(col(Outage.starts_at)).where(col(Outage.settled_at).is_(None)))
    first = min((row.starts_at for row in new), default=work.now)
    theirs = col(PresenceCheck.alert_id).in_([row.id for row in lately]), col(PresenceCheck.state) == "excused"
    excused = {row.alert_id for row in work.rows(select(col(PresenceCheck.alert_id)).where(*theirs))}
    return [row for row in lately if row.id in excused or row.decided_at >= first]


def _stands(work: Work, row: Row[Any], regime: Regime) -> bool:
    """As far as one sees without holding the case."""
    case = watched_case(work, row.case_id)
    return case is None or case.key is None or _is_founded(work, case, row, regime)


def _standing() -> Any:
    """What was decided against patients and holds, the newest first; as the index that finds them is written."""
    return select(table(Alert)).where(text(STANDS)).order_by(col(Alert.id).desc())


def _reconsider(work: Work, alert_id: str, case_id: str) -> bool:
    case, regime = held_case(work, case_id), in_force(work).regime
    row = work.row(_standing().where(col(Alert.id) == alert_id))
    phone = telephone_of(work, case) if case else None
    if row is None or case is None or case.key is None or phone is None or _is_founded(work, case, row, regime):
        return False
    withdraw_alert(work, alert_id, phone, regime.default_language, SERVICE)
    return True


def _is_founded(work: Work, case: WatchedCase, row: Row[Any], regime: Regime) -> bool:
    left = [one for one in weigh(work, case, facts_of(row), regime) if _counts(work, one)]
    if _NEEDED[row.decision] == 1:
        return bool(left)
    return any(apart(one, other) for one, other in combinations(ripe(left, row.decided_at), 2))


def _counts(work: Work, one: Weighed) -> bool:
    if one.row is None or one.begins is None or one.ends is None or one.void not in _STILL:
        return False
    return not was_out(work, one.fact, one.row, one.begins, one.ends)
