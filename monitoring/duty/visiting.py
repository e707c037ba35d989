"""Visits that a duty officer decides on: somebody goes there, and what they found is noted on the alert's page."""

from sqlalchemy import select, update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.alerts import Fact, facts_of, raise_alert
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.checks.asking import PERSON
from monitoring.checks.visits import note_visit
from monitoring.duty.pausing import end_pause
from monitoring.quiet import next_quiet
from store import Work
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert


def ask_visit(work: Work, case: WatchedCase, by: str) -> str:
    """Somebody is to go and see the patient, before the night where that can be; the check's id."""
    check_id = work.new_id()
    begins, _ = next_quiet(in_force(work).regime, work.now)
    alert_id = raise_alert(work, case, "visit", [Fact("check", check_id)])
    asked = {"state": "asked", "step": PERSON, "planned_at": work.now, "asked_at": work.now, "window_ends_at": begins}
    given = {"case_id": case.id, "origin": "staff", "means": "visit", "attempts": 0, "alert_id": alert_id}
    work.insert(PresenceCheck, id=check_id, **given, **asked)
    work.audit(by, "check.asked", check_id, {"case": case.id, "means": "visit"})
    return check_id


def close_visit(work: Work, alert_id: str, *, met: bool, by: str) -> bool:
    """Notes what a visit found, and settles its alert; False where none waits. Not to be met is a doubt of its own."""
    mine = select(table(Alert)).where(col(Alert.id) == alert_id, col(Alert.kind) == "visit")
    alert = work.row(mine.where(col(Alert.decided_at).is_(None)))
    if alert is None or held_case(work, alert.case_id) is None:
        return False
    noted = [note_visit(work, fact.id, met=met, by=by) for fact in facts_of(alert)]
    settled = update(Alert).where(col(Alert.id) == alert_id, col(Alert.decided_at).is_(None))
    if not any(noted) or not work.run(settled, decision="nothing", decided_at=work.now, decided_by=by):
        return False
    work.audit(by, "alert.visited", alert_id, {"met": met})
    end_pause(work, alert.case_id)  # whoever was seen has been answered
    return True
