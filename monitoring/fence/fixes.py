"""A fix as a telephone reports it, and whether it is evidence at all."""

import math
from dataclasses import dataclass
from numbers import Real
from typing import Final

from monitoring.fence.parameters import Parameters

_FAR_AHEAD_S: Final = 4102444800.0
"""The year 2100: what is past it is no moment in seconds."""
_NOWHERE: Final = 1e-6
"""Degrees from (0, 0), where telephones are that don't know where they are."""
_NOT_MOCKED: Final = (False, 0)


@dataclass(frozen=True, slots=True)
class Fix:
    """One position: Unix seconds, degrees, the reported radius in metres. Judged, then dropped."""

    t: float
    lat: float
    lon: float
    radius_m: float
    gps: bool


@dataclass(frozen=True, slots=True)
class NoFix:
    """Why what was reported is no evidence."""

    why: str
    """``rubbish``, ``mock``, ``old``, ``ahead``, ``cell`` or ``wide``."""


def read_fix(
    given: Parameters,
    t: object,
    lat: object,
    lon: object,
    accuracy: object,
    provider: object,
    mock: object,
    server_now: object,
) -> Fix | NoFix:
    """What somebody's telephone says, whatever it is. Never raises."""
    if mock is not None and not _is_one_of(mock, _NOT_MOCKED):
        return NoFix("mock")
    moment, north, east, radius = number(t), number(lat), number(lon), number(accuracy)
    if moment is None or north is None or east is None or radius is None:
        return NoFix("rubbish")
    if not (0.0 <= moment < _FAR_AHEAD_S and radius > 0.0 and _is_somewhere(north, east)):
        return NoFix("rubbish")
    if server_now is not None and (late := _late(given, moment, server_now)):
        return late
    if _is_one_of(provider, ("cell",)):
        return NoFix("cell")
    if radius > given.most_radius_m:
        return NoFix("wide")
    return Fix(moment, north, east, radius, _is_one_of(provider, ("gps",)))


def number(said: object) -> float | None:
    """A finite number, of whatever kind; None for anything else, words and truths too."""
    if type(said) is not float:
        if isinstance(said, bool) or not isinstance(said, Real):
            return None
        try:
            said = float(said)
        except (ArithmeticError, TypeError, ValueError):
            return None
    return said if math.isfinite(said) else None


def _is_somewhere(lat: float, lon: float) -> bool:
    there = abs(lat) <= 90.0 and abs(lon) <= 180.0
    return there and not (abs(lat) < _NOWHERE and abs(lon) < _NOWHERE)


def _late(given: Parameters, moment: float, server_now: object) -> NoFix | None:
    now = number(server_now)
    if now is None:
        return NoFix("rubbish")
    if moment < now - given.oldest_s:
        return NoFix("old")
    return NoFix("ahead") if moment > now + given.ahead_s else None


def _is_one_of(said: object, words: tuple[object, ...]) -> bool:
    """Whether it is one of these words or numbers; what can't even be compared is none."""
    try:
        return any(bool(said == word) for word in words)
    except Exception:  # whatever a stranger's object does when it is compared
        return False
