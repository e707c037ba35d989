"""Closing a case: everything that was asked of the patient stops, and passes can be had again."""

from dataclasses import replace
from typing import Final

from sqlalchemy import update
from sqlmodel import col

from codes.isolation import same_person
from monitoring.cases.opening import only_one
from monitoring.cases.watched import WatchedCase, cases_of
from store import Work
from store.case_details import seal_details
from store.cases import Case
from store.checks import OPEN_CHECKS, PresenceCheck
from store.patients import Device, PatientLink

ENDED: Final = "ended"


def close_case(work: Work, person_id: str, reason: str, by: str, closing: str = ENDED) -> str:
    """Closes the open case of a person, on whichever telephone; its id. Raises NotPossible where none is open.

    Two are open where they were, and only then one document was named on both telephones.
    """
    cases = cases_of(work, same_person(work, person_id))
    first = only_one(cases)
    for case in cases:
        stop_case(work, case, closing, reason, by)
    return first.id


def stop_case(work: Work, case: WatchedCase, closing: str, reason: str, by: str) -> None:
    """Closes one case for a reason of `store.cases.CLOSINGS`: checks, links and devices end with it."""
    work.lock(work.keys.blind("case", case.id))
    closed = {"closing": closing, "closed_at": work.now, "closed_by": by}
    if case.key:
        sealed = seal_details(case.key, case.id, replace(case.details, closed_reason=reason))
        work.run(update(Case).where(col(Case.id) == case.id), **closed, details_sealed=sealed)
    else:
        work.run(update(Case).where(col(Case.id) == case.id), **closed, closed_reason=reason)
    _stop(work, case)
    work.audit(by, "case.closed", case.id, {"closing": closing})


def _stop(work: Work, case: WatchedCase) -> None:
    waiting = update(PresenceCheck).where(col(PresenceCheck.case_id) == case.id)
    open_ones = waiting.where(col(PresenceCheck.state).in_(OPEN_CHECKS))
    work.run(open_ones, state="excused", outcome="case_closed", settled_at=work.now, due_at=None)
    links = update(PatientLink).where(col(PatientLink.case_id) == case.id, col(PatientLink.ends_at) > work.now)
    work.run(links, ends_at=work.now)
    work.run(update(Device).where(col(Device.case_id) == case.id, col(Device.ended_at).is_(None)), ended_at=work.now)
