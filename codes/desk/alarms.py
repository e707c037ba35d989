"""Alarms: agents and officers who looked up more than their work explains, in the last day.

A number and a span of time for a supervisor, who looks into it and notes what it was; nothing follows by itself, and
nothing of citizens stands in it. What was looked into is counted anew from then on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, extract, func, literal, or_, select, text

from store import Work
from store.alarms import SettledAlarm
from store.audit import IS_WATCHED, LOOKED_AT, NOT_FOUND, AuditEntry
from store.calls import Call
from store.columns import table
from store.desk import CallLook
from store.ids import first_id
from store.officers import Inspection, Officer
from store.people import Phone
from store.phones import PHONE, telephone
from store.staff import Staff

SPAN = timedelta(days=1)
LOOKS = 300
"""By one person: a shift has 160 calls of three minutes, half of them of a family; more than that was not by calls."""
SEARCHES = 15
"""That found nobody: callers say both number and document, and few of them wrongly. More is trying numbers out."""
OUTSIDE = 0
"""Looks of an agent that belong to no call of theirs: the rules leave none, so that each one is a hole."""
AN_HOUR = 60
"""Inspections: text, answer and a look at the document take a minute. Faster the hour through is typing in a list."""
MISSES = 20
"""Unknown and mistyped ones of an officer: of honest looks one in twenty is mistyped, and nobody takes 400 a day."""
LONGEST_NOTE = 1000
_SETTLING = b"alarms.settle"
_ENTRY, _INSPECTION, _SETTLED = table(AuditEntry), table(Inspection), table(SettledAlarm)
_CALL, _LOOK, _STAFF, _OFFICER, _PHONE = (table(one) for one in (Call, CallLook, Staff, Officer, Phone))
_PREFIX = "staff:"
_LISTENS = [f'%"at": "{place}"%' for place in ("recording", "review")]
"""As in the details of looks of those who listen to calls again: they have no call and are meant to have none."""


class Kind(StrEnum):
    """What an alarm counts."""

    LOOKS = "looks"
    SEARCHES = "searches"
    OUTSIDE = "outside"
    PACE = "pace"  # inspections in one hour
    MISSES = "misses"


THRESHOLDS: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.LOOKS: LOOKS,
        Kind.SEARCHES: SEARCHES,
        Kind.OUTSIDE: OUTSIDE,
        Kind.PACE: AN_HOUR,
        Kind.MISSES: MISSES,
    }
)
"""More than so many raise an alarm."""
BY_OFFICERS = (Kind.PACE, Kind.MISSES)


class Settled(StrEnum):
    """What became of a supervisor's note."""

    KEPT = "kept"
    GONE = "gone"  # there is no such alarm any more
    OWN = "own"  # nobody looks into an alarm about themselves


@dataclass(frozen=True, slots=True)
class Whom:
    """An agent by name, or an officer by unit and telephone (E.164)."""

    id: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """More than the threshold, between the first and the last."""

    kind: Kind
    whom: Whom
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class LookedInto:
    """An alarm that somebody looked into."""

    kind: Kind
    whom: Whom
    count: int
    settled_at: datetime
    by: str
    note: str


def alarms(work: Work) -> list[Alarm]:
    """What stands open now, kind by kind, the most first."""
    found = [(kind, row) for kind in Kind for row in _exceeding(work, kind)]
    known = _known(work, [(kind, row.subject) for kind, row in found])
    return [
        Alarm(kind, known[row.subject], int(row.times), row.first_at, row.last_at)
        for kind, row in found
        if row.subject in known
    ]


def looked_into(work: Work) -> list[LookedInto]:
    """What was looked into in the last day, the newest first."""
    lately = select(_SETTLED, _STAFF.c.name).join(_STAFF, _STAFF.c.id == _SETTLED.c.settled_by)
    rows = work.rows(lately.where(_SETTLED.c.id >= first_id(work.now - SPAN)).order_by(_SETTLED.c.id.desc()))
    known = _known(work, [(Kind(row.kind), row.subject) for row in rows])
    return [
        LookedInto(Kind(row.kind), known[row.subject], row.count, row.settled_at, row.name, _note(work, row))
        for row in rows
        if row.subject in known
    ]


def settle(work: Work, kind: Kind, subject: str, by: str, note: str) -> Settled:
    """The supervisor `by` looked into an alarm; what it counts begins anew."""
    if subject == by:
        work.audit(f"{_PREFIX}{by}", "alarm.refused", subject, {"kind": str(kind)})
        return Settled.OWN
    work.lock(_SETTLING)
    row = next((one for one in _exceeding(work, kind) if one.subject == subject), None)
    if row is None:
        return Settled.GONE
    settled_id, new = work.new_id(), work.keys.new_key()
    given = {"kind": str(kind), "subject": subject, "count": int(row.times), "data_key": new.wrapped}
    sealed = new.key.seal(_place(settled_id), note[:LONGEST_NOTE])
    when = {"settled_at": work.now, "settled_by": by, "epoch": new.epoch}
    work.insert(SettledAlarm, id=settled_id, note_sealed=sealed, **given, **when)
    work.audit(f"{_PREFIX}{by}", "alarm.looked_into", subject, {"kind": str(kind), "count": int(row.times)})
    return Settled.KEPT


