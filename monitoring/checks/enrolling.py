"""Enrolment: whoever agreed is reminded to open their page, twice; then a person is asked to look. It is no miss."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, exists, or_, update
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import in_force
from monitoring.alerts import raise_alert
from monitoring.cases.watched import WatchedCase, held_case, open_rows, telephone_of
from monitoring.outages import SERVICE
from monitoring.patients.links import page_address
from monitoring.quiet import is_quiet, next_quiet
from store import Store, Work
from store.cases import Case, Consent
from store.outbox import send

BEFORE: Final = (timedelta(hours=12), timedelta(hours=4))
"""So long before the time is up people are reminded: 12 and 20 hours after their case was opened."""
PAGE: Final = 100
_AGREED = exists().where(col(Consent.case_id) == col(Case.id), col(Consent.withdrawn_at).is_(None))
_PENDING = (
    open_rows()
    .where(col(Case.enrolled_at).is_(None), _AGREED, col(Case.id) > bindparam("after"))
    .where(
        or_(col(Case.reminded_at).is_(None), col(Case.enrol_by).is_(None), col(Case.reminded_at) < col(Case.enrol_by))
    )
    .limit(PAGE)
)


def remind_to_enrol(store: Store, public_url: str) -> int:
    """Does what is due for cases that are not enrolled; how many it looked at.

    Who is called or visited has nothing to open: they are enrolled once they agreed.
    """
    seen, after = 0, ""
    while True:
        with store.reading() as work:
            ids = [row.id for row in work.rows(_PENDING, after=after)]
        for case_id in ids:
            with store.work() as work:
                _look_at(work, case_id, public_url)
        seen += len(ids)
        if len(ids) < PAGE:
            return seen
        after = ids[-1]


def _look_at(work: Work, case_id: str, public_url: str) -> None:
    case = held_case(work, case_id)
    if case is None or not case.is_open(work.now) or case.enrolled_at is not None:
        return
    if case.means != "link":
        enrol(work, case, SERVICE)
    elif case.enrol_by is not None and work.now >= case.enrol_by:
        if case.reminded_at is None or case.reminded_at < case.enrol_by:
            raise_alert(work, case, "not_enrolled")
            _note(work, case)
    elif _is_due(work, case):
        _remind(work, case, in_force(work).regime, public_url)


def enrol(work: Work, case: WatchedCase, by: str) -> bool:
    """From now on the patient can be asked; False where they could before."""
    mine = update(Case).where(col(Case.id) == case.id, col(Case.enrolled_at).is_(None), col(Case.closed_at).is_(None))
    if not work.run(mine, enrolled_at=work.now):
        return False
    work.audit(by, "case.enrolled", case.id, {"means": case.means})
    return True


def _is_due(work: Work, case: WatchedCase) -> bool:
    """Whether a moment to remind has passed of which the patient was not reminded since."""
    if case.enrol_by is None:
        return False
    reached = [case.enrol_by - before for before in BEFORE if case.enrol_by - before <= work.now]
    return bool(reached) and (case.reminded_at is None or case.reminded_at < reached[-1])


def _remind(work: Work, case: WatchedCase, regime: Regime, public_url: str) -> None:
    phone = telephone_of(work, case)
    if is_quiet(regime, work.now) or case.enrol_by is None:
        return
    if phone is not None:
        fields: dict[str, str | int | datetime] = {"link": page_address(work, case, public_url), "until": case.enrol_by}
        not_after = min(case.enrol_by, next_quiet(regime, work.now)[0])
        language = phone.language or regime.default_language
        send(work, phone, "enrol_reminder", language, fields, not_after=not_after)
    _note(work, case)


def _note(work: Work, case: WatchedCase) -> None:
    work.run(update(Case).where(col(Case.id) == case.id), reminded_at=work.now)
    work.audit(SERVICE, "case.reminded", case.id)
