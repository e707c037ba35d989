"""The position that comes with an answer: judged at once against the fence, then dropped. A kind and bands remain."""

from collections.abc import Mapping
from typing import Any, Final

from monitoring.answers.handing_in import Position
from monitoring.departures.knowing import Reporting
from monitoring.departures.reports import Reported
from monitoring.departures.taking import take_fixes
from monitoring.fence.bands import distance_band, radius_band
from monitoring.fence.deciding import likelihood
from monitoring.fence.fixes import Fix, NoFix, number, read_fix
from monitoring.fence.parameters import PAGE_ANSWERS, STREAM
from store import Work
from store.last_fixes import LastFixes

MISSING: Final = ("denied", "unavailable", "timeout")
"""Why a browser gave no position: three reasons of no contact, none of them a reproach."""
_STREAMING_S: Final = 1800.0
"""Of whom a fix was judged so lately, more come than those of answers."""


def read_position(work: Work, device: Reporting, said: Mapping[str, Any]) -> Position:
    """What comes of a position as a browser says it: ``lat``, ``lon``, ``accuracy``, ``age`` in seconds; or a ``kind``.

    Whoever is on an allowed way is not outside, wherever they are. Nothing that is said is believed to be a number.
    """
    kind = said.get("kind")
    if kind in MISSING:
        return Position(str(kind))
    now, age = work.now.timestamp(), number(said.get("age"))
    t = now - max(age, 0.0) if age is not None else None
    fix = read_fix(STREAM, t, said.get("lat"), said.get("lon"), said.get("accuracy"), "unknown", None, now)
    if isinstance(fix, NoFix):
        return Position("unclear", None, _wide(said)) if fix.why == "wide" else Position("unavailable")
    return _judged(device, fix)


def weigh_position(work: Work, device: Reporting, said: Mapping[str, Any], last_fixes: LastFixes) -> None:
    """Lets the fence's decision weigh the same position, as one fix of this browser."""
    age = number(said.get("age"))
    if age is None or said.get("kind") in MISSING:
        return
    t = work.now.timestamp() - max(age, 0.0)
    fix = Reported(t, said.get("lat"), said.get("lon"), said.get("accuracy"))
    at = device.grounds.state.at
    given = STREAM if at is not None and t - at < _STREAMING_S else PAGE_ANSWERS
    take_fixes(work, device.case, device.device_id, [fix], last_fixes, given, device.grounds)


def _judged(device: Reporting, fix: Fix) -> Position:
    outlines = device.grounds.outlines
    if not outlines:
        return Position("unclear", None, radius_band(fix.radius_m))
    distance, home = min((one.distance(fix.lat, fix.lon), one.home_m) for one in outlines)
    return Position(_kind(device, fix, distance, home), distance_band(distance), radius_band(fix.radius_m))


def _kind(device: Reporting, fix: Fix, distance: float, home: float) -> str:
    """Inside: it speaks for home as much as for elsewhere. Outside: by the rule that explains itself. Else unclear."""
    beyond = max(0.0, distance - STREAM.buffer_m)
    if likelihood(STREAM, beyond, fix.radius_m, fix.gps, home) <= 0.0:
        return "inside"
    sure = fix.radius_m <= STREAM.plain_radius_m and distance > STREAM.plain_distance_m + fix.radius_m / 2
    return "outside" if sure and not device.grounds.away_allowed else "unclear"


def _wide(said: Mapping[str, Any]) -> str:
    return radius_band(number(said.get("accuracy")) or 0.0)
