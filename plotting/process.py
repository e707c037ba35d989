"""Starts what draws and reads, gives it little time and room, and takes nothing but what was agreed."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CHARTS, MAPS, LAYERS, PLACES = "plotting", "plotting.maps", "plotting.layers", "plotting.places"
FILES, WITHIN = "plotting.case_files", "plotting.within"
TIMEOUT_S = 60.0
_ROOT = Path(__file__).parents[1]
_ENVIRONMENT = {"PATH": os.defpath, "PYTHONUTF8": "1", "MPLBACKEND": "svg"}
_MOST_SVG = 400_000


class PlottingFailed(Exception):
    """The process took too long, died, or said something else than was agreed; the text says which, and no more."""


def ask(module: str, *arguments: str, given: object = None, timeout: float = TIMEOUT_S) -> Any:
    """What `python -m MODULE ARGUMENTS` answers to `given`, both JSON; raises PlottingFailed.

    It runs without our environment: what it needs is in its input.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            input=json.dumps(given).encode(),
            capture_output=True,
            timeout=timeout,
            cwd=_ROOT,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PlottingFailed(f"it took longer than {timeout:g} s") from None
    if done.returncode:
        raise PlottingFailed(f"it ended with {done.returncode}")
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise PlottingFailed("it answered no JSON") from None


def draw(module: str, requests: Sequence[Any], timeout: float = TIMEOUT_S) -> list[str | None]:
    """An SVG for each request, None where it could not be drawn; raises PlottingFailed."""
    answered = ask(module, given=list(requests), timeout=timeout)
    if not isinstance(answered, list) or len(answered) != len(requests):
        raise PlottingFailed("it answered something else than was asked")
    return [one if _is_svg(one) else None for one in answered]


def _is_svg(one: object) -> bool:
    return isinstance(one, str) and one.startswith("<svg ") and one.endswith("</svg>") and len(one) < _MOST_SVG
