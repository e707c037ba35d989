"""Honest patient-days in the long run: towns of patients who stay at home, one after the other."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.databases import SQLiteFiles
from bench.patients.figures import Figures, figures
from bench.patients.town import BEGINS, Town, numbered
from bench.prove_races import Outcome
from store import Keyring, Store
from store.keyring import create_keys, read_keyring

DAYS, SEED = 10, 2590
TOWN = 1000
"""Patients of one town."""
MOST_DEPARTED_A_DAY = 0.005
"""Departures a day of patients with an app who never left."""


def a_town(url: str, keys: Keyring, seed: int, people: int, days: int, tell: Callable[[float], None]) -> Figures:
    """One town on an empty database with every table."""
    clock = [BEGINS]
    opened = Store.open(url, keys, clock=lambda: clock[0], random=Random(seed), ids=numbered())
    with closing(opened) as store:
        town = Town(store, clock, Random(seed))
        town.live(people, days, tell)
        return figures(town, days)


def patient_days(folder: Path, times: int, tell: Callable[[int], None]) -> Outcome:
    """So many patient-days, a town at a time, each on an SQLite file of its own."""
    files = SQLiteFiles(folder)
    create_keys(folder / "keys", BEGINS, development=True)
    keys, whole, done = read_keyring(folder / "keys", production=False), Figures(), 0
    while done < times:
        people = max(1, min(TOWN, (times - done) // DAYS))
        so_far = partial(_tell, tell, done, people)
        whole.add(a_town(files.fresh(f"town-{done}"), keys, SEED + done, people, DAYS, so_far))
        for file in folder.glob(f"town-{done}.db*"):
            file.unlink()
        done += people * DAYS
    if whole.departures > max(3.0, MOST_DEPARTED_A_DAY * whole.app_days):
        whole.wrong.append(f"{whole.departures} departures in {whole.app_days} days of apps")
    return Outcome(done, whole.wrong, found=as_figures(whole))


def _tell(tell: Callable[[int], None], before: int, people: int, days: float) -> None:
    tell(before + round(days * people))


def as_figures(found: Figures) -> dict[str, Any]:
    """For the file: counts, and how often a patient-day."""
    told: dict[str, Any] = {name: value for name, value in asdict(found).items() if name != "wrong"}
    for name in ("checks", "alerts", "could"):
        counted: Counter[str] = getattr(found, name)
        told[name] = {one: [count, found.a_day(count)] for one, count in counted.most_common()}
    return told
