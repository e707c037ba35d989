"""What is counted of a span: checks, decisions, readings, false alarms, times; each with how many people it is of.

Rows of cases are destroyed some weeks after their end, and are not counted any more then. A count is of events; whether
it may be shown goes by people (`LEAST`), so that thirty misses of three patients are not shown either.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, case, distinct, func, or_, select
from sqlmodel import col

from monitoring.alerts import DOUBTS
from store import Work
from store.audit import SERVICE
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.ids import first_id
from store.patients import Departure, Device

LEAST: Final = 10
"""Of fewer people nothing is told."""
_PLANNED_AHEAD: Final = timedelta(hours=12)
"""A check's row is made at most so long before it is asked."""
_LONGEST: Final = timedelta(days=60)
"""An alert that waited longer than this is not found any more."""
_CHECK, _ALERT, _DEVICE, _DEPARTURE = table(PresenceCheck), table(Alert), table(Device), table(Departure)
READINGS: Final = ("no_match", "another_face", "likeness", "no_face", "quality", "challenge", "reused")
"""Outcomes of checks that rest on what a machine read of photos."""
MILD: Final = ("nothing", "excused")
"""Decisions that say that there was nothing in it."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many events, of so many people."""

    count: int = 0
    people: int = 0

    @property
    def shown(self) -> int | None:
        """The count; None where it is of too few people."""
        return self.count if self.people >= LEAST else None


def states(work: Work, start: datetime, end: datetime) -> Mapping[str, Count]:
    """Checks that were asked in a span, by their state."""
    state = _CHECK.c.state
    rows = work.rows(select(state, *_counts()).where(_asked(start, end)).group_by(state))
    return {row.state: Count(row.events, row.people) for row in rows}


def causes(work: Work, start: datetime, end: datetime) -> Mapping[str, Mapping[str, Count]]:
    """The same by state, and by why they ended so."""
    check = _CHECK.c
    by = check.state, check.outcome
    rows = work.rows(select(*by, *_counts()).where(_asked(start, end), check.outcome.is_not(None)).group_by(*by))
    found = defaultdict[str, dict[str, Count]](dict)
    for row in rows:
        found[row.state][row.outcome] = Count(row.events, row.people)
    return found


def decisions(work: Work, start: datetime, end: datetime) -> Mapping[str, tuple[Count, Count]]:
    """Decisions of a span, visits that were noted left out, with those of them that an appeal overturned; by decision.

    What the service excused by itself stands under ``service``.
    """
    alert = _ALERT.c
    what = case((alert.decided_by == SERVICE, SERVICE), else_=alert.decision).label("what")
    gone = alert.overturned_at.is_not(None)
    overturned = (
        func.count(case((gone, 1))).label("gone"),
        func.count(distinct(case((gone, alert.case_id)))).label("of"),
    )
    found = select(what, func.count().label("events"), func.count(distinct(alert.case_id)).label("people"), *overturned)
    rows = work.rows(found.where(*_decided(start, end), alert.kind != "visit").group_by(what))
    return {row.what: (Count(row.events, row.people), Count(row.gone, row.of)) for row in rows}


def readings(work: Work, start: datetime, end: datetime) -> Mapping[str, tuple[Count, Count, Count]]:
    """Doubts that a machine read from photos and a person then decided on, by outcome: all, those that the person saw
    nothing in, and those of which an appeal said so afterwards.
    """
    check, alert = _CHECK.c, _ALERT.c
    appealed = alert.overturned_at.is_not(None)
    kinds = (None, and_(alert.decision.in_(MILD), ~appealed), appealed)
    columns = [column for place, kind in enumerate(kinds) for column in _of(kind, check.case_id, str(place))]
    joined = _CHECK.join(_ALERT, alert.id == check.alert_id)
    mine = *_decided(start, end), alert.decided_by != SERVICE, check.outcome.in_(READINGS), check.means == "link"
    rows = work.rows(select(check.outcome, *columns).select_from(joined).where(*mine).group_by(check.outcome))
    return {row.outcome: (Count(*row[1:3]), Count(*row[3:5]), Count(*row[5:7])) for row in rows}


