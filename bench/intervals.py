"""How far off a measured share or rate may be: 95 % intervals."""

import math
from typing import NamedTuple

_Z = 1.959964


class Between(NamedTuple):
    """What was measured, and between what the truth lies in 95 of 100 such measurements."""

    value: float
    low: float
    high: float


def share(many: int, of: int) -> Between:
    """Wilson's interval of a share."""
    p, square = many / of, _Z * _Z
    middle = (p + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * math.sqrt(p * (1 - p) / of + square / (4 * of * of))
    return Between(p, max(0.0, middle - half) if many else 0.0, min(1.0, middle + half))


def rate(many: int, of: float) -> Between:
    """Byar's interval of so many events in so much time."""
    low = many * (1 - 1 / (9 * many) - _Z / (3 * math.sqrt(many))) ** 3 if many else 0.0
    more = many + 1
    return Between(many / of, low / of, more * (1 - 1 / (9 * more) + _Z / (3 * math.sqrt(more))) ** 3 / of)