def counting(kind: Kind, now: datetime) -> Select[Any]:
    """The query of a kind: whom, how many, and from when to when, where that is more than the threshold."""
    return _of_officers(kind, now) if kind in BY_OFFICERS else _of_staff(kind, now)


def _exceeding(work: Work, kind: Kind) -> list[Row[Any]]:
    """The highest count of each, the most first."""
    found: dict[str, Row[Any]] = {}
    for row in work.rows(counting(kind, work.now)):
        if row.subject not in found or row.times > found[row.subject].times:
            found[row.subject] = row
    return sorted(found.values(), key=lambda row: (-row.times, row.subject))


def _of_staff(kind: Kind, now: datetime) -> Select[Any]:
    settled, subject = _lately_settled(kind, now), func.substr(_ENTRY.c.actor, len(_PREFIX) + 1)
    action = NOT_FOUND if kind is Kind.SEARCHES else LOOKED_AT
    # In the words of their index, which is asked then.
    watched: list[Any] = [text(IS_WATCHED), _ENTRY.c.action == action, _ENTRY.c.id >= first_id(now - SPAN)]
    counted = (
        select(subject.label("subject"), *_numbers(_ENTRY.c.at))
        .outerjoin(settled, literal(_PREFIX) + settled.c.subject == _ENTRY.c.actor)
        .where(*watched, _ENTRY.c.actor.startswith(_PREFIX), _since(settled, _ENTRY.c.at))
        .group_by(_ENTRY.c.actor)
        .having(func.count() > THRESHOLDS[kind])
    )
    return counted.where(*_outside(subject)) if kind is Kind.OUTSIDE else counted


def _outside(subject: Any) -> list[ColumnElement[bool]]:
    """An agent looked at somebody whom they met in no call that went on then."""
    in_call = (
        select(_LOOK.c.call_sid)
        .join(_CALL, _CALL.c.sid == _LOOK.c.call_sid)
        .where(
            _LOOK.c.staff_id == subject,
            _LOOK.c.person_id == _ENTRY.c.subject,
            _CALL.c.began_at <= _ENTRY.c.at,
            or_(_CALL.c.ended_at.is_(None), _CALL.c.ended_at >= _ENTRY.c.at),
        )
    )
    agents = select(_STAFF.c.id).where(_STAFF.c.id == subject, _STAFF.c.roles.contains("agent"))
    listens = or_(*(_ENTRY.c.details.like(one) for one in _LISTENS))
    return [~in_call.correlate(_ENTRY).exists(), agents.correlate(_ENTRY).exists(), ~listens]


def _of_officers(kind: Kind, now: datetime) -> Select[Any]:
    settled, seen_at = _lately_settled(kind, now), _INSPECTION.c.seen_at
    mine: list[Any] = [_INSPECTION.c.officer_id]
    if kind is Kind.PACE:
        mine += [extract("day", seen_at), extract("hour", seen_at)]
    counted = (
        select(_INSPECTION.c.officer_id.label("subject"), *_numbers(seen_at))
        .outerjoin(settled, settled.c.subject == _INSPECTION.c.officer_id)
        .where(_INSPECTION.c.id >= first_id(now - SPAN), _INSPECTION.c.officer_id.is_not(None))
        .where(_since(settled, seen_at))
        .group_by(*mine)
        .having(func.count() > THRESHOLDS[kind])
    )
    return counted.where(_INSPECTION.c.verdict.in_(("unknown", "mistyped"))) if kind is Kind.MISSES else counted


def _numbers(at: Any) -> tuple[Any, ...]:
    return func.count().label("times"), func.min(at).label("first_at"), func.max(at).label("last_at")


def _lately_settled(kind: Kind, now: datetime) -> Any:
    """When the alarms of a kind were looked into last, by whom they are about."""
    last = select(_SETTLED.c.subject, func.max(_SETTLED.c.settled_at).label("last_settled_at"))
    mine = last.where(_SETTLED.c.kind == str(kind), _SETTLED.c.id >= first_id(now - SPAN))
    return mine.group_by(_SETTLED.c.subject).subquery("settled")


def _since(settled: Any, at: Any) -> ColumnElement[bool]:
    return or_(settled.c.last_settled_at.is_(None), at > settled.c.last_settled_at)


def _known(work: Work, wanted: list[tuple[Kind, str]]) -> dict[str, Whom]:
    """Who they are, by id."""
    staff_ids = [subject for kind, subject in wanted if kind not in BY_OFFICERS]
    officer_ids = [subject for kind, subject in wanted if kind in BY_OFFICERS]
    found = {}
    for row in work.rows(select(_STAFF).where(_STAFF.c.id.in_(staff_ids))) if staff_ids else ():
        found[row.id] = Whom(row.id, row.name)
    officers = select(_OFFICER.c.id, _OFFICER.c.unit, *PHONE).join(_PHONE, _PHONE.c.id == _OFFICER.c.phone_id)
    for row in work.rows(officers.where(_OFFICER.c.id.in_(officer_ids))) if officer_ids else ():
        found[row.id] = Whom(row.id, row.unit, telephone(work, row).number)
    return found


def _note(work: Work, row: Row[Any]) -> str:
    return work.keys.unwrap(row.data_key, row.epoch).open(_place(row.id), row.note_sealed)


def _place(settled_id: str) -> str:
    return f"settled_alarm.note.{settled_id}"
