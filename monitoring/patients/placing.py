"""Where a patient has to be changes: home is elsewhere, another place counts for a while, or does not any more.

They are told, and nothing that was allowed ends before they know of it and could come home.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from codes.regime import Regime
from monitoring.cases.changing import move_home, note_change
from monitoring.cases.fences import HOME, allow_elsewhere, end_elsewhere, fences_of, set_home
from monitoring.cases.watched import WatchedCase
from monitoring.outlines import Outline
from monitoring.patients.telling import tell
from monitoring.quiet import after_quiet
from store import Work

TO_COME_HOME: Final = timedelta(hours=2)
"""So long what ends at once counts still, from when the patient is told."""


@dataclass(frozen=True, slots=True)
class Place:
    """An area to be at; weak: no footprint is known."""

    outline: Outline
    weak: bool


def move_patients_home(
    work: Work, regime: Regime, case: WatchedCase, place: Place, address: str, reason: str, by: str
) -> None:
    """Home is here from now on, at this address. The one before counts beside it until its patient could know."""
    before = next((one for one in fences_of(work, case) if one.role == HOME), None)
    set_home(work, case, place.outline, weak=place.weak, by=by)
    case = move_home(work, case, address)
    note_change(work, case, "home", reason, by)
    if before is not None:
        until = _could_come(work, regime)
        allow_elsewhere(work, case, before.outline, (work.now, until), weak=before.weak, by=by)
        tell(work, regime, case, "home_moved", {"until": until})


def allow_patient_elsewhere(
    work: Work, regime: Regime, case: WatchedCase, place: Place, span: tuple[datetime, datetime], reason: str, by: str
) -> None:
    """Another place counts as home as well, from and until."""
    allow_elsewhere(work, case, place.outline, span, weak=place.weak, by=by)
    note_change(work, case, "elsewhere", reason, by)
    tell(work, regime, case, "elsewhere_allowed", {"valid_from": span[0], "valid_until": span[1]})


def end_patient_elsewhere(
    work: Work, regime: Regime, case: WatchedCase, fence_id: str, reason: str, by: str
) -> datetime | None:
    """Ends what was allowed before its time; when it ends. None where there is no such place, or it was over.

    Where its patient may be there by now they have time to hear of it and come home.
    """
    one = next((one for one in fences_of(work, case) if one.id == fence_id and one.role != HOME), None)
    if one is None or one.ends_at is None:
        return None
    until = work.now if one.starts_at > work.now else min(_could_come(work, regime), one.ends_at)
    if until == one.ends_at:
        return until
    end_elsewhere(work, case, fence_id, until, by)
    note_change(work, case, "elsewhere", reason, by, {"ended": True})
    if until == work.now:
        tell(work, regime, case, "elsewhere_off", {})
    else:
        tell(work, regime, case, "elsewhere_ended", {"until": until})
    return until


def _could_come(work: Work, regime: Regime) -> datetime:
    return after_quiet(regime, work.now) + TO_COME_HOME
