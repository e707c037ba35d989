"""A patient's page reports where it is while it is open, or why it can't say; by the same decision as an app.

A browser that is closed or behind another page reports nothing, so that its silence says nothing. Positions are asked
for only while they mean something; those that come at another time are not looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, update
from sqlmodel import col

from monitoring.cases.watched import Watched
from monitoring.departures.knowing import Grounds, reporting_device
from monitoring.departures.reports import Reported
from monitoring.departures.taking import take_fixes
from monitoring.fence.parameters import STREAM
from monitoring.home.links import patient_actor
from store import Work
from store.last_fixes import LastFixes
from store.patients import Device
from store.tokens import token_hash


@dataclass(frozen=True, slots=True)
class Heard:
    """What a page is answered: in how many seconds to report again, how many fixes proved anything, whether any are
    wanted now."""

    next_s: int
    counted: int = 0
    wanted: bool = True


def report(
    work: Work, token: str, fixes: Sequence[Reported], no_position: str | None, last_fixes: LastFixes
) -> Heard | None:
    """Takes what the browser with this token reports; sent again it changes nothing.

    None: the browser is not known, or its case is over. `no_position` is one of `store.patients.NO_POSITION`, or None
    where nothing stood in the way.
    """
    device = reporting_device(work, token_hash(token))
    if device is None or device.case.closed_at is not None:
        return None
    if not wants_fixes(work, device.case, device.grounds):
        return Heard(STREAM.usual_s, wanted=False)
    if no_position is not None:
        _note_none(work, device.case, device.device_id, no_position)
    elif fixes:
        _note_some(work, device.case, device.device_id)
    taken = take_fixes(work, device.case, device.device_id, fixes, last_fixes, grounds=device.grounds)
    return Heard(taken.next_s, taken.counted)


def wants_fixes(work: Work, case: Watched, grounds: Grounds | None = None) -> bool:
    """Whether a position of this patient means anything now: asked by links, watched, with a place that is home."""
    return case.means == "link" and case.is_watched(work.now) and (grounds is None or bool(grounds.outlines))


def _note_none(work: Work, case: Watched, device_id: str, why: str) -> None:
    """Kept, and in the audit, when it changes; a page that tries again and again says nothing new."""
    other = or_(col(Device.no_position).is_(None), col(Device.no_position) != why)
    mine = update(Device).where(col(Device.id) == device_id, other)
    if work.run(mine, no_position=why, no_position_at=work.now):
        work.audit(patient_actor(case.id), "device.no_position", device_id, {"case": case.id, "why": why})


def _note_some(work: Work, case: Watched, device_id: str) -> None:
    mine = update(Device).where(col(Device.id) == device_id, col(Device.no_position).is_not(None))
    if work.run(mine, no_position=None, no_position_at=None):
        work.audit(patient_actor(case.id), "device.position_again", device_id, {"case": case.id})
