"""What an appeal that was upheld undoes about somebody at home. The rooms above read it in the rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from codes.case_telephones import reached_on
from codes.regimes import in_force
from codes.telling import by_day, patient_of, tell_patient
from store import Work
from store.cases import Case
from store.columns import table
from store.duty import Alert, CaseFile
from store.outbox import send
from store.phones import Telephone

KIND: Final = "appeal_upheld"
"""Of the alert that says that a case should not have been opened."""
TODAY: Final = 1


def withdraw_alert(work: Work, alert_id: str, phone: Telephone, language: str, by: str) -> None:
    """What was decided about an alert counts no more, its patient is told, and so is whoever got its file."""
    mine = update(Alert).where(col(Alert.id) == alert_id, col(Alert.overturned_at).is_(None))
    row = work.row(select(table(Alert)).where(col(Alert.id) == alert_id))
    if row is None or not work.run(mine, overturned_at=work.now):
        return
    work.audit(by, "alert.overturned", alert_id, {"case": row.case_id})
    files = update(CaseFile).where(col(CaseFile.alert_id) == alert_id)
    work.run(files, outcome="withdrawn", outcome_at=work.now, outcome_by=by)
    tell_about(work, row.case_id, phone, language, "alert_withdrawn", {"asked": row.decided_at})


def tell_about(
    work: Work, case_id: str, phone: Telephone, language: str, template: str, fields: Mapping[str, str | datetime]
) -> None:
    """Tells somebody on a telephone about a case, by day; by a call where its patient can't read a text."""
    due_at = by_day(in_force(work).regime, work.now)
    row = work.row(select(table(Case)).where(col(Case.id) == case_id, col(Case.destroyed_at).is_(None)))
    if row is None:
        send(work, phone, template, phone.language or language, fields, due_at=due_at)
        return
    there = reached_on(work, row, phone)
    if there is not None:
        patient, spoken = patient_of(work, row), there.language or language
        tell_patient(work, patient, there, spoken, template, fields, due_at=due_at)


def doubt_case(work: Work, case_id: str, by: str) -> str | None:
    """Puts a case that should not have been opened before people; the alert's id, None where the case is closed."""
    case = work.row(select(table(Case)).where(col(Case.id) == case_id, col(Case.closed_at).is_(None)))
    if case is None:
        return None
    alert_id = work.new_id()
    given = {"case_id": case_id, "kind": KIND, "urgency": TODAY, "opened_by": case.opened_by, "facts": "[]"}
    work.insert(Alert, id=alert_id, raised_at=work.now, false_alarm=False, **given)
    work.audit(by, "alert.raised", alert_id, {"case": case_id, "kind": KIND})
    return alert_id
