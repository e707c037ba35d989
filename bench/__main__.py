"""`make bench`: everything, or what CASE and DB name."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from bench.at_once import AtOnce, calls_at_once, pages_at_once
from bench.calling import press_calls
from bench.cases import CASES
from bench.citizens import press_applications, press_passes
from bench.databases import KINDS, databases
from bench.desk import press_polls, press_screens
from bench.fence_table import as_table, fence_table
from bench.fences import fence_figures
from bench.filling import PEOPLE
from bench.footprint import run_footprint, web_memory
from bench.growth import measure_growth
from bench.machines import press_inspect_floor, press_inspections, press_named_inspections
from bench.measuring import Figures, Ground, Plan, Press, PressFloor, compare, measure, press_case
from bench.officers import press_looks
from bench.overload import PEAK, busy_below_64, offer, warm
from bench.qr import qr_figures
from bench.reporting import document, rounded, table, write
from bench.reports import press_fixes
from bench.schedule import schedule_figures
from bench.selfies import selfie_figures
from bench.serving import FLOOR, SERVICE, Server
from bench.town import VAR, Town

COMPARED: Mapping[str, Press] = {
    **{case.name: partial(press_case, case) for case in CASES},
    "voice": press_calls,
    "screen": press_screens,
    "poll": press_polls,
    "api": press_inspections,
    "api-once": press_named_inspections,
    "fixes": press_fixes,
    "look": press_looks,
    "apply": press_applications,
    "pass": press_passes,
}
"""What is compared with the floor."""
FLOORS: Mapping[str, PressFloor] = dict.fromkeys(("api", "api-once", "fixes", "look"), press_inspect_floor)
"""Those that have a floor of their own."""
AT_ONCE: Mapping[str, Callable[[Ground, int], AtOnce]] = {"calls": calls_at_once, "pages": pages_at_once}
OTHERS = (*AT_ONCE, "offered", "overload", "growth", "run", "qr", "selfie", "fence", "fence-table", "schedule")
Results = dict[str, dict[str, Any]]
_PRESS_S = int(os.environ.get("PRESS", "15"))


def main() -> None:
    """Measures, prints, writes."""
    began = time.monotonic()
    plan = Plan(int(os.environ.get("ROUNDS", Plan.rounds)), int(os.environ.get("SECONDS", Plan.seconds)))
    names = chosen(os.environ.get("CASE", ""), [*COMPARED, *OTHERS])
    cases: dict[str, dict[str, Figures]] = {}
    others: Results = {}
    for kind in chosen(os.environ.get("DB", ""), KINDS):
        cases[kind] = measure_kind(kind, names, plan, others)
        write(document(cases, others))
    if "run" in names:
        with scratch() as folder:
            _tell(others, "run", "all", asdict(run_footprint(folder)))
    if "selfie" in names:
        _tell(others, "selfie", "all", asdict(selfie_figures()))
    if "qr" in names:
        _tell(others, "qr", "all", asdict(qr_figures()))
    if "fence" in names:
        _tell(others, "fence", "all", asdict(fence_figures()))
    if "fence-table" in names:
        lines = fence_table()
        others["fence_table"] = {one.rule: rounded(asdict(one)) for one in lines}
        print(as_table(lines), flush=True)
    if "schedule" in names:
        _tell(others, "schedule", "all", asdict(schedule_figures()))
    write(document(cases, others))
    print(table(cases), f"{time.monotonic() - began:.0f} s in all", sep="\n")


def chosen(name: str, known: Sequence[str]) -> Sequence[str]:
    """All that are known, or the one that is named; another name ends the program with words."""
    if name and name not in known:
        sys.exit(f"There is no {name!r}: there are {', '.join(known)}")
    return [name] if name else known


def measure_kind(kind: str, names: Sequence[str], plan: Plan, others: Results) -> dict[str, Figures]:
    """What is named, on one kind of database; what is no case goes into `others`."""
    found = {}
    if set(names) & set(COMPARED):
        with ground(kind) as here:
            for name in (name for name in COMPARED if name in names):
                found[name] = one = compare(COMPARED[name], here, plan, FLOORS.get(name, Ground.press_floor))
                ratio = f"{one.ratio_to_floor:.2f} of the floor's {one.floor_rps:.0f}"
                print(f"{kind} {name}: {one.rps:.0f}/s, {ratio}", flush=True)
            _tell(others, "memory", kind, asdict(web_memory(here.service)))
    if set(names) & set(AT_ONCE):
        with ground(kind) as here:
            warm(here)
            for name in (name for name in AT_ONCE if name in names):
                _tell(others, name, kind, asdict(AT_ONCE[name](here, _PRESS_S)))
    if set(names) & {"offered", "overload"}:
        with ground(kind) as here:
            _offer(here, names, plan, others)
    if "growth" in names:
        with scratch() as folder:
            grown = measure_growth(kind, plan, folder, int(os.environ.get("PEOPLE", PEOPLE)))
        _tell(others, "growth_rates", kind, asdict(grown))
        others.setdefault("growth", {})[kind] = round(grown.ratio, 3)
    return found


def _offer(here: Ground, names: Sequence[str], plan: Plan, others: Results) -> None:
    kind = here.databases.kind
    warm(here)
    if "offered" in names:
        _tell(others, "offered", kind, asdict(offer(here, PEAK, _PRESS_S)))
    if "overload" in names:
        issue = next(case for case in CASES if case.name == "issue")
        carries = measure(issue, here, Plan(2, plan.seconds)).rps
        _tell(others, "overload", kind, asdict(offer(here, 2 * carries, _PRESS_S)) | {"carries": carries})
        _tell(others, "busy_below_64", kind, {"told_busy": busy_below_64(here, plan.seconds)})


def _tell(others: Results, name: str, kind: str, figures: dict[str, Any]) -> None:
    others.setdefault(name, {})[kind] = rounded(figures)
    print(f"{kind} {name}: " + ", ".join(f"{key} {value}" for key, value in rounded(figures).items()), flush=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on a real disk, gone afterwards."""
    VAR.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VAR, ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def ground(kind: str) -> Iterator[Ground]:
    """Service and floor on new databases."""
    with ExitStack() as stack:
        folder = stack.enter_context(scratch())
        place = stack.enter_context(databases(kind, folder))
        town = Town(place.fresh("passline"))
        stack.callback(town.close)
        floor_url = place.floor()
        service = stack.enter_context(Server(SERVICE, town.url, folder))
        floor = stack.enter_context(Server(FLOOR, floor_url, folder))
        yield Ground(place, town, service, floor, floor_url, folder)


if __name__ == "__main__":
    main()
