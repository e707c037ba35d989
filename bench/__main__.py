"""`make bench`: everything, or what CASE and DB name."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.cases import CASES, Case
from bench.databases import KINDS, databases
from bench.measuring import Figures, Ground, Plan, measure
from bench.reporting import document, table, write
from bench.serving import FLOOR, SERVICE, Server
from bench.town import Town

_VAR = Path(__file__).parents[1] / "var-bench"


def main() -> None:
    """Measures, prints, writes."""
    began = time.monotonic()
    plan = Plan(int(os.environ.get("ROUNDS", Plan.rounds)), int(os.environ.get("SECONDS", Plan.seconds)))
    cases: dict[str, dict[str, Figures]] = {}
    others: dict[str, dict[str, Any]] = {}
    for kind in chosen(os.environ.get("DB", ""), KINDS):
        names = chosen(os.environ.get("CASE", ""), [case.name for case in CASES])
        cases[kind] = measure_cases(kind, [case for case in CASES if case.name in names], plan)
        write(document(cases, others))
    print(table(cases))
    print(f"{time.monotonic() - began:.0f} s")


def chosen(name: str, known: Sequence[str]) -> Sequence[str]:
    """All that are known, or the one that is named; another name ends the program with words."""
    if name and name not in known:
        sys.exit(f"There is no {name!r}: there are {', '.join(known)}")
    return [name] if name else known


def measure_cases(kind: str, cases: Sequence[Case], plan: Plan) -> dict[str, Figures]:
    """Every case on one kind of database."""
    found = {}
    with ground(kind) as here:
        for case in cases:
            found[case.name] = one = measure(case, here, plan)
            ratio = f"{one.ratio_to_floor:.2f} of the floor's {one.floor_rps:.0f}"
            print(f"{kind} {case.name}: {one.rps:.0f} texts/s, {ratio}", flush=True)
    return found


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on a real disk, gone afterwards."""
    _VAR.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_VAR, ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def ground(kind: str) -> Iterator[Ground]:
    """Service and floor on new databases."""
    with ExitStack() as stack:
        folder = stack.enter_context(scratch())
        place = stack.enter_context(databases(kind, folder))
        town = Town(place.fresh("passline"), folder)
        stack.callback(town.close)
        floor_url = place.floor()
        service = stack.enter_context(Server(SERVICE, town.url, folder))
        floor = stack.enter_context(Server(FLOOR, floor_url, folder))
        yield Ground(place, town, service, floor, floor_url, folder)


if __name__ == "__main__":
    main()
