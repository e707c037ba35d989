"""Honest people at home, 2,000 days of them: nobody is found at fault, and hardly anybody is bothered.

The real store, schedule, ladder, settling, fences, alerts and decisions, with telephones that err, texts that are lost
and outages of two hours. `make prove` lives through 100,000 days (`bench.prove_patients`).
"""

import shutil
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, update

from bench.patients.figures import figures
from bench.patients.town import BEGINS, Town, numbered
from store import Keyring, Store
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert

PEOPLE, DAYS = 500, 4
_CHECK, _ALERT = table(PresenceCheck), table(Alert)


@pytest.mark.timeout(900)  # takes a minute of one core
def test_nobody_who_stays_at_home_is_found_at_fault(sqlite_template: Path, keyring: Keyring, tmp_path: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "town.db")
    clock, chance = [BEGINS], Random(2590)
    opened = Store.open(
        f"sqlite:///{tmp_path / 'town.db'}", keyring, clock=lambda: clock[0], random=chance, ids=numbered()
    )
    with closing(opened) as store:
        town = Town(store, clock, chance)

        town.live(PEOPLE, DAYS)
        found = figures(town, DAYS)

        assert found.wrong == []
        assert {kind for kind, *_ in town.outages} == {"ours", "carrier", "power"}
        assert found.lost > 0.07 * found.texts and found.checks["excused not_delivered"]
        assert found.checks["passed passed"] > 0.9 * found.days and found.checks["missed no_answer"]
        assert found.departures <= 0.02 * found.app_days and found.never_left == 0
        assert sum(found.alerts.values()) < 0.2 * found.days
        assert sum(found.could.values()) < 0.005 * found.days and found.missed_unreached < 0.002 * found.days
        _is_noticed(store, town)


def _is_noticed(store: Store, town: Town) -> None:
    """What must not be, if it were."""
    with store.work() as work:
        missed = work.row(select(_CHECK.c.id, _CHECK.c.asked_at).where(_CHECK.c.state == "missed"))
        night = {"asked_at": missed.asked_at.replace(hour=0), "planned_at": missed.asked_at}  # three, in Kazan
        work.run(update(_CHECK).where(_CHECK.c.id == missed.id), **night)
        decided = work.row(select(_ALERT.c.id).where(_ALERT.c.decision == "nothing"))
        work.run(update(_ALERT).where(_ALERT.c.id == decided.id), decision="violation", decided_by="service")
    town.carrier.at_night["check_due"] = 1
    town.officer.could.append((decided.id, (("departure", "gone", "left"), ("check", "unknown", "no_answer"))))

    wrong = " ".join(figures(town, DAYS).wrong)

    for told in ("violation by service", "reached into the night", "check_due went out", "a machine decided"):
        assert told in wrong
