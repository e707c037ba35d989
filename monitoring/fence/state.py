"""What is remembered of one telephone between two fixes: numbers and moments, never a position."""

import json
import math
from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class State:
    """Moments are Unix seconds, as the telephone said; None: there is none."""

    score: float = 0.0
    """How much speaks for being away; see `monitoring.fence.deciding`."""
    at: float | None = None
    """Of the last fix that was evidence."""
    outside: int = 0
    """Fixes outside, some minutes apart, since the score was nought."""
    first: float | None = None
    last: float | None = None
    """Of the fixes outside: the first and the last that was counted."""
    away: bool = False
    inside: int = 0
    """Fixes inside, one after the other, while away."""
    inside_at: float | None = None
    again: int = 0
    """How often in a row what came proved nothing."""
    plain: int = 0
    """Fixes that the rule which explains itself takes for outside, one after the other."""
    plain_first: float | None = None
    plain_last: float | None = None
    still_since: float | None = None
    """Since when the coordinates have been the very same."""
    strange: int = 0
    """Jumps that nobody makes, since the last day began."""
    strange_at: float | None = None


NOTHING_YET: Final = State()
_BEGINNING: Final = tuple((one.name, one.default) for one in fields(State))
_WRITE: Final = json.JSONEncoder(separators=(",", ":")).encode
_COUNTS: Final = ("outside", "inside", "again", "plain", "strange")


def write_state(state: State, version: str) -> str:
    """A state as its column keeps it, with the version of the parameters; what is as at the beginning is left out."""
    told = {name: value for name, beginning in _BEGINNING if (value := getattr(state, name)) != beginning}
    return _WRITE({"v": version, **told})


def read_state(text: str | None) -> State:
    """What a column keeps; what can't be read is a beginning: a telephone is never away because of a broken row."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        return NOTHING_YET
    if not isinstance(said, dict):
        return NOTHING_YET
    known = {name: said[name] for name, _ in _BEGINNING if name in said}
    return State(**known) if all(_fits(name, value) for name, value in known.items()) else NOTHING_YET


def _fits(name: str, value: object) -> bool:
    if name == "away":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if name in _COUNTS:
        return isinstance(value, int)
    return isinstance(value, int | float) and math.isfinite(value)
