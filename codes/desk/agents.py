"""Agents at the desk: who is there, whose telephone rings for the next caller, who is connected with whom.

The carrier's queue decides which agent gets which caller; these rows follow it, and say whose telephone to ring: as
many at a time as callers wait. One transaction at a time does so, since each looks at what the others left.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update
from sqlmodel import col

from codes.desk.calling import overtake_call_back
from codes.desk.recording import begin_recording
from codes.regimes import in_force
from store import Work
from store.calls import Call
from store.columns import table
from store.ids import first_id
from store.jobs import DELIVER
from store.messages import CALL_BACK, OutboxMessage
from store.outbox import owe_call
from store.phones import Telephone, phone_by_id
from store.staff import Agent

RING = "agent_ring"
"""What the call is for that makes an agent's telephone ring."""
RING_FOR = timedelta(seconds=45)
"""Longer than a telephone rings; after that the agent is taken for away."""
ALONE_FOR = timedelta(minutes=2)
"""Longer than an agent's leg waits for a caller, if its end was not told."""
HELD_FOR = timedelta(days=2)
"""No call back waits longer for an agent."""
_DESK = b"desk.ring"
_AGENT, _CALL = table(Agent), table(Call)
_MINE = update(Agent)
_HOLD = select(_CALL.c.phone_id).where(_CALL.c.sid == bindparam("call_sid")).with_for_update()


def go_available(work: Work, staff_id: str, phone: Telephone) -> None:
    """An agent is there for callers, at this telephone; one who is with a caller stays so."""
    _alone(work)
    known = _agent(work, staff_id)
    if known is None:
        given = {"presence": "available", "since": work.now}
        work.insert(Agent, staff_id=staff_id, phone_id=phone.id, **given)
    elif known.presence in ("away", "available"):
        work.run(_of(staff_id), presence="available", since=work.now, phone_id=phone.id)
    work.audit(f"staff:{staff_id}", "agent.available", staff_id)
    ring_agents(work)


def go_away(work: Work, staff_id: str) -> None:
    """An agent leaves; with a caller on the line that waits until the call is wrapped up.

    Whoever answered just now may be joined still, so that their leg stays known.
    """
    _alone(work)
    there = _of(staff_id).where(col(Agent.presence).in_(("available", "ringing")))
    work.run(there, presence="away", since=work.now, ring_id=None)
    work.audit(f"staff:{staff_id}", "agent.away", staff_id)
    ring_agents(work)


def send_away(work: Work, staff_id: str, by: str) -> bool:
    """Somebody else sends an agent away who forgot to leave; False where they have a caller, or are away.

    A call that they did not wrap up is still theirs to note.
    """
    _alone(work)
    there = _of(staff_id).where(col(Agent.presence).in_(("available", "ringing", "wrapping_up")))
    if not work.run(there, call_sid=None, **_absent(work)):
        return False
    work.audit(by, "agent.sent_away", staff_id)
    ring_agents(work)
    return True


def ring_agents(work: Work) -> None:
    """Rings as many free agents, those free longest first, as callers wait; with none waiting, owed calls are made."""
    _alone(work)
    waiting = work.count(select(func.count()).where(col(Call.state) == "waiting"))
    ringing = work.count(select(func.count()).where(col(Agent.presence) == "ringing"))
    free = select(_AGENT).where(col(Agent.presence) == "available").order_by(col(Agent.since))
    spare = work.rows(free)
    wanted = max(waiting - ringing, 0)
    for agent in spare[:wanted]:
        _ring(work, agent)
    if spare and not waiting:
        _release_call_back(work, len(spare))


def answer_ring(work: Work, ring_id: str, leg_sid: str) -> str | None:
    """An agent's telephone was answered: the agent's id, or None where nobody is rung by it any more."""
    _alone(work)
    mine = select(col(Agent.staff_id)).where(col(Agent.ring_id) == ring_id, col(Agent.presence) == "ringing")
    agent = work.row(mine)
    if agent is None:
        return None
    work.run(_of(agent.staff_id), leg_sid=leg_sid)
    return str(agent.staff_id)


def connect(work: Work, leg_sid: str, call_sid: str) -> bool:
    """The carrier joins the caller with the agent whose leg this is; False where that is no agent's.

    The carrier has the last word, also where the caller keyed at this moment that they would rather be called back.
    """
    call = work.row(_HOLD, call_sid=call_sid)  # before the desk, like whoever ends a call
    _alone(work)
    agent = work.row(select(col(Agent.staff_id)).where(col(Agent.leg_sid) == leg_sid))
    if agent is None:
        return False
    now = {"state": "connected", "connected_at": work.now, "agent_id": agent.staff_id, "leg_sid": leg_sid}
    now["wrapped_at"] = None  # what this agent did in it is to be noted, too
    if work.run(update(Call).where(col(Call.sid) == call_sid, col(Call.state).in_(("waiting", "talking"))), **now):
        # Whoever spoke with them before, and wraps up still, has no more to say of this call.
        before = _MINE.where(col(Agent.call_sid) == call_sid, col(Agent.staff_id) != agent.staff_id)
        work.run(before, call_sid=None)
        work.run(_of(agent.staff_id), presence="connected", since=work.now, call_sid=call_sid)
        begin_recording(work, leg_sid, call_sid)
        overtake_call_back(work, call.phone_id, agent=True)
        work.audit(f"staff:{agent.staff_id}", "call.connected", call_sid)
    return True


