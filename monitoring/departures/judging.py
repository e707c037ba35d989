"""What a report says, before anything is written: the decision over some fixes, in the order of their times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitoring.cases.watched import Watched
from monitoring.departures.knowing import Grounds
from monitoring.departures.reports import Reported
from monitoring.fence.deciding import Decision, decide, nothing_proved
from monitoring.fence.fixes import Fix, NoFix, number, read_fix
from monitoring.fence.parameters import UNDERWAY, Parameters
from monitoring.fence.signs import Sign, sign_of
from monitoring.fence.state import State

MOST_AT_ONCE: Final = 100
"""Fixes of one report."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A fix of which more comes than another state: an event of its decision, a sign, or both."""

    fix: Fix
    decision: Decision
    sign: Sign


@dataclass(slots=True)
class Judged:
    """A report, as far as it was judged."""

    given: Parameters
    state: State
    before: Fix | None
    """The last fix that proved anything."""
    next_s: int
    counted: int
    happened: list[Happened]

    def take(self, grounds: Grounds, one: Reported, now_s: float) -> None:
        """Goes on with one more position, received at `now_s`."""
        fix = read_fix(self.given, one.t, one.lat, one.lon, one.accuracy, one.provider, one.mock, now_s)
        if isinstance(fix, NoFix):
            decision = nothing_proved(self.given, self.state, fix)
        else:
            decision = decide(grounds.outlines, self.given, self.state, self.before, fix)
        self.state, self.next_s = decision.state, decision.next_s
        if isinstance(fix, Fix) and decision.distance_m is not None:
            self.state, sign = sign_of(decision.state, self.before, fix, decision.distance_m)
            self.counted += 1
            self.before = fix
            if decision.event is not None or sign is not None:
                self.happened.append(Happened(fix, decision, sign))


def is_judged(case: Watched, grounds: Grounds, now: datetime) -> bool:
    """Whether fixes mean anything now. If not, nothing of them is kept."""
    return case.is_watched(now) and bool(grounds.outlines)


def judge(grounds: Grounds, before: Fix | None, fixes: Sequence[Reported], given: Parameters, now: datetime) -> Judged:
    """Judges what one device reports after the fix `before`. What was sent before proves nothing again."""
    given = UNDERWAY if grounds.away_allowed else given
    judged = Judged(given, grounds.state, before, given.usual_s, 0, [])
    for one in sorted(fixes[:MOST_AT_ONCE], key=lambda one: number(one.t) or 0.0):
        judged.take(grounds, one, now.timestamp())
    return judged
