"""Fixes come in, from the patient's page or an app: judged in the order of their times, then dropped."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitoring.cases.watched import Watched
from monitoring.departures.judging import Happened, Judged, is_judged, judge
from monitoring.departures.knowing import (
    Grounds,
    Reporting,
    grounds_of,
    keep_if_same,
    keep_state,
    reporting_device,
)
from monitoring.departures.noticing import notice_departure, notice_return, notice_sign
from monitoring.departures.reports import Reported, recall, remember
from monitoring.fence.deciding import DEPARTED, RETURNED
from monitoring.fence.fixes import Fix
from monitoring.fence.parameters import STREAM, Parameters
from store import Store, Work
from store.last_fixes import LastFixes


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a report: when the next is wanted, how many fixes proved anything, and what was noticed."""

    next_s: int
    counted: int = 0
    event: str | None = None
    """``departed``, ``returned`` or None."""


def take_report(store: Store, device: Reporting, fixes: Sequence[Reported], last_fixes: LastFixes) -> Taken | None:
    """Takes what an app reports, glanced at as `glanced_device` does; None: it has no such token any more.

    Most reports change a state and nothing else, so that they are judged while nobody waits for them, and written
    if nothing else was meanwhile. All others are judged again, alone with the device.
    """
    now = store.clock()
    if is_judged(device.case, device.grounds, now):
        first = recall(last_fixes, device.case, device.device_id)
        judged = judge(device.grounds, first, fixes, STREAM, now)
        if not judged.happened and keep_if_same(store, device, judged.state, judged.next_s):
            _remember(last_fixes, device.case, device.device_id, first, judged)
            return _taken(judged)
    with store.work() as work:
        held = reporting_device(work, device.token_hash)
        return take_fixes(work, held.case, held.device_id, fixes, last_fixes, STREAM, held.grounds) if held else None


def take_fixes(
    work: Work,
    case: Watched,
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
    if not is_judged(case, grounds, work.now):
        return Taken(given.usual_s)
    first = recall(last_fixes, case, device_id)
    judged = judge(grounds, first, fixes, given, work.now)
    for one in judged.happened:
        _notice(work, case, device_id, one, judged.given)
    keep_state(work, case, device_id, grounds, judged.state, judged.next_s)
    _remember(last_fixes, case, device_id, first, judged)
    return _taken(judged)


def _notice(work: Work, case: Watched, device_id: str, one: Happened, given: Parameters) -> None:
    if one.decision.event == DEPARTED:
        notice_departure(work, case, device_id, one.decision, one.fix, given)
    elif one.decision.event == RETURNED:
        notice_return(work, case, device_id, one.fix)
    if one.sign is not None:
        notice_sign(work, case, device_id, one.sign)


def _remember(last_fixes: LastFixes, case: Watched, device_id: str, first: Fix | None, judged: Judged) -> None:
    if judged.before is not None and judged.before is not first:
        remember(last_fixes, case, device_id, judged.before)


def _taken(judged: Judged) -> Taken:
    events = [one.decision.event for one in judged.happened if one.decision.event]
    return Taken(judged.next_s, judged.counted, events[-1] if events else None)
