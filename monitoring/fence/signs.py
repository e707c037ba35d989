"""What a telephone reports that none does by itself. A sign leads to a challenge, never to a reproach."""

from dataclasses import replace
from typing import Final, Literal

from monitoring.fence.deciding import is_jump
from monitoring.fence.fixes import Fix
from monitoring.fence.state import State

Sign = Literal["still", "teleport", "far"] | None
"""The same coordinates for hours; faster than any aeroplane; another country."""
STILL_S: Final = 6 * 3600.0
STILL_GPS_S: Final = 3600.0
"""Satellites never give the same place twice; access points may, for long."""
_AEROPLANE_M_S: Final = 300.0
FAR_M: Final = 300_000.0
_MOST: Final = 2
"""Telephones do make one such mistake; two within a day are a sign."""
_DAY_S: Final = 86400.0


def sign_of(state: State, before: Fix | None, fix: Fix, distance_m: float) -> tuple[State, Sign]:
    """What is strange about a fix after the one `before` it; a sign once told begins anew."""
    state = _still(state, before, fix)
    long_s = STILL_GPS_S if fix.gps else STILL_S
    if state.still_since is not None and fix.t - state.still_since >= long_s:
        return replace(state, still_since=fix.t), "still"
    strange = _strange(before, fix, distance_m)
    if strange is None:
        return state, None
    recent = state.strange_at is not None and fix.t - state.strange_at < _DAY_S
    many = state.strange + 1 if recent else 1
    if many >= _MOST:
        return replace(state, strange=0, strange_at=None), strange
    return replace(state, strange=many, strange_at=fix.t), None


def _still(state: State, before: Fix | None, fix: Fix) -> State:
    if before is None or (before.lat, before.lon, before.gps) != (fix.lat, fix.lon, fix.gps):
        return state if state.still_since is None else replace(state, still_since=None)
    return state if state.still_since is not None else replace(state, still_since=before.t)


def _strange(before: Fix | None, fix: Fix, distance_m: float) -> Sign:
    if distance_m > FAR_M:
        return "far"
    if before is not None and is_jump(_AEROPLANE_M_S, before, fix):
        return "teleport"
    return None
