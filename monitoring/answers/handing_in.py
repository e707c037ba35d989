"""The patient has done all that was asked: the answer is handed in, and waits to be read."""

import json
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import col

from monitoring.challenges import shots
from monitoring.checks.settling import held_check
from monitoring.checks.waiting import is_awaited
from monitoring.photos.showing import steps_received
from store import Work
from store.checks import PresenceCheck
from store.jobs import READ_ANSWER


class HandedIn(StrEnum):
    """What came of it."""

    TAKEN = "taken"
    INCOMPLETE = "incomplete"  # photos are missing: `monitoring.photos.showing.steps_received` says which came
    LATE = "late"  # nobody waits for it any more: see `monitoring.checks.waiting`


@dataclass(frozen=True, slots=True)
class Position:
    """What came of the position, never the position: see `store.checks.PresenceCheck.position_kind`."""

    kind: str
    distance_band: str | None = None
    radius_band: str | None = None


def hand_in(work: Work, check_id: str, position: Position, by: str) -> HandedIn:
    """Takes an answer as it is: from now on it waits for the worker. `by` answers, as in the audit.

    Handed in again it is taken again, and nothing else happens.
    """
    held = held_check(work, check_id)
    if held is None:
        return HandedIn.LATE
    case, row = held
    if row.state == "answered":
        return HandedIn.TAKEN
    if not is_awaited(work, row):
        return HandedIn.LATE
    wanted = len(shots(json.loads(row.challenge or "[]")))
    if steps_received(work, check_id) != frozenset(range(wanted)):
        return HandedIn.INCOMPLETE
    said = {"position_kind": position.kind, "distance_band": position.distance_band}
    answered = {"state": "answered", "answered_at": work.now, "due_at": work.now, "nonce_hash": None}
    changed = update(PresenceCheck).where(col(PresenceCheck.id) == check_id)
    work.run(changed, **said, radius_band=position.radius_band, **answered)
    work.audit(by, "check.answered", check_id, {"case": case.id, "position": position.kind})
    work.ring(READ_ANSWER, check_id)
    return HandedIn.TAKEN
