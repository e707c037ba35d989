"""Fifty thousand mutated photos of faces, of which none breaks, fills or holds up the process that reads them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

from bench.prove_races import Outcome
from monitoring.selfie.reading import SECONDS
from tests.monitoring.selfie.hostile import tried

_AT_ONCE = 1000
_MOST_MB = 512


def hostile_selfies(_url: str, _folder: Path, times: int, tell: Callable[[int], None]) -> Outcome:
    """So many, a thousand a process, on every core; no database has a part in it."""
    rounds = -(-times // _AT_ONCE)
    wrong: list[str] = []
    with ThreadPoolExecutor(cpu_count()) as hands:
        for seed, found in enumerate(hands.map(_of_seed, range(rounds))):
            wrong += [f"seed {seed}: {one}" for one in found]
            tell((seed + 1) * _AT_ONCE)
    return Outcome(rounds * _AT_ONCE, wrong)


def _of_seed(seed: int) -> list[str]:
    try:
        told = tried(seed, _AT_ONCE)
    except AssertionError as error:
        return [str(error)]
    slow, large = told["longest_s"] >= SECONDS, told["memory_mb"] >= _MOST_MB
    return [f"{told['longest_s']:.1f} s"] * slow + [f"{told['memory_mb']:.0f} MB"] * large
