"""What came of a town's days: who was bothered, who was excused, who could have been blamed, and what must not be."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bench.patients.people import Patient
from bench.patients.town import Town
from codes.regimes import in_force
from monitoring.alerts import facts_of
from monitoring.cases.watched import watched_case
from monitoring.checks.planning import scheduled_times
from monitoring.invariants import broken
from monitoring.quiet import is_quiet
from store import Work
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.patients import Departure, Outage

_ANSWERS_AT_NIGHT = frozenset({"check_passed", "check_looked", "check_no_match", "check_quality", "check_challenge"})


@dataclass
class Figures:
    """Counts; `wrong` says what must not be, and is."""

    days: float = 0.0
    app_days: float = 0.0
    checks: Counter[str] = field(default_factory=Counter)
    """By state and outcome, of those that were asked."""
    alerts: Counter[str] = field(default_factory=Counter)
    """By kind."""
    departures: int = 0
    never_left: int = 0
    """Alerts that rest on a departure: nobody left."""
    could: Counter[str] = field(default_factory=Counter)
    """Doubts of which the rules alone would have let somebody make a violation, by the facts that counted."""
    missed_unreached: int = 0
    """Misses of which nothing at all had reached the patient."""
    missed_unnoticed: int = 0
    """Misses of those whose link arrived, in an outage too small to be noticed by anybody."""
    texts: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Figures") -> None:
        """Another town's."""
        for name in (
            "days",
            "app_days",
            "departures",
            "never_left",
            "missed_unreached",
            "missed_unnoticed",
            "texts",
            "lost",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.checks.update(other.checks)
        self.alerts.update(other.alerts)
        self.could.update(other.could)
        self.wrong += other.wrong

    def a_day(self, count: int) -> float:
        """So many a patient-day."""
        return round(count / self.days, 5) if self.days else 0.0


def figures(town: Town, days: int) -> Figures:
    """Of a town that lived so long."""
    found = Figures(days=len(town.patients) * days, texts=town.carrier.handed_over, lost=town.carrier.lost)
    found.app_days = days * sum(one.token is not None for one in town.patients.values())
    of_case = {one.case_id: one for one in town.patients.values()}
    with town.store.reading() as work:
        checks = work.rows(select(table(PresenceCheck)).where(table(PresenceCheck).c.asked_at.is_not(None)))
        alerts = work.rows(select(table(Alert)))
        left = {row.id for row in work.rows(select(table(Departure)))}
        found.checks.update(f"{row.state} {row.outcome}" for row in checks)
        found.alerts.update(row.kind for row in alerts)
        found.departures = len(left)
        found.could.update(" + ".join(sorted(why for *_, why in facts)) for _, facts in town.officer.could)
        found.never_left = sum(any(fact.id in left for fact in facts_of(row)) for row in alerts)
        unreached = {row.id for row in checks if row.id not in of_case[row.case_id].reached}
        found.missed_unreached = sum(row.state == "missed" and row.id in unreached for row in checks)
        missed = [row for row in checks if row.state == "missed"]
        found.missed_unnoticed = sum(any(_touch(row, *span) for _, *span in town.outages) for row in missed)
        found.wrong += [*_wrong(work, town, checks, alerts), *_blamed(town, unreached, left), *broken(work)]
        found.wrong += _unforeseen(work, of_case, checks)
    return found


def _wrong(work: Work, town: Town, checks: Any, alerts: Any) -> Iterator[str]:
    regime = in_force(work).regime
    over = table(Outage).c.ends_at < work.now - _SOON
    known = work.rows(select(table(Outage)).where(over))
    for row in alerts:
        if row.decision not in (None, "nothing", "excused") or row.decided_by not in (None, "service", "staff:dora"):
            yield f"alert {row.id} was decided: {row.decision} by {row.decided_by}"
    for row in checks:
        if is_quiet(regime, row.asked_at) or (row.window_ends_at and is_quiet(regime, row.window_ends_at - _MOMENT)):
            yield f"check {row.id} reached into the night"
        if row.state == "missed" and any(_touch(row, one.starts_at, one.ends_at) for one in known):
            yield f"check {row.id} was missed in an outage"
    for template in town.carrier.at_night.keys() - _ANSWERS_AT_NIGHT:
        yield f"{template} went out at night"


_MOMENT = timedelta(seconds=1)
_SOON = timedelta(minutes=30)
"""By then every miss in an outage is excused."""


def _touch(row: Any, starts: Any, ends: Any) -> bool:
    return bool(row.asked_at < ends and row.window_ends_at > starts)


def _blamed(town: Town, unreached: set[str], left: set[str]) -> Iterator[str]:
    """What could have become a violation rests on two checks that patients heard of, never on a telephone's errors."""
    for alert_id, facts in town.officer.could:
        if sum(one not in left for _, one, _ in facts) < 2:
            yield f"alert {alert_id} could be a violation for a departure that never was"
        if sum(one not in unreached for _, one, _ in facts) < 2:
            yield f"alert {alert_id} could be a violation though nothing had reached the patient"


def _unforeseen(work: Work, of_case: dict[str, Patient], checks: Any) -> Iterator[str]:
    """Whoever has the seed reckons every check of the schedule again."""
    zone = in_force(work).regime.zone
    asked: dict[str, list[Any]] = {}
    for row in checks:
        if row.origin == "schedule":
            asked.setdefault(row.case_id, []).append(row)
    for case_id in list(of_case)[:50]:
        case = watched_case(work, case_id)
        assert case is not None
        for row in asked.get(case_id, []):
            if row.planned_at not in scheduled_times(work, case, row.planned_at.astimezone(zone).date()):
                yield f"check {row.id} stands in no schedule"
