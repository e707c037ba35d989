"""A patient begins to answer on their page: what is asked of them, under one nonce for this browser and this time.

The order of the poses is drawn at the first beginning and stays until the answer is read; the nonce is new each time,
so that one window answers and no other. Photos that came stay: who loads the page again goes on where they were.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, update
from sqlmodel import col

from monitoring.challenges import new_challenge, shots
from monitoring.checks.settling import held_check
from monitoring.checks.waiting import is_awaited
from monitoring.photos.showing import steps_received
from store import Work
from store.checks import PresenceCheck
from store.tokens import new_token, token_hash

NONCE_FOR: Final = timedelta(minutes=15)
"""How long photos and position may take from the beginning; who is slower begins again and keeps what came."""


class Unanswerable(StrEnum):
    """Why a check can't be answered on the page now."""

    NOT_AWAITED = "not_awaited"  # answered, over, never asked, or the case is over or paused
    ELSEWHERE = "elsewhere"  # begun in another window or browser since
    TOO_SLOW = "too_slow"  # the nonce is too old


@dataclass(frozen=True, slots=True)
class Begun:
    """What a page session is to do."""

    nonce: str
    poses: tuple[str, ...]
    """Of each photo, by its step."""
    received: frozenset[int]
    """Steps of which a photo is there."""
    until: datetime
    """When the nonce ends."""


def begin(work: Work, check_id: str, device_id: str, by: str) -> Begun | Unanswerable:
    """Begins, or goes on, in this browser; whatever window had begun before answers no more."""
    check = _awaited(work, check_id)
    if check is None:
        return Unanswerable.NOT_AWAITED
    challenge = tuple(json.loads(check.challenge)) if check.challenge else new_challenge(work)
    nonce = new_token()
    changed = {"challenge": json.dumps(challenge), "nonce_hash": _bound(nonce, device_id), "begun_at": work.now}
    work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check_id), **changed)
    work.audit(by, "check.begun", check_id, {"case": check.case_id, "tries": check.tries or 0})
    received = steps_received(work, check_id)
    return Begun(nonce, shots(challenge), received, work.now + NONCE_FOR)


def hindered(work: Work, check_id: str, device_id: str, nonce: str) -> Unanswerable | None:
    """Why what comes with this nonce is not taken; None where it is. The case is held."""
    check = _awaited(work, check_id)
    if check is None:
        return Unanswerable.NOT_AWAITED
    if check.nonce_hash is None or check.nonce_hash != _bound(nonce, device_id):
        return Unanswerable.ELSEWHERE
    if check.begun_at is None or work.now >= check.begun_at + NONCE_FOR:
        return Unanswerable.TOO_SLOW
    return None


def _awaited(work: Work, check_id: str) -> Row[Any] | None:
    held = held_check(work, check_id)
    if held is None or held[1].means != "link" or not held[0].is_watched(work.now):
        return None
    return held[1] if is_awaited(work, held[1]) else None


def _bound(nonce: str, device_id: str) -> bytes:
    """What is kept of a nonce: it opens nothing for another browser."""
    return token_hash(f"{nonce}:{device_id}")
