"""The process that draws: bounds on itself, a list in, a list out."""

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

_PROCESSOR_S = 60
_MEMORY = 2 * 1024**3
"""Of addresses; what is really used is a tenth."""


def bound_itself() -> None:
    """More processor time or memory than any plot needs ends this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_S, _PROCESSOR_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def work_off(draw: Callable[[Any], str]) -> None:
    """Draws each request of the list on stdin; null where one can't be drawn."""
    bound_itself()
    json.dump([_drawn(draw, one) for one in json.load(sys.stdin)], sys.stdout)


def _drawn(draw: Callable[[Any], str], request: Any) -> str | None:
    try:
        return draw(request)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        print(type(error).__name__, file=sys.stderr)
        return None
