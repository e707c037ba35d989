"""`make prove`: the long proofs, with progress; figures go to bench/results/prove.json.

Environment: CASE names one proof, DB one database, SCALE multiplies how often each thing is tried. The whole (1) takes
about two hours on two cores; the file tells how often each was really tried.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any, Final

from bench.databases import KINDS, databases
from bench.prove_kills import kills, kills_at_home
from bench.prove_patients import patient_days
from bench.prove_races import Outcome, grabs, limit_of_two, one_message, tampering
from bench.prove_selfies import hostile_selfies
from bench.prove_tokens import mutations

RESULTS = Path(__file__).parent / "results" / "prove.json"
Proof = Callable[[str, Path, int, Callable[[int], None]], Outcome]
PROOFS: Final[Mapping[str, tuple[int, Proof]]] = MappingProxyType(
    {
        "one-message": (1000, lambda url, folder, times, _: one_message(url, folder, times)),
        "limit-of-two": (5000, lambda url, folder, times, _: limit_of_two(url, folder, times)),
        "grabs": (1_000_000, grabs),
        "tampering": (10_000, tampering),
        "tokens": (10_000_000, mutations),
        "patient-days": (100_000, lambda _url, folder, times, tell: patient_days(folder, times, tell)),
        "selfies": (50_000, hostile_selfies),
        "kills": (500, lambda url, folder, times, tell: kills(url, folder, times, Random(2590), tell)),
        "kills-at-home": (200, lambda url, folder, times, tell: kills_at_home(url, folder, times, Random(2590), tell)),
    }
)
"""By name: how often on each database, and the proof."""
ONCE: Final = frozenset({"tokens", "selfies", "patient-days"})
"""Those in which the kind of database has no part: on the first kind alone."""
_TELL_EVERY_S = 5


class Progress:
    """Says how far a proof is, now and then."""

    def __init__(self, name: str, wanted: int) -> None:
        self._name, self._wanted, self._told = name, wanted, time.monotonic()

    def __call__(self, done: int) -> None:
        """Called as often as one likes."""
        if time.monotonic() - self._told > _TELL_EVERY_S:
            self._told = time.monotonic()
            print(f"  {self._name}: {done} of {self._wanted}", flush=True)


def prove(kind: str, name: str, scale: float) -> dict[str, Any]:
    """One proof on one kind of database, as figures."""
    often, proof = PROOFS[name]
    wanted = max(1, round(often * scale))
    folder = Path(tempfile.mkdtemp(prefix="passline-prove-"))
    began = time.monotonic()
    try:
        with databases(kind, folder) as places:
            outcome = proof(places.fresh("prove"), folder, wanted, Progress(f"{kind} {name}", wanted))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    seconds = round(time.monotonic() - began, 1)
    print(f"{kind} {name}: {outcome.tried} in {seconds} s, {len(outcome.wrong)} wrong", *outcome.wrong[:5], sep="\n  ")
    told = {"tried": outcome.tried, "wanted": often, "wrong": outcome.wrong, "sorry": outcome.sorry, "seconds": seconds}
    return {**told, **outcome.found}


def main() -> int:
    """Runs what is asked for; 1 where anything was wrong."""
    scale = float(os.environ.get("SCALE") or 1)
    names = [os.environ["CASE"]] if os.environ.get("CASE") else list(PROOFS)
    kinds = [os.environ["DB"]] if os.environ.get("DB") else list(KINDS)
    figures: dict[str, Any] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    right = True
    for kind in kinds:
        for name in names if kind == kinds[0] else [name for name in names if name not in ONCE]:
            found = figures.setdefault(kind, {})[name] = prove(kind, name, scale)
            right = right and not found["wrong"]
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