def false_alarms(work: Work, start: datetime, end: datetime) -> Mapping[str, tuple[Count, Count, Count]]:
    """By class of telephones: those that reported, departures on which somebody decided, those said to be false.

    Classes that fewer than ten patients have are one, named ``""``.
    """
    reporting = select(_DEVICE.c.model, _DEVICE.c.case_id).where(
        _DEVICE.c.added_at < end, or_(_DEVICE.c.last_heard_at >= start, _DEVICE.c.added_at >= start)
    )
    joined = _DEPARTURE.join(_ALERT, _ALERT.c.id == _DEPARTURE.c.alert_id)
    joined = joined.outerjoin(_DEVICE, _DEVICE.c.id == _DEPARTURE.c.device_id)
    model = func.coalesce(_DEVICE.c.model, "").label("model")
    left = select(model, _ALERT.c.case_id, _ALERT.c.false_alarm).select_from(joined).where(*_decided(start, end))
    patients = [(row.model, row.case_id) for row in work.rows(reporting)]
    owners = _people(patients)
    known = {model for model, people in owners.items() if len(people) >= LEAST and model}
    named = [(row.model if row.model in known else "", row.case_id, bool(row.false_alarm)) for row in work.rows(left)]
    have = _count((model if model in known else "", case_id) for model, case_id in patients)
    decided = _count((model, case_id) for model, case_id, _ in named)
    false = _count((model, case_id) for model, case_id, wrong in named if wrong)
    models = {*have, *decided}
    return {one: (have.get(one, Count()), decided.get(one, Count()), false.get(one, Count())) for one in sorted(models)}


@dataclass(frozen=True, slots=True)
class Times:
    """How long people took to decide: a count, and minutes rounded up to two figures; None where too few are known."""

    decided: Count
    median: int | None = None
    most: int | None = None
    """Nine of ten were decided within it."""


def times(work: Work, start: datetime, end: datetime) -> Mapping[str, Times]:
    """The time from an alert to its decision by a person: of ``help``, ``doubt``, ``pause`` and ``other``."""
    alert = _ALERT.c
    mine = *_decided(start, end), alert.decided_by != SERVICE, alert.kind != "visit"
    rows = work.rows(select(alert.kind, alert.case_id, alert.raised_at, alert.decided_at).where(*mine))
    groups = defaultdict[str, list[Row[Any]]](list)
    for row in rows:
        groups[_group(row.kind)].append(row)
    return {name: _times(found) for name, found in groups.items()}


def _times(rows: list[Row[Any]]) -> Times:
    count = Count(len(rows), len({row.case_id for row in rows}))
    if count.shown is None:
        return Times(count)
    took = sorted((row.decided_at - row.raised_at).total_seconds() / 60 for row in rows)
    half, most = (took[min(len(took) - 1, int(len(took) * share))] for share in (0.5, 0.9))
    return Times(count, _rounded(half), _rounded(most))


def _rounded(minutes: float) -> int:
    """Up to two figures, so that no single time can be read off."""
    whole = max(math.ceil(minutes), 1)
    step = int(10 ** max(len(str(whole)) - 2, 0))
    return -(-whole // step) * step


def _group(kind: str) -> str:
    return {"sos": "help", "pause": "pause"}.get(kind, "doubt" if kind in DOUBTS else "other")


def _asked(start: datetime, end: datetime) -> ColumnElement[bool]:
    ids = _CHECK.c.id >= first_id(start - _PLANNED_AHEAD), _CHECK.c.id < first_id(end)
    return and_(*ids, *_in(_CHECK.c.asked_at, start, end))


def _in(column: Any, start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return column >= start, column < end


def _decided(start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of alerts; their ids have the time they were raised at."""
    ids = _ALERT.c.id >= first_id(start - _LONGEST), _ALERT.c.id < first_id(end)
    return *ids, *_in(_ALERT.c.decided_at, start, end)


def _counts() -> tuple[Any, Any]:
    return func.count().label("events"), func.count(distinct(col(PresenceCheck.case_id))).label("people")


def _of(kind: ColumnElement[bool] | None, case_id: Any, name: str) -> tuple[Any, Any]:
    """How many rows are of a kind, and of how many people."""
    events = func.count() if kind is None else func.count(case((kind, 1)))
    people = func.count(distinct(case_id if kind is None else case((kind, case_id))))
    return events.label(f"events_{name}"), people.label(f"people_{name}")


def _people(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for name, person in pairs:
        found[name].add(person)
    return found


def _count(pairs: Iterable[tuple[str, str]]) -> dict[str, Count]:
    listed = list(pairs)
    people, events = _people(listed), Counter[Hashable](name for name, _ in listed)
    return {name: Count(events[name], len(found)) for name, found in people.items()}
