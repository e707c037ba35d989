"""After a call: what came of it, as its agent notes it; and the agent's own calls of the day."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.desk.agents import wrap_up
from codes.desk.attending import NotAttended, Why, agent_of
from codes.desk.calling import find_call
from codes.desk.picking import draw
from codes.regimes import in_force
from store import DataKey, Work
from store.calls import Call
from store.columns import table
from store.passes import Pass
from store.people import Person
from store.phones import phone_by_id

_CALL, _PASS = table(Call), table(Pass)
LONGEST_NOTE = 1000


class Outcome(StrEnum):
    """What came of a call, from a short list."""

    ISSUED = "issued"
    CHANGED = "changed"  # a pass made longer or given back, an address or number corrected
    REFUSED = "refused"
    ANSWERED = "answered"  # a question, no more
    NOT_PROVED = "not_proved"
    BROKEN_OFF = "broken_off"
    OTHER = "other"


class Wrapped(StrEnum):
    """What became of the note."""

    KEPT = "kept"
    TAKEN_OVER = "taken_over"  # another agent has the caller: the outcome is theirs to note
    BEFORE = "before"  # it was noted already


@dataclass(frozen=True, slots=True)
class OwnCall:
    """A call as its agent finds it in the day's list; nothing about the caller."""

    sid: str
    connected_at: datetime
    ended_at: datetime | None
    outcome: str | None


def wrap_call(work: Work, staff_id: str, call_sid: str, outcome: Outcome, note: str, *, stay: bool) -> Wrapped:
    """Notes what came of the agent's call; they are available again, or leave. NotAttended: it is not theirs."""
    call, agent = find_call(work, call_sid), agent_of(work, staff_id)
    if call is None:
        raise NotAttended(Why.NO_CALL, call_sid)
    mine = agent is not None and agent.call_sid == call_sid
    if call.agent_id != staff_id and not mine and not _left_behind(agent):
        raise NotAttended(Why.NOT_YOURS, call_sid)
    became = _note(work, call, staff_id, outcome, note)
    draw(work, call_sid)
    if mine or _left_behind(agent):
        wrap_up(work, staff_id, stay=stay)
    return became


def likely_outcome(work: Work, call_sid: str) -> Outcome | None:
    """What will be noted most likely, as far as the store tells; the agent has the last word."""
    call = find_call(work, call_sid)
    if work.row(select(_PASS.c.id).where(_PASS.c.call_sid == call_sid).limit(1)):
        return Outcome.ISSUED
    return Outcome.NOT_PROVED if call is not None and call.person_id is None else None


def own_calls(work: Work, staff_id: str) -> list[OwnCall]:
    """The agent's calls of this day, the newest first."""
    midnight = in_force(work).regime.midnight(work.now)
    columns = (_CALL.c.sid, _CALL.c.connected_at, _CALL.c.ended_at, _CALL.c.outcome)
    mine = (_CALL.c.agent_id == staff_id) & (_CALL.c.connected_at >= midnight)
    return [OwnCall(*row) for row in work.rows(select(*columns).where(mine).order_by(_CALL.c.connected_at.desc()))]


def note_of(work: Work, call: Row[Any]) -> str:
    """The note of a call, opened."""
    key = call_key(work, call)
    return key.open(_place(call.sid), call.note_sealed) if key and call.note_sealed else ""


def _note(work: Work, call: Row[Any], staff_id: str, outcome: Outcome, note: str) -> Wrapped:
    key = call_key(work, call)
    sealed = key.seal(_place(call.sid), note[:LONGEST_NOTE]) if key and note else None
    open_one = (_CALL.c.sid == call.sid) & (_CALL.c.agent_id == staff_id) & _CALL.c.wrapped_at.is_(None)
    given = {"outcome": str(outcome), "note_sealed": sealed, "wrapped_at": work.now}
    if work.run(update(_CALL).where(open_one), **given):
        work.audit(f"staff:{staff_id}", "call.wrapped_up", call.sid, {"outcome": str(outcome)})
        return Wrapped.KEPT
    return Wrapped.BEFORE if call.agent_id == staff_id else Wrapped.TAKEN_OVER


def call_key(work: Work, call: Row[Any]) -> DataKey | None:
    """The telephone's key; of a caller who hid it the key of who they were proved to be, else none."""
    if call.phone_id:
        return phone_by_id(work, call.phone_id).key
    if call.person_id is None:
        return None
    row = work.row(select(col(Person.data_key), col(Person.epoch)).where(col(Person.id) == call.person_id))
    return work.keys.unwrap(row.data_key, row.epoch)


def _place(call_sid: str) -> str:
    return f"call.note.{call_sid}"


def _left_behind(agent: Row[Any] | None) -> bool:
    """Whether they wrap up a call that another agent has taken over."""
    return agent is not None and agent.presence == "wrapping_up" and agent.call_sid is None
