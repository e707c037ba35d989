"""Closing a case: everything that was asked of the patient stops, and passes can be had again."""

from dataclasses import replace
from typing import Final

from sqlalchemy import update
from sqlmodel import col

from monitoring.cases.watched import WatchedCase
from store import Work
from store.case_details import seal_details
from store.cases import Case
from store.checks import OPEN_CHECKS, PresenceCheck
from store.patients import Device, PatientLink

ENDED: Final = "ended"


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
