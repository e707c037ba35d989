"""The team as its supervisors see it: who is there, the line, and the day so far. Nothing about callers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Row, func, select

from codes.desk.owed_calls import count_owed
from codes.regimes import in_force
from store import Work
from store.calls import Call
from store.columns import table
from store.staff import Agent, Staff

QUARTER = timedelta(minutes=15)
_AGENT, _CALL, _STAFF = table(Agent), table(Call), table(Staff)
_TEAM = (
    select(_AGENT, _STAFF.c.name, _CALL.c.state, _CALL.c.connected_at, _CALL.c.ended_at)
    .join(_STAFF, _STAFF.c.id == _AGENT.c.staff_id)
    .outerjoin(_CALL, _CALL.c.sid == _AGENT.c.call_sid)
    .where(_STAFF.c.closed_at.is_(None))
    .order_by(_STAFF.c.name)
)
_LINE = (
    select(_CALL.c.language, func.count().label("waiting"), func.min(_CALL.c.queued_at).label("first_at"))
    .where(_CALL.c.state == "waiting")
    .group_by(_CALL.c.language)
    .order_by(func.count().desc(), _CALL.c.language)
)
_TODAY = select(_CALL.c.agent_id, _CALL.c.queued_at, _CALL.c.connected_at, _CALL.c.ended_at, _CALL.c.outcome)


@dataclass(frozen=True, slots=True)
class Member:
    """An agent, now."""

    id: str
    name: str
    presence: str
    since: datetime
    connected_at: datetime | None
    """Since when they speak with their caller."""


@dataclass(frozen=True, slots=True)
class TeamNow:
    """Who is there, and who waits."""

    members: tuple[Member, ...]
    waiting: int
    first_at: datetime | None
    """Since when the first of the line waits."""
    by_language: Mapping[str, int]
    owed: int
    failed: int
    """Calls back."""


@dataclass(frozen=True, slots=True)
class MembersDay:
    """An agent's day."""

    name: str
    calls: int
    talk: timedelta | None
    """The median of the calls that are over."""
    outcomes: Mapping[str, int]
    unnoted: int
    """Calls that are over and of which nothing is noted."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an hour: the calls that joined the line in it, and how long they waited."""

    begins_at: datetime
    reached: int
    """With an agent."""
    lost: int
    """Left without one."""
    waiting: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class TeamDay:
    """The day so far."""

    members: tuple[MembersDay, ...]
    quarters: tuple[Quarter, ...]


def team_now(work: Work) -> TeamNow:
    """The team at this moment."""
    line = work.rows(_LINE)
    first_at = min((row.first_at for row in line), default=None)
    by_language = {row.language: int(row.waiting) for row in line}
    members = tuple(_member(row) for row in work.rows(_TEAM))
    return TeamNow(members, sum(by_language.values()), first_at, by_language, *count_owed(work))


def team_day(work: Work) -> TeamDay:
    """What the day brought so far, by the clock of the order."""
    midnight = in_force(work).regime.midnight(work.now)
    calls = work.rows(_TODAY.where(_CALL.c.queued_at >= midnight))
    names = {row.id: row.name for row in work.rows(select(_STAFF.c.id, _STAFF.c.name))}
    mine: dict[str, list[Row[Any]]] = {}
    for call in calls:
        if call.agent_id:
            mine.setdefault(call.agent_id, []).append(call)
    days = [_days(names[staff_id], theirs) for staff_id, theirs in mine.items()]
    return TeamDay(tuple(sorted(days, key=lambda day: day.name)), _quarters(calls, work.now))


def _member(row: Row[Any]) -> Member:
    talking = row.presence == "connected"
    return Member(row.staff_id, row.name, row.presence, row.since, row.connected_at if talking else None)


def _days(name: str, calls: Sequence[Row[Any]]) -> MembersDay:
    talks = [call.ended_at - call.connected_at for call in calls if call.ended_at and _reached(call)]
    outcomes = Counter(str(call.outcome) for call in calls if call.outcome)
    unnoted = sum(call.ended_at is not None and call.outcome is None for call in calls)
    return MembersDay(name, len(calls), median(talks) if talks else None, outcomes, unnoted)


def _quarters(calls: Sequence[Row[Any]], now: datetime) -> tuple[Quarter, ...]:
    """From the first call of the day to now, without a gap."""
    by_quarter: dict[datetime, list[Row[Any]]] = {}
    for call in calls:
        by_quarter.setdefault(_begin(call.queued_at), []).append(call)
    found, begins_at = [], min(by_quarter, default=None)
    while begins_at is not None and begins_at <= now:
        found.append(_quarter(begins_at, by_quarter.get(begins_at, ()), now))
        begins_at += QUARTER
    return tuple(found)


def _quarter(begins_at: datetime, calls: Sequence[Row[Any]], now: datetime) -> Quarter:
    reached = [call for call in calls if _reached(call)]
    lost = [call for call in calls if not _reached(call) and call.ended_at]
    waits = [(call.connected_at if _reached(call) else call.ended_at or now) - call.queued_at for call in calls]
    waiting = len(calls) - len(reached) - len(lost)
    return Quarter(begins_at, len(reached), len(lost), waiting, max(waits, default=timedelta()))


def _reached(call: Row[Any]) -> bool:
    """Whether an agent came since they joined the line last."""
    return call.connected_at is not None and call.connected_at >= call.queued_at


def _begin(moment: datetime) -> datetime:
    """Every zone's clock shows a quarter where the world's does."""
    return moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)
