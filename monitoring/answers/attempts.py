"""Answers as rows while they are read: which is due, who may take it, what came of it.

Whoever claims a check raises its count of attempts; later only that attempt may change it. What was drawn anew counts
once the rows say so; until then it is a blob that nobody knows the key of.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, func, select, update

from monitoring.answers.again import ask_again, may_be_asked_again
from monitoring.answers.concluding import Answer, AnswerRead, conclude
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.checks.settling import settle
from monitoring.photo_ends import end_photos
from monitoring.photos.keeping import sealed_hash
from monitoring.photos.showing import ShownPhoto, shown, template_in
from monitoring.readings import Look
from store import Work
from store.audit import WORKER
from store.checks import Photo, PresenceCheck
from store.columns import table

LEASE: Final = timedelta(minutes=2)
"""Longer than reading one takes."""
SOONEST, LATEST = timedelta(seconds=10), timedelta(minutes=10)
"""Bounds of the wait before another attempt; in between it is half of the time since the answer came."""
GIVE_UP: Final = timedelta(hours=1)
"""If it can't be read by then, a person asks the patient."""
_PHOTO, _CHECK = table(Photo), table(PresenceCheck)


@dataclass(frozen=True, slots=True)
class Sent:
    """One photo to read, the blob that it will be drawn into, and what an earlier attempt left."""

    photo: ShownPhoto
    begun_blob: str
    left: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at an answer."""

    check: Row[Any]
    case: WatchedCase
    photos: tuple[Sent, ...]
    given: Answer
    """All but what the photos show."""


def due_answers(work: Work, before: datetime, most: int) -> list[str]:
    """Answered checks that should have been read before then, the oldest first."""
    due = select(_CHECK.c.id).where(_CHECK.c.state == "answered", _CHECK.c.due_at <= before)
    return [row.id for row in work.rows(due.order_by(_CHECK.c.due_at).limit(most))]


def claim(work: Work, check_id: str) -> Attempt | None:
    """What to read; None where the check is not due, or another is at it."""
    mine = update(_CHECK).where(_CHECK.c.id == check_id, _CHECK.c.state == "answered", _CHECK.c.due_at <= work.now)
    row = work.row(mine.values(due_at=work.now + LEASE, attempts=_CHECK.c.attempts + 1).returning(_CHECK))
    case = held_case(work, row.case_id) if row else None
    if case is None or case.key is None:
        return None
    rows = work.rows(_of_check(check_id))
    sent = tuple(Sent(shown(work, case, one), work.new_id(), one.begun_blob) for one in rows)
    for one in sent:
        work.run(update(_PHOTO).where(_PHOTO.c.id == one.photo.id).values(begun_blob=one.begun_blob))
    return Attempt(row, case, sent, _given(work, case, row))


def _of_check(check_id: str) -> Any:
    return select(_PHOTO).where(_PHOTO.c.check_id == check_id, _PHOTO.c.state == "waiting").order_by(_PHOTO.c.step)


def _given(work: Work, case: WatchedCase, row: Row[Any]) -> Answer:
    return Answer(
        tuple(json.loads(row.challenge or "[]")),
        (),
        template_in(work, case),
        _earlier(work, case, row.id),
        row.position_kind,
    )


def _earlier(work: Work, case: WatchedCase, check_id: str) -> list[int]:
    """The hashes of what this patient sent before, of photos that are long destroyed too."""
    assert case.key is not None
    others = select(_PHOTO.c.id, _PHOTO.c.likeness_hash_sealed).where(
        _PHOTO.c.case_id == case.id,
        _PHOTO.c.likeness_hash_sealed.is_not(None),
        func.coalesce(_PHOTO.c.check_id, "") != check_id,
    )
    places = [(f"photo.likeness_hash.{row.id}", row.likeness_hash_sealed) for row in work.rows(others)]
    return [int.from_bytes(case.key.open_bytes(place, sealed)) for place, sealed in places]


def answer_read(work: Work, attempt: Attempt, looks: Sequence[Look], read: AnswerRead) -> bool:
    """The photos were read and drawn anew, each into its blob; those of an earlier try and the check end.

    Whether it was this attempt's to end.
    """
    if not _still_mine(work, attempt):
        return False
    end_photos(work, WORKER, _PHOTO.c.check_id == attempt.check.id, _PHOTO.c.state == "read")
    for sent, look in zip(attempt.photos, looks, strict=True):
        _photo_read(work, attempt.case, sent, look)
    return _settled(work, attempt, read)


def unreadable(work: Work, attempt: Attempt, why: str) -> bool:
    """The photos can't be read, for no fault of the patient's: a person asks. Whether it was this attempt's to end."""
    if not _still_mine(work, attempt):
        return False
    position = attempt.given.position
    return _settled(work, attempt, AnswerRead(None, "no_face", position, (("unclear", why),)))


def put_off(work: Work, attempt: Attempt) -> None:
    """Another time: it was this machine's fault."""
    since = attempt.check.answered_at or work.now
    wait = min(max((work.now - since) / 2, SOONEST), LATEST)
    work.run(_mine(attempt).values(due_at=work.now + wait))


def concluded(attempt: Attempt, looks: Sequence[Look]) -> AnswerRead:
    """What the photos of an attempt come to."""
    return conclude(replace(attempt.given, looks=tuple(looks)))


def _settled(work: Work, attempt: Attempt, read: AnswerRead) -> bool:
    assert attempt.case.key is not None
    state, outcome = read.outcome
    sealed = attempt.case.key.seal(f"presence_check.reading.{attempt.check.id}", read.written())
    if may_be_asked_again(work, attempt.check, read):
        ask_again(work, attempt.case, attempt.check, read, sealed)
        return True
    return settle(work, attempt.check, state, outcome, by=WORKER, reading_sealed=sealed)


def _photo_read(work: Work, case: WatchedCase, sent: Sent, look: Look) -> None:
    """What could not be opened is gone; of the rest only what we drew remains."""
    mine = update(_PHOTO).where(_PHOTO.c.id == sent.photo.id, _PHOTO.c.state == "waiting")
    done = {"begun_blob": None, "doomed_blob": sent.photo.blob, "due_at": work.now}
    if look.drawn:
        hashed = sealed_hash(case, sent.photo.id, look.hash)
        work.run(mine.values(state="read", blob=sent.begun_blob, likeness_hash_sealed=hashed, **done))
        work.audit(WORKER, "photo.read", sent.photo.id)
    else:
        work.run(mine.values(state="refused", blob=None, data_key=None, epoch=None, **done))
        work.audit(WORKER, "photo.refused", sent.photo.id)


def _still_mine(work: Work, attempt: Attempt) -> bool:
    return work.run(_mine(attempt).values(attempts=_CHECK.c.attempts)) > 0


def _mine(attempt: Attempt) -> Any:
    same = _CHECK.c.id == attempt.check.id, _CHECK.c.attempts == attempt.check.attempts
    return update(_CHECK).where(*same, _CHECK.c.state == "answered")
