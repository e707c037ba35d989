"""The duty officer of the simulated town: answers everything in the patient's favour, as late as they may.

Just before deciding a doubt they ask whether a violation would have been possible: what the rules alone would let
somebody blame on honest people is counted, with the facts it would rest on.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, select
from sqlmodel import col

from codes.regimes import in_force
from monitoring.alerts import DOUBTS, facts_of
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.duty.deciding import Decided, Decision, Given, decide, held_alert, why_not
from monitoring.duty.weighing import weigh
from monitoring.quiet import is_quiet
from store import Store, Work
from store.columns import table
from store.duty import Alert

OFFICER: Final = "staff:dora"
PROMPT: Final = timedelta(hours=4)
"""Until they get to what is no doubt."""
UNTOLD: Final = timedelta(hours=40)
"""Of a doubt that the patient could not be told: they ring them."""
_OPEN = select(table(Alert)).where(col(Alert.decided_at).is_(None)).order_by(col(Alert.id))


@dataclass
class Officer:
    """Decides, and counts what could have been decided."""

    store: Store
    decided: Counter[str] = field(default_factory=Counter)
    could: list[tuple[str, tuple[tuple[str, str, str], ...]]] = field(default_factory=list)
    """Alerts that could have become violations, each with the facts that counted: what, id, outcome."""

    def look(self) -> None:
        """By day, everything that is ripe."""
        with self.store.reading() as work:
            rows = [] if is_quiet(in_force(work).regime, work.now) else work.rows(_OPEN)
            ripe = [row.id for row in rows if _is_ripe(row, work.now)]
        for alert_id in ripe:
            with self.store.work() as work:
                self._decide(work, alert_id)

    def _decide(self, work: Work, alert_id: str) -> None:
        found = held_alert(work, alert_id)
        if found is None or found[0].decided_at is not None:
            return
        alert, case = found
        if alert.kind in DOUBTS and not why_not(work, alert, case, Decision.VIOLATION, OFFICER):
            self.could.append((alert.id, tuple(_counting(work, case, alert))))
        outcome = decide(work, alert_id, Given(Decision.NOTHING, "honest"), OFFICER)
        assert isinstance(outcome, Decided), outcome
        self.decided[alert.kind] += 1


def _is_ripe(row: Row[Any], now: datetime) -> bool:
    if row.kind not in DOUBTS:
        return bool(now - row.raised_at >= PROMPT)
    return bool(row.answer_by <= now if row.answer_by else now - row.raised_at >= UNTOLD)


def _counting(work: Work, case: WatchedCase, alert: Row[Any]) -> list[tuple[str, str, str]]:
    weighed = weigh(work, case, facts_of(alert), in_force(work).regime)
    return [(one.fact.what, one.fact.id, getattr(one.row, "outcome", "left")) for one in weighed if one.void is None]


def case_held(work: Work, case_id: str) -> WatchedCase:
    """A case that is there."""
    case = held_case(work, case_id)
    assert case is not None
    return case
