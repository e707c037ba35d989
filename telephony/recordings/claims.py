"""Recordings as rows: which step is next, who may take it, and what came of it. Nothing here leaves the database.

Whoever claims a row raises its count of attempts; later only that attempt may change it. What was fetched counts once
the row and the audit say so; until then it is a blob that nobody has the key of, and the next attempt deletes it. What
is to be destroyed loses its key first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

import structlog
from sqlalchemy import Row, bindparam, case, select, update

from codes.desk.recording import call_of_leg, destruction
from store import Work
from store.audit import WORKER
from store.calls import Call, Recording
from store.columns import table
from store.keyring import NewKey
from telephony.recordings.recorder import FETCH_WITHIN_S, Failed, Fetched, Missing, TooLong

LEASE = timedelta(seconds=FETCH_WITHIN_S + 60)
"""Longer than fetching takes, and deleting at the carrier after it."""
SOONEST, LATEST = timedelta(seconds=5), timedelta(hours=3)
"""Bounds of the wait before another attempt; in between it is half of the time since the first."""
GIVE_UP = timedelta(days=3)
CALL_KNOWN_WITHIN = timedelta(days=1)
"""Who acts, in the audit."""
_log = structlog.get_logger("recordings")

_CALL, _ROW = table(Call), table(Recording)
_ONE = update(_ROW).where(_ROW.c.sid == bindparam("recording_sid"))
_CLAIM = (
    _ONE.where(_ROW.c.due_at <= bindparam("now"))
    .values(due_at=bindparam("until"), attempts=_ROW.c.attempts + 1)
    .returning(_ROW)
)
_MINE = _ONE.where(_ROW.c.attempts == bindparam("attempt"))
_DUE = select(_ROW.c.sid).where(_ROW.c.due_at <= bindparam("before")).order_by(_ROW.c.due_at)
_AT_ITS_END = case((_ROW.c.destroyed_at.is_(None), _ROW.c.destroy_at))
"""As `due_at`: nothing is left to do but to destroy it."""


class Step(Enum):
    """What is to be done outside the database."""

    FETCH = auto()
    WITHDRAW = auto()
    DESTROY = auto()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a step."""

    sid: str
    number: int
    step: Step
    since: datetime
    """Since when the step is tried."""
    blob: str = ""
    """The name for what is fetched."""
    doomed: tuple[str, ...] = ()
    """Blobs to delete first."""


def due(work: Work, before: datetime, most: int) -> list[str]:
    """Recordings that should have been worked on before then, the oldest first."""
    return [row.sid for row in work.rows(_DUE.limit(most), before=before)]


def claim(work: Work, sid: str) -> Attempt | None:
    """What to do with a recording; None where it is not due, another is at it, or nothing is left to do outside."""
    row = work.row(_CLAIM, recording_sid=sid, now=work.now, until=work.now + LEASE)
    if row is None:
        return None
    if row.destroyed_at is None and row.destroy_at is not None and row.destroy_at <= work.now:
        return _wipe(work, row)
    if row.destroyed_at is None and row.call_sid is None and not _join_call(work, row):
        return None
    if row.kept_at is None and row.lost is None:
        blob, left = work.new_id(), (row.begun_blob,) if row.begun_blob else ()
        attempt = Attempt(row.sid, row.attempts, Step.FETCH, row.announced_at, blob, left)
        _change(work, attempt, begun_blob=blob)
        return attempt
    since = row.destroyed_at or row.kept_at
    attempt = Attempt(row.sid, row.attempts, Step.WITHDRAW, since or row.announced_at)
    if row.withdrawn_at is None and since is not None:
        return attempt
    _change(work, attempt, due_at=_AT_ITS_END)
    return None


def _wipe(work: Work, row: Row[Any]) -> Attempt:
    """Takes the key: once that is committed nobody can hear it, whatever becomes of the blob. The note goes with it."""
    doomed = tuple(filter(None, (row.blob, row.begun_blob)))
    attempt = Attempt(row.sid, row.attempts, Step.DESTROY, row.destroy_at, doomed=doomed)
    _change(work, attempt, data_key=None)
    work.run(update(_CALL).where(_CALL.c.sid == row.call_sid).values(note_sealed=None))
    return attempt


