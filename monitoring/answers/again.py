"""Photos that were too poor to tell are asked for once more, while there is time: nobody fails for a poor photo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.answers.concluding import AnswerRead, ShotRead, reading_of
from monitoring.cases.watched import WatchedCase, telephone_of
from monitoring.challenges import POSES, has_blinked, is_turned
from monitoring.checks.ladder import next_rung
from store import Work
from store.audit import WORKER
from store.checks import PresenceCheck
from store.outbox import send

MOST_TRIES: Final = 3
"""Answers to one check; after the last a person looks, whatever the photos are like."""
LEAST_LEFT: Final = timedelta(minutes=3)
"""So much of the window has to be left for another try."""
POOR: Final = ("quality", "challenge")
"""Outcomes that another try may mend."""


@dataclass(frozen=True, slots=True)
class Poor:
    """What was too poor in the last try."""

    findings: tuple[str, ...]
    """Of `monitoring.readings.Finding`, of the photo that looks into the camera."""
    poses: tuple[str, ...]
    """Poses that could not be seen."""


def may_be_asked_again(work: Work, check: Row[Any], read: AnswerRead) -> bool:
    """Whether another try is worth it and possible; the check was just read."""
    in_time = check.window_ends_at is not None and work.now + LEAST_LEFT <= check.window_ends_at
    return read.outcome[1] in POOR and (check.tries or 0) + 1 < MOST_TRIES and in_time


def ask_again(work: Work, case: WatchedCase, check: Row[Any], read: AnswerRead, reading_sealed: bytes) -> None:
    """The check waits for new photos, in another order. What came stays until new ones take its place.

    The patient sees on the page what to change, and is texted, since they may have left it.
    """
    waits = {"state": "asked", "challenge": None, "nonce_hash": None, "begun_at": None, "due_at": next_rung(check)}
    said = {"outcome": read.outcome[1], "reading_sealed": reading_sealed, "tries": (check.tries or 0) + 1}
    work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check.id), **waits, **said)
    work.audit(WORKER, "check.asked_again", check.id, {"case": case.id, "outcome": read.outcome[1]})
    until, phone = check.window_ends_at, telephone_of(work, case)
    if phone is not None:
        language = phone.language or in_force(work).regime.default_language
        send(work, phone, "check_retake", language, {"until": until}, asked=True, not_after=until)


def poor_in(case: WatchedCase, check: Row[Any]) -> Poor | None:
    """What a check that is asked again failed for; None where it is not."""
    read = reading_of(case, check)
    if not check.tries or read is None:
        return None
    centre = next((one.findings for one in read.shots if one.pose == "centre"), ())
    return Poor(centre, tuple(pose for pose in POSES if not _is_seen(pose, _of_pose(read, pose))))


def _of_pose(read: AnswerRead, pose: str) -> list[ShotRead]:
    return [one for one in read.shots if one.pose == pose]


def _is_seen(pose: str, shots: Sequence[ShotRead]) -> bool:
    if pose == "blink":
        return has_blinked([one.openness for one in shots])
    if pose == "centre":
        return all(one.yaw is not None for one in shots)
    return all(one.yaw is not None and is_turned(pose, one.yaw) for one in shots)
