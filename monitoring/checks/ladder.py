"""The ladder: while a patient does not answer they are reminded, called, sent a second link; then a person looks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, tuple_
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from codes.telling import DEAF
from monitoring.alerts import raise_alert
from monitoring.cases.watched import telephone_of
from monitoring.checks.asking import CALL, PERSON, REMINDER, SECOND_LINK, Step, ask, hindrance, step_of
from monitoring.checks.calls import ring
from monitoring.checks.noticing import is_away
from monitoring.checks.receipts import was_told
from monitoring.checks.settling import held_check
from monitoring.checks.waiting import SENDING_FOR, is_awaited
from monitoring.in_turn import in_turn
from monitoring.outages import outage_between
from store import Store, Work
from store.audit import SERVICE
from store.checks import PresenceCheck
from store.columns import table

PARTS: Final[Mapping[int, float]] = MappingProxyType({REMINDER: 1 / 2, CALL: 2 / 3, SECOND_LINK: 5 / 6, PERSON: 1})
"""After which part of the window each rung is reached."""
NOTED_WITHIN: Final = timedelta(seconds=30)
"""After the worker comes back its absence is an outage: before, no silence counts."""
BATCH: Final = 100
_STATES = ("planned", "asked")
_DUE = (
    select(col(PresenceCheck.id), col(PresenceCheck.due_at))
    .where(
        col(PresenceCheck.due_at).is_not(None),
        col(PresenceCheck.due_at) <= bindparam("by", type_=UTCDateTime()),
        col(PresenceCheck.state).in_(_STATES),
    )
    .order_by(col(PresenceCheck.due_at), col(PresenceCheck.id))
    .limit(BATCH)
)
_FURTHER = _DUE.where(
    tuple_(col(PresenceCheck.due_at), col(PresenceCheck.id))
    > tuple_(bindparam("at", type_=UTCDateTime()), bindparam("after"))
)
_LAST = (
    select(table(PresenceCheck))
    .where(
        col(PresenceCheck.case_id) == bindparam("of_case"),
        col(PresenceCheck.id) != bindparam("but"),
        col(PresenceCheck.asked_at).is_not(None),
    )
    .order_by(col(PresenceCheck.asked_at).desc())
    .limit(1)
)


def go_on(store: Store, public_url: str) -> int:
    """Does the next step of each check that is due; how many went on. One that can't go on stays due."""
    went_on = 0
    with store.reading() as work:
        by = work.now
        due = work.rows(_DUE, by=by)
    while due:
        went_on += in_turn(store, due, lambda work, row: take_step(work, row.id, public_url), "ladder")
        if len(due) < BATCH:
            break
        with store.reading() as work:
            due = work.rows(_FURTHER, by=by, at=due[-1].due_at, after=due[-1].id)
    return went_on


def take_step(work: Work, check_id: str, public_url: str) -> bool:
    """The next step of one check, if it is due; False where somebody did it before."""
    held = held_check(work, check_id)
    if held is None:
        return False
    case, check = held
    if check.due_at is None or check.due_at > work.now or check.state not in _STATES:
        return False
    step = step_of(work, case, check, public_url)
    if check.state == "planned":
        ask(step)
    else:
        _climb(step)
    return True


def _climb(step: Step) -> None:
    check, now = step.check, step.work.now
    hindered = hindrance(step.case, now)
    if hindered:
        step.end("excused", hindered)
        return
    reached = [rung for rung in PARTS if _moment(check, rung) <= now and rung > check.step]
    if PERSON in reached or check.step >= PERSON:
        _end(step)
        return
    rung = reached[-1] if reached else check.step
    if reached:
        _reach(step, rung)
    step.change(step=rung, due_at=_moment(check, rung + 1))


def next_rung(check: Row[Any]) -> datetime:
    """When the ladder goes on with a check that waits again."""
    return _moment(check, min(check.step + 1, PERSON))


def _moment(check: Row[Any], rung: int) -> datetime:
    """When a rung of the ladder is reached."""
    whole: timedelta = check.window_ends_at - check.asked_at
    moment: datetime = check.asked_at + whole * PARTS[rung]
    return moment


def _reach(step: Step, rung: int) -> None:
    """A rung that was slept through is not made up for: who waits two minutes needs no three messages."""
    phone, until = telephone_of(step.work, step.case), step.check.window_ends_at
    if phone is None:
        return
    if step.check.means == "call":
        if rung != CALL:  # at half time, and once more at the end
            ring(step.work, step.check.id, phone, step.regime, until)
    elif rung == REMINDER or (rung == CALL and DEAF in step.case.details.circumstances):
        step.text(phone, "check_reminder", until)
    elif rung == CALL:
        ring(step.work, step.check.id, phone, step.regime, until)
    else:
        step.text(phone, "check_again", until, link=step.link(until))
    step.work.audit(SERVICE, "check.reminded", step.check.id, {"case": step.case.id, "rung": rung})


def _end(step: Step) -> None:
    """Nobody answered in time: excused where that proves nothing, else a person looks."""
    check, now = step.check, step.work.now
    if is_awaited(step.work, check):
        step.change(due_at=now + SENDING_FOR)
    elif is_away(step.work):
        step.change(due_at=now + NOTED_WITHIN)
    elif outage_between(step.work, check.asked_at, check.window_ends_at):
        step.end("excused", "outage")
    elif check.tries:
        step.end("unclear", check.outcome)  # they did answer; a person looks at what was too poor for us
    elif not was_told(step.work, check):
        again = _not_reached_before(step)
        step.end("excused", "not_delivered")
        if again:
            raise_alert(step.work, step.case, "no_contact")
    else:
        step.end("missed", "no_answer")


def _not_reached_before(step: Step) -> bool:
    """Whether the check before could not be told either: then nobody knows how the patient is."""
    before = step.work.row(_LAST, of_case=step.case.id, but=step.check.id)
    return before is not None and before.outcome == "not_delivered"
