"""Patients are told of every doubt about them the same day, on their telephone, with how to answer and by when.

At night they are told in the morning; the time to answer begins when they are told, and anew when a fact is added.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select, update
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import in_force
from codes.telling import owe_spoken
from monitoring.alerts import DOUBTS, Fact, facts_of
from monitoring.cases.watched import WatchedCase, held_case, telephone_of
from monitoring.outages import SERVICE
from monitoring.patients.links import page_address
from monitoring.patients.telling import is_told_by_text, tell, whom
from monitoring.quiet import is_quiet
from store import Store, Work
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.notices import SpokenNotice
from store.patients import Departure

BATCH: Final = 100
_UNTOLD = (
    select(col(Alert.id), col(Alert.case_id))
    .where(col(Alert.decided_at).is_(None), col(Alert.told_at).is_(None), col(Alert.kind).in_(DOUBTS))
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
        for row in rows:
            with store.work() as work:
                told += _tell(work, row.id, row.case_id, public_url)
        if len(rows) < BATCH:
            return told
        after = rows[-1].id


def note_told(work: Work, alert_id: str, case: WatchedCase, by: str, regime: Regime) -> datetime:
    """From now on the patient knows, by whatever way `by` told them; until when their answer is waited for."""
    until = work.now + timedelta(hours=regime.isolation.answer_hours)
    mine = update(Alert).where(col(Alert.id) == alert_id)
    work.run(mine, told_at=work.now, answer_by=until, answered_at=None)
    said = update(SpokenNotice).where(col(SpokenNotice.alert_id) == alert_id, col(SpokenNotice.heard_at).is_(None))
    work.run(said, heard_at=work.now, due_at=None)
    work.audit(by, "alert.told", alert_id, {"case": case.id, "until": until.isoformat()})
    return until


def _tell(work: Work, alert_id: str, case_id: str, public_url: str) -> bool:
    case, regime = held_case(work, case_id), in_force(work).regime
    alert = work.row(select(table(Alert)).where(col(Alert.id) == alert_id))
    if case is None or case.key is None or alert.told_at or alert.decided_at or is_quiet(regime, work.now):
        return False
    phone, facts = telephone_of(work, case), facts_of(alert)
    if phone is None or phone.blocked or not facts or not case.is_open(work.now):
        return False  # whoever decides sees that nobody was told, and rings them
    template, fields = _worded(work, facts[-1])
    if not is_told_by_text(case, phone):
        return _owe_call(work, alert_id, case, facts[-1], template, fields)
    until = note_told(work, alert_id, case, SERVICE, regime)
    if template != "told_unreached":
        fields["link"] = page_address(work, case, public_url)
    tell(work, regime, case, template, {**fields, "until": until})
    return True


def _owe_call(work: Work, alert_id: str, case: WatchedCase, fact: Fact, template: str, fields: dict[str, Any]) -> bool:
    """Once for each fact. Their time to answer begins when they hear it: `monitoring.notices`."""
    mine = select(col(SpokenNotice.id)).where(col(SpokenNotice.alert_id) == alert_id)
    if work.row(mine.where(col(SpokenNotice.fact_id) == fact.id)) is not None:
        return False
    owe_spoken(work, whom(case), template, fields, alert_id, fact.id)
    return True


def _worded(work: Work, fact: Fact) -> tuple[str, dict[str, Any]]:
    """The template and its fields, without the link, by the newest fact."""
    if fact.what == "departure":
        row = work.row(select(table(Departure)).where(col(Departure.id) == fact.id))
        return "told_departure", {"starts": row.left_at}
    row = work.row(select(table(PresenceCheck)).where(col(PresenceCheck.id) == fact.id))
    if row.means != "link":
        return "told_unreached", {"asked": row.asked_at}
    return _TEMPLATES.get(row.state, "told_unclear"), {"asked": row.asked_at}
