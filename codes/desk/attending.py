"""Whom an agent attends to: nothing is done at the desk but in a live call of one's own, for a caller who is proved.

What comes of any other try is one exception with its reason; whoever asked is told in words, and it is audited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlmodel import col

from codes.desk.calling import find_call
from codes.looking import note_look
from codes.meeting import Meeting, meet
from codes.passes import LivePass
from codes.people import Holder
from codes.regimes import Terms, in_force
from store import Work
from store.calls import Call
from store.columns import table
from store.desk import CallLook
from store.phones import Telephone, phone_by_id
from store.prepared import Prepared
from store.staff import Agent

_CALL, _AGENT, _LOOK = table(Call), table(Agent), table(CallLook)
_HELD = Prepared(
    select(_CALL, _AGENT.c.staff_id.label("attending"))
    .outerjoin(_AGENT, (_AGENT.c.call_sid == _CALL.c.sid) & (_AGENT.c.presence == "connected"))
    .where(_CALL.c.sid == bindparam("call_sid"))
    .with_for_update(of=_CALL)
)
"""The call as it is until this work ends: whoever says that it is over waits so long."""
_LOOKS = Prepared(
    select(_LOOK.c.staff_id, _LOOK.c.person_id, _LOOK.c.phone_id)
    .where(_LOOK.c.call_sid == bindparam("call_sid"))
    .order_by(_LOOK.c.looked_at)
)


class Why(StrEnum):
    """Why an agent may not do what they want."""

    NO_CALL = "no_call"
    ENDED = "ended"
    NOT_YOURS = "not_yours"
    NOT_PROVED = "not_proved"
    PAUSED = "paused"  # what must be heard later is not recorded now


class NotAttended(Exception):
    """An agent wants something outside a live call of their own with a proved caller."""

    def __init__(self, why: Why, call_sid: str) -> None:
        super().__init__(str(why))
        self.why = why
        self.call_sid = call_sid


@dataclass(frozen=True, slots=True)
class Attended:
    """A call as its agent has it, and for whom they may act."""

    call: Row[Any]
    """Of `store.calls.Call`."""
    staff_id: str
    terms: Terms
    meeting: Meeting | None
    """Who is on the telephone of the caller, or of whom they were proved to be; None where the number is hidden."""
    people: tuple[Holder, ...]
    """Those whom the proof opens: nobody before it; after it whoever is on that telephone, as by text; of who was
    registered just now, them and those in their care.
    """

    @property
    def actor(self) -> str:
        """The agent, for the audit."""
        return f"staff:{self.staff_id}"

    @property
    def phone(self) -> Telephone:
        """The telephone on file for which is acted; NotAttended where there is none yet."""
        if self.meeting is None:
            raise NotAttended(Why.NOT_PROVED, self.call.sid)
        return self.meeting.phone

    @property
    def language(self) -> str:
        """What the caller speaks."""
        return str(self.call.language)

    @property
    def silenced(self) -> bool:
        """Whether the recording is paused, or about to be or to go on."""
        return bool(self.call.pause_wanted or self.call.paused)

    def person(self, person_id: str) -> Holder:
        """One of the people whom the proof opens; NotAttended for anybody else."""
        for one in self.people:
            if one.id == person_id:
                return one
        raise NotAttended(Why.NOT_PROVED, self.call.sid)

    def live(self, pass_id: str) -> tuple[Holder, LivePass] | None:
        """A live pass of these people; None where it is none any more, or somebody else's."""
        pairs = ((one, live) for one in self.people for live in one.live)
        return next((pair for pair in pairs if pair[1].id == pass_id), None)

    def audible(self) -> None:
        """Raises NotAttended where the recording is paused."""
        if self.silenced:
            raise NotAttended(Why.PAUSED, self.call.sid)


def attend(work: Work, staff_id: str, call_sid: str) -> Attended:
    """Who is attended to, proved; raises NotAttended."""
    attended = hear(work, staff_id, call_sid)
    if not attended.people:
        raise NotAttended(Why.NOT_PROVED, call_sid)
    return attended


def hear(work: Work, staff_id: str, call_sid: str) -> Attended:
    """Who is on the line, proved or not; raises NotAttended. Holds the telephone's lock, and the call as it is."""
    seen = find_call(work, call_sid)
    if seen is None:
        raise NotAttended(Why.NO_CALL, call_sid)
    phone = _phone_of(work, seen)
    meeting = meet(work, phone.number) if phone else None
    call = work.row(_HELD, call_sid=call_sid)
    if call.agent_id != staff_id:
        raise NotAttended(Why.NOT_YOURS, call_sid)
    if call.state != "connected" or call.attending != staff_id:
        raise NotAttended(Why.ENDED, call_sid)
    terms = meeting.terms if meeting else in_force(work)
    return Attended(call, staff_id, terms, meeting, _opened(call, meeting))


def note_refusal(work: Work, staff_id: str, refused: NotAttended) -> None:
    """One line of the audit; the work that was refused left nothing else."""
    work.audit(f"staff:{staff_id}", "desk.refused", refused.call_sid, {"why": str(refused.why)})


def note_looks(work: Work, attended: Attended, people: Sequence[Holder], phone: Telephone, why: str) -> None:
    """The agent sees these people; each is noted once a call and agent."""
    looks = work.rows(_LOOKS, call_sid=attended.call.sid)
    seen = {row.person_id for row in looks if row.staff_id == attended.staff_id}
    for one in people:
        if one.id not in seen:
            note_look(work, one.id, attended.actor, why, "desk")
            found_by(work, attended, one.id, phone, why)


def found_by(work: Work, attended: Attended, person_id: str, phone: Telephone, why: str) -> None:
    """Somebody is on file with this number, as far as the call goes."""
    keys = {"call_sid": attended.call.sid, "staff_id": attended.staff_id, "person_id": person_id}
    mine = [_LOOK.c[name] == value for name, value in keys.items()]
    given = {"phone_id": phone.id, "why": why, "looked_at": work.now}
    if not work.run(update(_LOOK).where(*mine), **given):
        work.insert(CallLook, **keys, **given)


def number_on_file(work: Work, call_sid: str, person_id: str) -> Telephone | None:
    """The telephone by which somebody was met or found in a call; None where nobody looked at them."""
    rows = work.rows(_LOOKS, call_sid=call_sid)
    found = next((row.phone_id for row in reversed(rows) if row.person_id == person_id), None)
    return phone_by_id(work, found) if found else None


def _phone_of(work: Work, call: Row[Any]) -> Telephone | None:
    proved = number_on_file(work, call.sid, call.person_id) if call.person_id else None
    if proved:
        return proved
    return phone_by_id(work, call.phone_id) if call.phone_id else None


def _opened(call: Row[Any], meeting: Meeting | None) -> tuple[Holder, ...]:
    if call.person_id is None or meeting is None:
        return ()
    if all(one.id != call.person_id for one in meeting.holders):
        return ()
    if call.proof != "registered":
        return meeting.holders
    return tuple(one for one in meeting.holders if call.person_id in (one.id, one.guardian_id))


def agent_of(work: Work, staff_id: str) -> Row[Any] | None:
    """The row of an agent at the desk."""
    found: Row[Any] | None = work.row(select(_AGENT).where(col(Agent.staff_id) == staff_id))
    return found
