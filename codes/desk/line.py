"""The line and the desk as an open page asks for them every second: one read, prepared."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, literal, select

from codes.desk.dictating import SHOWN_FOR
from store import Work
from store.calls import Call
from store.columns import table
from store.desk import Dictation
from store.prepared import Prepared
from store.staff import Agent

_CALL, _AGENT, _DICTATION = table(Call), table(Agent), table(Dictation)
_WAITING = _CALL.c.state == "waiting"
_ONE = select(literal(1).label("one")).subquery("one")
_DESK = Prepared(
    select(
        _AGENT.c.presence,
        _AGENT.c.since,
        _AGENT.c.call_sid,
        _AGENT.c.phone_id,
        select(func.count()).select_from(_CALL).where(_WAITING).scalar_subquery().label("waiting"),
        select(_CALL.c.queued_at)
        .where(_WAITING)
        .order_by(_CALL.c.queued_at)
        .limit(1)
        .scalar_subquery()
        .label("first_at"),
    )
    .select_from(_ONE)
    .outerjoin(_AGENT, _AGENT.c.staff_id == bindparam("staff_id"))
)
_CALL_NOW = Prepared(
    select(
        _CALL.c.state,
        _CALL.c.agent_id,
        _CALL.c.connected_at,
        _CALL.c.ended_at,
        _CALL.c.pause_wanted,
        _CALL.c.paused,
        _CALL.c.pause_since,
        _CALL.c.pause_failed_at,
        _CALL.c.wrapped_at,
        _AGENT.c.presence,
    )
    .outerjoin(_AGENT, (_AGENT.c.call_sid == _CALL.c.sid) & (_AGENT.c.staff_id == bindparam("staff_id")))
    .where(_CALL.c.sid == bindparam("call_sid"))
)
_SHOWN = Prepared(
    select(_DICTATION.c.id)
    .where(
        _DICTATION.c.pass_id == bindparam("pass_id"),
        _DICTATION.c.call_sid == bindparam("call_sid"),
        _DICTATION.c.staff_id == bindparam("staff_id"),
        _DICTATION.c.ended_at.is_(None),
        _DICTATION.c.begun_at > bindparam("since"),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Desk:
    """An agent's place and the line before it."""

    presence: str
    """One of `store.staff.PRESENCES`."""
    since: datetime | None
    call_sid: str | None
    """The caller they are connected with, or whose call they wrap up."""
    phone_id: str | None
    """The telephone they had last."""
    waiting: int
    first_at: datetime | None
    """Since when the first of the line waits."""


@dataclass(frozen=True, slots=True)
class CallNow:
    """A call as its agent's page shows it all the time."""

    talking: bool
    """Whether agent and caller are connected."""
    own: bool
    connected_at: datetime | None
    wrapped: bool
    pause_wanted: bool
    paused: bool
    pause_since: datetime | None
    pause_failed: bool


def desk_of(work: Work, staff_id: str) -> Desk:
    """Where the agent is, and how long the line is."""
    row = work.row(_DESK, staff_id=staff_id)
    return Desk(row.presence or "away", row.since, row.call_sid, row.phone_id, row.waiting, row.first_at)


def call_now(work: Work, staff_id: str, call_sid: str) -> CallNow | None:
    """The state of a call; None where there is none."""
    row = work.row(_CALL_NOW, staff_id=staff_id, call_sid=call_sid)
    if row is None:
        return None
    own = row.agent_id == staff_id
    return CallNow(
        row.state == "connected" and own and row.presence == "connected",
        own,
        row.connected_at,
        row.wrapped_at is not None,
        row.pause_wanted,
        row.paused,
        row.pause_since,
        row.pause_failed_at is not None,
    )


def is_shown(work: Work, staff_id: str, call_sid: str, pass_id: str) -> bool:
    """Whether a code is still to be on the agent's screen, as far as time and the groups read back go."""
    asked = {"pass_id": pass_id, "call_sid": call_sid, "staff_id": staff_id}
    return work.row(_SHOWN, **asked, since=work.now - SHOWN_FOR) is not None
