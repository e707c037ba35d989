"""What waits to be said to a patient, who may hear it, and that they heard it: then their time to answer begins."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.people import PERSON, Holder, holder
from codes.regime import Regime
from codes.telling import fields_place
from monitoring.cases.watched import WatchedCase
from monitoring.duty.telling import note_told
from store import Work
from store.columns import table
from store.duty import Alert
from store.messages import NOTICE
from store.notices import SpokenNotice
from store.outbox import called_for
from store.people import Person
from store.phones import Telephone


@dataclass(frozen=True, slots=True)
class ToSay:
    """One notice: a template's name and what fills it."""

    id: str
    template: str
    fields: dict[str, Any]


def notices_waiting(work: Work, case: WatchedCase, regime: Regime) -> list[ToSay]:
    """What a patient was not told yet, the oldest first; also what was left to a person."""
    until = work.now + timedelta(hours=regime.isolation.answer_hours)
    return [ToSay(row.id, row.template, _fields(case, row, until)) for row in _rows(work, case)]


def who_may_hear(work: Work, case: WatchedCase) -> tuple[Holder, ...]:
    """Whose document proves that the right person listens: the patient's, of a child without one their guardian's."""
    patient = _person(work, case.person_id)
    guardian = _person(work, patient.guardian_id) if patient and patient.guardian_id else None
    if patient is None:
        return ()
    return (patient,) if patient.document_tail or guardian is None else (guardian,)


def called_with(work: Work, message_id: str, phone: Telephone) -> str | None:
    """The id of the case whose notices a call of ours is made for; None where it is made for something else."""
    return called_for(work, message_id, phone, NOTICE, "case")


def note_heard(work: Work, case: WatchedCase, by: str, regime: Regime) -> None:
    """The patient heard all that waited. The time to answer to each fact of a doubt that was among it begins now."""
    rows = _rows(work, case)
    waits = update(SpokenNotice).where(col(SpokenNotice.id).in_([row.id for row in rows]))
    work.run(waits, heard_at=work.now, due_at=None)
    for row in rows:
        alert = work.row(select(table(Alert)).where(col(Alert.id) == row.alert_id)) if row.alert_id else None
        if alert is not None and alert.decided_at is None and alert.untold_at is not None:
            note_told(work, alert.id, case, by, regime, row.fact_id)
        work.audit(by, "notice.heard", row.id, {"case": case.id})


def _rows(work: Work, case: WatchedCase) -> Sequence[Row[Any]]:
    """Without doubts that were decided, or told by a person, meanwhile."""
    notice, alert = table(SpokenNotice), table(Alert)
    mine = select(notice).select_from(notice.outerjoin(alert, alert.c.id == notice.c.alert_id))
    goes_on = alert.c.decided_at.is_(None) & (alert.c.id.is_(None) | alert.c.untold_at.is_not(None))
    return work.rows(
        mine.where(notice.c.case_id == case.id, notice.c.heard_at.is_(None), goes_on).order_by(notice.c.id)
    )


def _fields(case: WatchedCase, row: Row[Any], until: datetime) -> dict[str, Any]:
    if case.key is None or row.fields_sealed is None:
        return {}
    fields: dict[str, Any] = json.loads(case.key.open(fields_place(row.id), row.fields_sealed))
    return {**fields, "until": until} if row.alert_id else fields


def _person(work: Work, person_id: str) -> Holder | None:
    row = work.row(select(*PERSON).where(col(Person.id) == person_id))
    return holder(work, row) if row and row.person_destroyed_at is None else None