def _join_call(work: Work, row: Row[Any]) -> bool:
    """Whether the call of the leg is known by now. A recording of no call of ours is left to whose it is."""
    attempt = Attempt(row.sid, row.attempts, Step.FETCH, row.announced_at)
    call_sid = call_of_leg(work, row.leg_sid)
    if call_sid is not None:
        return _change(work, attempt, call_sid=call_sid, destroy_at=destruction(work, call_sid))
    if work.now - row.announced_at <= CALL_KNOWN_WITHIN:
        put_off(work, attempt)
    elif row.lost is None:
        _lose(work, attempt, "unknown")
    else:
        _change(work, attempt, due_at=None)
    return False


def fetched(
    work: Work, attempt: Attempt, outcome: Fetched | Missing | TooLong | Failed, key: NewKey, sha256: bytes
) -> bool:
    """Records what came of a fetch; whether the sound is kept by it."""
    given_up = work.now - attempt.since > GIVE_UP
    match outcome:
        case Fetched():
            return _kept(work, attempt, key, sha256)
        case TooLong():
            _lose(work, attempt, "too_long")
        case Missing() if given_up:
            _lose(work, attempt, "gone")
        case Failed() if given_up:
            _lose(work, attempt, "unreached")
        case Missing():
            put_off(work, attempt, 404)
        case Failed(code):
            put_off(work, attempt, code)
    return False


def _kept(work: Work, attempt: Attempt, key: NewKey, sha256: bytes) -> bool:
    row = work.row(select(_ROW.c.call_sid, _ROW.c.seconds).where(_ROW.c.sid == attempt.sid))
    sealed = {"blob": attempt.blob, "sha256": sha256, "data_key": key.wrapped, "epoch": key.epoch, "begun_blob": None}
    if not _change(work, attempt, **sealed, kept_at=work.now, destroy_at=destruction(work, row.call_sid)):
        return False
    details = {"call": row.call_sid, "sha256": sha256.hex(), "seconds": row.seconds}
    work.audit(WORKER, "recording.kept", attempt.sid, details)
    _log.info("recording_kept", sid=attempt.sid, attempt=attempt.number)
    return True


def withdrawn(work: Work, attempt: Attempt) -> None:
    """The carrier has it no longer."""
    if _change(work, attempt, withdrawn_at=work.now, due_at=_AT_ITS_END):
        work.audit(WORKER, "recording.withdrawn", attempt.sid)


def not_withdrawn(work: Work, attempt: Attempt, code: int) -> None:
    """The carrier did not delete it: it is asked again, after some days not before the recording's end."""
    if work.now - attempt.since <= GIVE_UP:
        put_off(work, attempt, code)
    elif _change(work, attempt, due_at=_AT_ITS_END):
        work.audit(WORKER, "recording.left_at_carrier", attempt.sid, {"error": code})
        _log.error("recording_left_at_carrier", sid=attempt.sid, error_code=code)


def destroyed(work: Work, attempt: Attempt) -> None:
    """Its blob is gone, as its key was before. It is due at once, for what the carrier may have of it still."""
    if _change(work, attempt, destroyed_at=work.now, begun_blob=None, due_at=work.now):
        work.audit(WORKER, "recording.destroyed", attempt.sid)
        _log.info("recording_destroyed", sid=attempt.sid)


def put_off(work: Work, attempt: Attempt, code: int | None = None) -> None:
    """Another time."""
    if code is not None:
        _log.warning("recording_put_off", sid=attempt.sid, error_code=code, attempt=attempt.number)
    wait = min(max((work.now - attempt.since) / 2, SOONEST), LATEST)
    _change(work, attempt, due_at=work.now + wait)


def _lose(work: Work, attempt: Attempt, why: str) -> None:
    """For good: the operators' list shows it. At its end it is deleted at the carrier."""
    if _change(work, attempt, lost=why, begun_blob=None, due_at=_AT_ITS_END):
        work.audit(WORKER, "recording.lost", attempt.sid, {"why": why})
        _log.error("recording_lost", sid=attempt.sid, cause=why)


def _change(work: Work, attempt: Attempt, **values: Any) -> bool:
    """Whether the row was still this attempt's to change."""
    return work.run(_MINE.values(**values), recording_sid=attempt.sid, attempt=attempt.number) > 0
