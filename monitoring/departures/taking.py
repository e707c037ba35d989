"""Fixes come in, from the patient's page or an app: judged in the order of their times, then dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitoring.cases.watched import WatchedCase
from monitoring.departures.knowing import Grounds, grounds_of, keep_state
from monitoring.departures.noticing import notice_departure, notice_return, notice_sign
from monitoring.departures.reports import Reported, recall, remember
from monitoring.fence.deciding import DEPARTED, RETURNED, Decision, decide, nothing_proved
from monitoring.fence.fixes import Fix, NoFix, number, read_fix
from monitoring.fence.parameters import STREAM, UNDERWAY, Parameters
from monitoring.fence.signs import sign_of
from monitoring.fence.state import State
from store import Work
from store.last_fixes import LastFixes

MOST_AT_ONCE: Final = 100
"""Fixes of one report."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a report: when the next is wanted, how many fixes proved anything, and what was noticed."""

    next_s: int
    counted: int = 0
    event: str | None = None
    """``departed``, ``returned`` or None."""


@dataclass(slots=True)
class _Going:
    """A report on its way through the decision."""

    state: State
    before: Fix | None
    next_s: int
    counted: int = 0
    event: str | None = None


def take_fixes(
    work: Work,
    case: WatchedCase,
    device_id: str,
    fixes: Sequence[Reported],
    last_fixes: LastFixes,
    given: Parameters = STREAM,
    grounds: Grounds | None = None,
) -> Taken:
    """Judges what one device reports. Sent again it changes nothing; of what is not watched now nothing is kept.

    Who calls holds the device, as `reporting_device` does, which brings the `grounds` along. `given` is PAGE_ANSWERS
    where fixes come with the answers to checks alone.
    """
    grounds = grounds or grounds_of(work, case, device_id)
    if not case.is_watched(work.now) or not grounds.outlines:
        return Taken(given.usual_s)
    given = UNDERWAY if grounds.away_allowed else given
    going = _Going(grounds.state, recall(last_fixes, case, device_id), given.usual_s)
    first = going.before
    for one in sorted(fixes[:MOST_AT_ONCE], key=lambda one: number(one.t) or 0.0):
        _take(work, case, device_id, one, grounds, given, going)
    keep_state(work, case, device_id, grounds, going.state, going.next_s)
    if going.before is not None and going.before is not first:
        remember(last_fixes, case, device_id, going.before)
    return Taken(going.next_s, going.counted, going.event)


def _take(
    work: Work, case: WatchedCase, device_id: str, one: Reported, grounds: Grounds, given: Parameters, going: _Going
) -> None:
    now = work.now.timestamp()
    fix = read_fix(given, one.t, one.lat, one.lon, one.accuracy, one.provider, one.mock, now)
    if isinstance(fix, NoFix):
        decision = nothing_proved(given, going.state, fix)
    else:
        decision = decide(grounds.outlines, given, going.state, going.before, fix)
    going.state, going.next_s = decision.state, decision.next_s
    if isinstance(fix, Fix) and decision.distance_m is not None:
        going.counted += 1
        _notice(work, case, device_id, decision, fix, given, going)
        going.before = fix


def _notice(
    work: Work, case: WatchedCase, device_id: str, decision: Decision, fix: Fix, given: Parameters, going: _Going
) -> None:
    assert decision.distance_m is not None
    going.event = decision.event or going.event
    if decision.event == DEPARTED:
        notice_departure(work, case, device_id, decision, fix, given)
    elif decision.event == RETURNED:
        notice_return(work, case, device_id, fix)
    going.state, sign = sign_of(decision.state, going.before, fix, decision.distance_m)
    if sign is not None:
        notice_sign(work, case, device_id, sign)
