"""Patients are told of every doubt about them the same day, on their telephone, with how to answer and by when.

At night they are told in the morning. The time to answer begins when they are told, for each fact by itself: another
one takes nothing from it and adds nothing to it.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select, update
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import in_force
from codes.telling import owe_spoken
from monitoring.alerts import DOUBTS, Fact, facts_of, facts_told
from monitoring.cases.watched import WatchedCase, held_case, telephone_of
from monitoring.in_turn import in_turn
from monitoring.patients.links import page_address
from monitoring.patients.telling import is_told_by_text, tell, whom
from monitoring.quiet import is_quiet
from store import Store, Work
from store.audit import SERVICE
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.notices import SpokenNotice
from store.patients import Departure

BATCH: Final = 100
_UNTOLD = (
    select(col(Alert.id), col(Alert.case_id))
    .where(col(Alert.decided_at).is_(None), col(Alert.untold_at).is_not(None), col(Alert.kind).in_(DOUBTS))
    .order_by(col(Alert.id))
)
_TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {"failed": "told_failed", "missed": "told_missed", "unclear": "told_unclear"}
)
"""By the state of a check."""


def tell_doubts(store: Store, public_url: str) -> int:
    """Tells patients of what they were not told yet; how many. Nobody is told at night."""
    told, after = 0, ""
    while True:
        with store.reading() as work:
            if is_quiet(in_force(work).regime, work.now):
                return told
            rows = work.rows(_UNTOLD.where(col(Alert.id) > after).limit(BATCH))
        told += in_turn(store, rows, lambda work, row: _tell(work, row.id, row.case_id, public_url), "tell_doubts")
        if len(rows) < BATCH:
            return told
        after = rows[-1].id


def note_told(
    work: Work, alert_id: str, case: WatchedCase, by: str, regime: Regime, only: str | None = None
) -> tuple[Fact, ...]:
    """From now on the patient knows all of an alert, or the fact `only`, by whatever way `by` told them.

    What was new to them; it needs to be said on no call any more.
    """
    until = work.now + timedelta(hours=regime.isolation.answer_hours)
    told = facts_told(work, work.row(select(table(Alert)).where(col(Alert.id) == alert_id)), until, only)
    said = update(SpokenNotice).where(col(SpokenNotice.alert_id) == alert_id, col(SpokenNotice.heard_at).is_(None))
    work.run(said.where(col(SpokenNotice.fact_id) == only) if only else said, heard_at=work.now, due_at=None)
    work.audit(by, "alert.told", alert_id, {"case": case.id, "facts": len(told), "until": until.isoformat()})
    return told


def _tell(work: Work, alert_id: str, case_id: str, public_url: str) -> bool:
    case, regime = held_case(work, case_id), in_force(work).regime
    alert = work.row(select(table(Alert)).where(col(Alert.id) == alert_id))
    if case is None or case.key is None or not alert.untold_at or alert.decided_at or is_quiet(regime, work.now):
        return False
    phone = telephone_of(work, case)
    if phone is None or phone.blocked or not facts_of(alert) or not case.is_open(work.now):
        return False  # whoever decides sees that nobody was told, and rings them
    if not is_told_by_text(case, phone):
        return sum(_owe_call(work, alert_id, case, one) for one in facts_of(alert) if one.told_at is None) > 0
    link = ""
    for fact in note_told(work, alert_id, case, SERVICE, regime):
        template, fields = _worded(work, fact)
        if template != "told_unreached":
            link = link or page_address(work, case, public_url)
            fields["link"] = link
        tell(work, regime, case, template, {**fields, "until": fact.answer_by or work.now})
    return True


def _owe_call(work: Work, alert_id: str, case: WatchedCase, fact: Fact) -> bool:
    """Once for each fact. Their time to answer begins when they hear it: `monitoring.notices`."""
    mine = select(col(SpokenNotice.id)).where(col(SpokenNotice.alert_id) == alert_id)
    if work.row(mine.where(col(SpokenNotice.fact_id) == fact.id)) is not None:
        return False
    owe_spoken(work, whom(case), *_worded(work, fact), alert_id, fact.id)
    return True


def _worded(work: Work, fact: Fact) -> tuple[str, dict[str, Any]]:
    """The template and its fields, without the link, of one fact."""
    if fact.what == "departure":
        row = work.row(select(table(Departure)).where(col(Departure.id) == fact.id))
        return "told_departure", {"starts": row.left_at}
    row = work.row(select(table(PresenceCheck)).where(col(PresenceCheck.id) == fact.id))
    if row.means != "link":
        return "told_unreached", {"asked": row.asked_at}
    return _TEMPLATES.get(row.state, "told_unclear"), {"asked": row.asked_at}
