"""The decision: does what a telephone reports say that it left?

Never on one fix. Each fix is weighed by how much likelier it is from somewhere else than from home, errors of both
kinds of positioning considered; the weights add up to a score that decays. docs/fence.md has what was measured.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from monitoring.fence.fixes import Fix, NoFix
from monitoring.fence.outlines import Outline, plane_at
from monitoring.fence.parameters import Parameters
from monitoring.fence.state import State

DEPARTED: Final = "departed"
RETURNED: Final = "returned"
Event = Literal["departed", "returned"] | None
_FIRST_S: Final = 600.0
"""The first fix of all counts as one so long after another."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of a fix. `distance_m` is from the footprint; None where the fix proved nothing."""

    state: State
    event: Event
    next_s: int
    distance_m: float | None = None


def decide(outlines: Sequence[Outline], given: Parameters, state: State, before: Fix | None, fix: Fix) -> Decision:
    """What a fix says, after `state` and the fix `before` it (None where it is not known any more).

    Any of `outlines` counts as home.
    """
    if state.at is not None and fix.t <= state.at:
        return Decision(state, None, _next_s(given, state, wary=False))
    distance, home = min((one.distance(fix.lat, fix.lon), one.home_m) for one in outlines)
    beyond = max(0.0, distance - given.buffer_m)
    evidence = likelihood(given, beyond, fix.radius_m, fix.gps, home)
    gap = _FIRST_S if state.at is None else fix.t - state.at
    score = state.score * 0.5 ** (gap / given.half_life_s) + evidence * _weight(given, gap, before, fix)
    score = min(max(score, 0.0), given.most_score)
    outside = evidence > 0.0 and beyond > 0.0
    known = replace(state, score=score, at=fix.t, again=0)
    known = _streak(given, _plain(given, known, distance, fix), outside)
    if state.away:
        return _maybe_back(given, known, outside, beyond, distance)
    if outside and _is_enough(given, known):
        gone = replace(known, away=True, inside=0, inside_at=None)
        return Decision(gone, DEPARTED, given.soon_s, distance)
    return Decision(known, None, _next_s(given, known, wary=beyond > 0.0), distance)


def nothing_proved(given: Parameters, state: State, why: NoFix) -> Decision:
    """What to do with what is no evidence: it is asked for again soon, a few times."""
    if why.why == "old":  # of a batch that waited: the newer ones say more
        return Decision(state, None, _next_s(given, state, wary=False))
    asked = replace(state, again=min(state.again + 1, given.most_again))
    next_s = _next_s(given, state, wary=False)
    again_s = given.again_s if next_s == given.usual_s else given.again_wary_s
    return Decision(asked, None, min(again_s, next_s) if state.again < given.most_again else next_s)


def likelihood(given: Parameters, beyond_m: float, radius_m: float, gps: bool, home_m: float) -> float:
    """The logarithm of how much likelier a fix is from elsewhere than from home; clipped."""
    factor, wrong = (given.gps_factor, given.gps_wrong) if gps else (given.wifi_factor, given.wifi_wrong)
    home = min(home_m, given.most_home_m)
    square = (factor * radius_m) ** 2 + given.least_error_m**2
    far = beyond_m * beyond_m
    core = (1.0 + far / (3.0 * square)) ** -2.5 / (square + home * home)
    broad = 1.0 / (6.0 * (far + square + given.broad_m**2))
    said = math.log(broad / ((1.0 - wrong) * core + wrong * broad))
    return min(max(said, given.least_evidence), given.most_evidence)


def metres_between(one: Fix, other: Fix) -> float:
    """How far apart two fixes are, by the plane at the first: right where they are near, large where they are not."""
    return math.hypot(*plane_at(one.lat, one.lon).place(other.lat, other.lon))


def is_jump(speed_m_s: float, before: Fix, fix: Fix) -> bool:
    """Whether nobody moves so fast, both radii considered."""
    room = before.radius_m + fix.radius_m + speed_m_s * max(0.0, fix.t - before.t)
    return metres_between(before, fix) > room


def _weight(given: Parameters, gap_s: float, before: Fix | None, fix: Fix) -> float:
    weight = 1.0 - math.exp(-gap_s / given.fresh_s)
    if before is None:
        return weight
    if (before.lat, before.lon) == (fix.lat, fix.lon):
        return weight * given.repeated
    return weight * given.jumped if is_jump(given.jump_m_s, before, fix) else weight


def _plain(given: Parameters, state: State, distance: float, fix: Fix) -> State:
    """Goes on with the rule that explains itself: radius, distance, count and span."""
    if fix.radius_m > given.plain_radius_m:
        return state
    if distance <= given.plain_distance_m + fix.radius_m / 2:
        return replace(state, plain=0, plain_first=None, plain_last=None) if state.plain else state
    if state.plain_first is None or state.plain_last is None or fix.t - state.plain_last > given.streak_s:
        return replace(state, plain=1, plain_first=fix.t, plain_last=fix.t)
    if fix.t - state.plain_last < given.apart_s:
        return state
    return replace(state, plain=state.plain + 1, plain_last=fix.t)


def is_plain(given: Parameters, state: State) -> bool:
    """Whether the rule that explains itself says so too."""
    if state.plain_first is None or state.plain_last is None:
        return False
    return state.plain >= given.least_fixes and state.plain_last - state.plain_first >= given.span_s


def _streak(given: Parameters, state: State, outside: bool) -> State:
    """Counts the fixes outside; nothing that speaks for being away ends them."""
    if state.score <= 0.0:
        return replace(state, outside=0, first=None, last=None)
    if not outside:
        return state
    if state.first is None or state.last is None or state.at is None or state.at - state.last > given.streak_s:
        return replace(state, outside=1, first=state.at, last=state.at)
    if state.at - state.last < given.apart_s:
        return state
    return replace(state, outside=state.outside + 1, last=state.at)


def _is_enough(given: Parameters, state: State) -> bool:
    if state.first is None or state.at is None or state.score < given.alarm_at:
        return False
    return state.outside >= given.least_fixes and state.at - state.first >= given.span_s


def _maybe_back(given: Parameters, state: State, outside: bool, beyond: float, distance: float) -> Decision:
    """Away until enough fixes in a row lie within the fence and what is allowed around it."""
    if beyond > 0.0:
        inside = state if not outside else replace(state, inside=0, inside_at=None)
        return Decision(inside, None, given.soon_s, distance)
    if state.inside and state.inside_at is not None and state.at is not None:
        if state.at - state.inside_at < given.back_apart_s:
            return Decision(state, None, given.soon_s, distance)
        if state.inside + 1 >= given.back_fixes:
            return Decision(State(at=state.at), RETURNED, given.usual_s, distance)
    return Decision(replace(state, inside=state.inside + 1, inside_at=state.at), None, given.soon_s, distance)


def _next_s(given: Parameters, state: State, *, wary: bool) -> int:
    return given.soon_s if wary or state.away or state.score >= given.wary_at else given.usual_s