def release(work: Work, leg_sid: str) -> None:
    """An agent's leg is over: the call is to be wrapped up, or the agent, whom no caller waited for, is free."""
    _alone(work)
    mine = _MINE.where(col(Agent.leg_sid) == leg_sid)
    with_caller = work.run(mine.where(col(Agent.presence) == "connected"), presence="wrapping_up", since=work.now)
    if not with_caller:
        work.run(mine.where(col(Agent.presence) == "ringing"), presence="available", since=work.now, ring_id=None)
    work.run(mine, leg_sid=None)
    ring_agents(work)


def caller_gone(work: Work, call_sid: str) -> None:
    """The caller hung up: whoever spoke with them wraps up."""
    _alone(work)
    mine = _MINE.where(col(Agent.call_sid) == call_sid, col(Agent.presence) == "connected")
    work.run(mine, presence="wrapping_up", since=work.now)


def ring_failed(work: Work, ring_id: str) -> None:
    """An agent's telephone did not answer: they are away, and the next is rung."""
    _alone(work)
    mine = _MINE.where(col(Agent.ring_id) == ring_id, col(Agent.presence) == "ringing")
    if work.run(mine.where(col(Agent.leg_sid).is_(None)), **_absent(work)):
        work.audit("machine", "agent.unreached", ring_id)
    ring_agents(work)


def wrap_up(work: Work, staff_id: str, *, stay: bool) -> None:
    """The call is noted: the agent is free for the next one, or leaves."""
    _alone(work)
    presence = "available" if stay else "away"
    mine = _of(staff_id).where(col(Agent.presence).in_(("wrapping_up", "connected")))
    work.run(mine, presence=presence, since=work.now, call_sid=None, ring_id=None, leg_sid=None)
    ring_agents(work)


def anybody_there(work: Work) -> bool:
    """Whether an agent is at the desk, free or busy."""
    there = select(col(Agent.staff_id)).where(col(Agent.presence) != "away").limit(1)
    return work.row(there) is not None


def give_up_rings(work: Work) -> int:
    """Takes those for away whose telephone was rung long ago and of whom nothing was heard; how many."""
    unanswered = col(Agent.leg_sid).is_(None) & (col(Agent.since) < work.now - RING_FOR)
    alone = col(Agent.since) < work.now - ALONE_FOR
    overdue = (col(Agent.presence) == "ringing") & (unanswered | alone)
    if work.row(select(col(Agent.staff_id)).where(overdue).limit(1)) is None:
        return 0
    _alone(work)
    lost = work.run(_MINE.where(overdue), **_absent(work))
    ring_agents(work)
    return lost


def _alone(work: Work) -> None:
    """Nobody else changes who is at the desk until this work ends.

    A telephone's lock and a call's row are taken before, never after; a row of the outbox that somebody holds is left.
    """
    work.lock(_DESK)


def _ring(work: Work, agent: Row[Any]) -> None:
    phone = phone_by_id(work, agent.phone_id)
    ring_id = owe_call(work, phone, RING, in_force(work).regime.default_language, {}, work.now)
    work.run(_of(agent.staff_id), presence="ringing", since=work.now, ring_id=ring_id, leg_sid=None)


def _calls_back_on_their_way(work: Work) -> int:
    """How many were freed for an agent and have not come to the line or to nothing yet: one for each who is free."""
    rung = (col(OutboxMessage.state) == "sent") & (col(OutboxMessage.sent_at) > work.now - RING_FOR)
    freed = (col(OutboxMessage.state) == "created") & (col(OutboxMessage.due_at) <= work.now)
    under_way = or_(rung, freed, col(OutboxMessage.state) == "sending")
    lately = col(OutboxMessage.id) >= first_id(work.now - HELD_FOR)
    return work.count(select(func.count()).where(lately, col(OutboxMessage.template) == CALL_BACK, under_way))


def _release_call_back(work: Work, free: int) -> None:
    """The call back that waits longest for an agent is made now, where one of the `free` is not expected elsewhere."""
    held = (col(OutboxMessage.template) == CALL_BACK) & (col(OutboxMessage.state) == "created")
    mine = held & col(OutboxMessage.due_at).is_(None)
    longest = select(col(OutboxMessage.id)).where(mine).order_by(col(OutboxMessage.id)).limit(1)
    row = work.row(longest.with_for_update(skip_locked=True))
    if row and _calls_back_on_their_way(work) < free:
        work.run(update(OutboxMessage).where(col(OutboxMessage.id) == row.id), due_at=work.now)
        work.ring(DELIVER, row.id)


def _agent(work: Work, staff_id: str) -> Row[Any] | None:
    found: Row[Any] | None = work.row(select(_AGENT).where(col(Agent.staff_id) == staff_id))
    return found


def _of(staff_id: str) -> Any:
    return _MINE.where(col(Agent.staff_id) == staff_id)


def _absent(work: Work) -> dict[str, Any]:
    return {"presence": "away", "since": work.now, "ring_id": None, "leg_sid": None}
