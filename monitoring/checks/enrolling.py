"""Enrolment: whoever agreed is reminded to open their page, twice; then a person is asked to look. It is no miss."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, bindparam, exists, or_, update
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import in_force
from monitoring.alerts import raise_alert
from monitoring.cases.watched import WatchedCase, held_case, open_rows, telephone_of
from monitoring.in_turn import in_turn
from monitoring.patients.links import page_address
from monitoring.quiet import is_quiet, next_quiet
from store import Store, Work
from store.audit import SERVICE
from store.cases import Case, Consent
from store.outbox import send

BEFORE: Final = (timedelta(hours=12), timedelta(hours=4))
"""So long before the time is up people are reminded: 12 and 20 hours after their case was opened."""
PAGE: Final = 100
_AGREED = exists().where(col(Consent.case_id) == col(Case.id), col(Consent.withdrawn_at).is_(None))
_PENDING = (
    open_rows()
    .where(col(Case.enrolled_at).is_(None), _AGREED)
    .where(
        or_(col(Case.reminded_at).is_(None), col(Case.enrol_by).is_(None), col(Case.reminded_at) < col(Case.enrol_by))
    )
)
_PAGE_OF_THEM = _PENDING.where(col(Case.id) > bindparam("after")).limit(PAGE)


class Due(StrEnum):
    """What is to be done for a case that is not enrolled."""

    ENROL = "enrol"  # there is nothing to open
    REMIND = "remind"
    ASK_A_PERSON = "ask_a_person"


def remind_to_enrol(store: Store, public_url: str) -> int:
    """Does what is due for cases that are not enrolled; for how many something was.

    Who is called or visited has nothing to open: they are enrolled once they agreed.
    """
    done, after = 0, ""
    while True:
        with store.reading() as work:
            rows = work.rows(_PAGE_OF_THEM, after=after)
            regime = in_force(work).regime if rows else None
            due = [row for row in rows if regime and _due(row, regime, work.now)]
        done += in_turn(store, due, lambda work, row: _look_at(work, row.id, public_url), "remind_to_enrol")
        if len(rows) < PAGE:
            return done
        after = rows[-1].id


def _look_at(work: Work, case_id: str, public_url: str) -> bool:
    """Looks again, alone with the case; whether something was due."""
    case, regime = held_case(work, case_id), in_force(work).regime
    pending = work.row(_PENDING.where(col(Case.id) == case_id))
    due = _due(pending, regime, work.now) if pending else None
    if case is None or due is None:
        return False
    if due is Due.ENROL:
        return enrol(work, case, SERVICE)
    if due is Due.REMIND:
        _remind(work, case, regime, public_url)
    else:
        raise_alert(work, case, "not_enrolled")
    work.run(update(Case).where(col(Case.id) == case.id), reminded_at=work.now)
    work.audit(SERVICE, "case.reminded", case.id)
    return True


def _due(case: Row[Any], regime: Regime, now: datetime) -> Due | None:
    """What is due for a row of `Case` that is pending."""
    if case.ends_at is not None and case.ends_at <= now:
        return None
    if case.means != "link":
        return Due.ENROL
    if case.enrol_by is None:
        return None
    moments = (*(case.enrol_by - before for before in BEFORE), case.enrol_by)
    reached = [moment for moment in moments if moment <= now]
    if not reached or (case.reminded_at is not None and case.reminded_at >= reached[-1]):
        return None
    if reached[-1] == case.enrol_by:
        return Due.ASK_A_PERSON
    return None if is_quiet(regime, now) else Due.REMIND


def enrol(work: Work, case: WatchedCase, by: str) -> bool:
    """From now on the patient can be asked; False where they could before."""
    mine = update(Case).where(col(Case.id) == case.id, col(Case.enrolled_at).is_(None), col(Case.closed_at).is_(None))
    if not work.run(mine, enrolled_at=work.now):
        return False
    work.audit(by, "case.enrolled", case.id, {"means": case.means})
    return True


def _remind(work: Work, case: WatchedCase, regime: Regime, public_url: str) -> None:
    phone = telephone_of(work, case)
    if phone is None or case.enrol_by is None:
        return
    fields: dict[str, str | int | datetime] = {"link": page_address(work, case, public_url), "until": case.enrol_by}
    not_after = min(case.enrol_by, next_quiet(regime, work.now)[0])
    send(work, phone, "enrol_reminder", phone.language or regime.default_language, fields, not_after=not_after)
