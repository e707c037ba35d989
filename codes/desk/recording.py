"""Recordings of calls with agents, as the desk and its reviewers see them: pause one, list them, listen to one."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlmodel import col

from codes.looking import note_look
from codes.regimes import in_force
from store import DataKey, Work
from store.blobs import BlobStore
from store.calls import Call, RecordedLeg, Recording
from store.columns import table
from store.jobs import HOLD_RECORDING
from store.keyring import Tampered
from store.sealing import PART, SEALED_PART, opened, plain_size

ANNOUNCED_WITHIN = timedelta(minutes=2)
"""After that a recording that nobody announced is asked for."""
_CALL, _RECORDING, _LEG = table(Call), table(Recording), table(RecordedLeg)
_BY_LEG = select(_LEG.c.call_sid).where(_LEG.c.leg_sid == bindparam("leg_sid"))
_BY_CALL = select(_RECORDING).where(_RECORDING.c.call_sid == bindparam("call_sid")).order_by(_RECORDING.c.announced_at)
_WITH_CALL = (
    select(_RECORDING, _CALL.c.person_id)
    .outerjoin(_CALL, _CALL.c.sid == _RECORDING.c.call_sid)
    .where(_RECORDING.c.sid == bindparam("recording_sid"))
)


@dataclass(frozen=True, slots=True)
class Pausing:
    """Whether a call's recording is to be paused, whether it is, and since when the carrier does not do as wanted."""

    wanted: bool
    paused: bool
    failed_at: datetime | None


class Stage(StrEnum):
    """How far a recording has come."""

    ANNOUNCED = "announced"
    KEPT = "kept"  # by us, and still by the carrier
    WITHDRAWN = "withdrawn"  # by us alone
    DESTROYED = "destroyed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ListedRecording:
    """A recording; nothing of what was said."""

    sid: str
    call_sid: str | None
    stage: Stage
    announced_at: datetime
    seconds: int | None
    destroy_at: datetime | None
    lost: str | None
    """One of `store.calls.LOSSES`."""


class Unplayable(StrEnum):
    """Why a recording can't be heard."""

    UNKNOWN = "unknown"
    NOT_KEPT = "not_kept"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class Sound:
    """What is needed to hear a recording; see `play`."""

    sid: str
    blob: str
    key: DataKey
    sha256: bytes
    seconds: int | None


def begin_recording(work: Work, leg_sid: str, call_sid: str) -> None:
    """An agent's leg was joined with a caller: from now on it is recorded, with sound."""
    sound = {"pause_wanted": False, "paused": False, "pause_since": None, "pause_due_at": None, "pause_failed_at": None}
    work.run(update(Call).where(col(Call.sid) == call_sid), **sound)
    if work.row(_BY_LEG, leg_sid=leg_sid) is None:
        given = {"connected_at": work.now, "due_at": work.now + ANNOUNCED_WITHIN}
        work.insert(RecordedLeg, leg_sid=leg_sid, call_sid=call_sid, **given)


def want_pause(work: Work, call_sid: str, *, paused: bool, by: str) -> Pausing | None:
    """Has a connected call's recording paused, or go on; None where the call is not connected.

    The carrier is told by a job. Read `pausing` to see whether it did.
    """
    connected = update(_CALL).where(_CALL.c.sid == call_sid, _CALL.c.state == "connected")
    changed = connected.where(_CALL.c.pause_wanted.is_(not paused))
    due_at = func.coalesce(_CALL.c.pause_due_at, work.now)
    since = work.now if paused else None
    if work.run(changed.values(pause_wanted=paused, pause_due_at=due_at, pause_since=since)):
        work.audit(by, "recording.pause_wanted" if paused else "recording.sound_wanted", call_sid)
        work.ring(HOLD_RECORDING, call_sid)
    return pausing(work, call_sid)


def pausing(work: Work, call_sid: str) -> Pausing | None:
    """What is wanted of a connected call's recording, and what is; None where the call is not connected."""
    columns = (_CALL.c.pause_wanted, _CALL.c.paused, _CALL.c.pause_failed_at)
    row = work.row(select(*columns).where(_CALL.c.sid == call_sid, _CALL.c.state == "connected"))
    return Pausing(row.pause_wanted, row.paused, row.pause_failed_at) if row else None


def recordings_of(work: Work, call_sid: str) -> list[ListedRecording]:
    """The recordings of a call: one for each agent it was connected with."""
    return [listed(row) for row in work.rows(_BY_CALL, call_sid=call_sid)]


def listed(row: Row[Any]) -> ListedRecording:
    """A row of `Recording` as a value."""
    given = (row.announced_at, row.seconds, row.destroy_at, row.lost)
    return ListedRecording(row.sid, row.call_sid, _stage(row), *given)


def _stage(row: Row[Any]) -> Stage:
    if row.lost is not None:
        return Stage.LOST
    if row.destroyed_at is not None:
        return Stage.DESTROYED
    if row.kept_at is None:
        return Stage.ANNOUNCED
    return Stage.KEPT if row.withdrawn_at is None else Stage.WITHDRAWN


def listen(work: Work, recording_sid: str, by: str, why: str) -> Sound | Unplayable:
    """`by` is about to hear a recording, which is noted; the person whose call it was is told how often, too."""
    row = work.row(_WITH_CALL, recording_sid=recording_sid)
    sound = _sound(work, row)
    if isinstance(sound, Sound):
        work.audit(by, "recording.listened", row.sid, {"why": why, "call": row.call_sid})
        if row.person_id is not None:
            note_look(work, row.person_id, by, why, "recording")
    return sound


def go_on_listening(work: Work, recording_sid: str) -> Sound | Unplayable:
    """As `listen`, for the next piece of what somebody has begun to hear; noted was that they began."""
    return _sound(work, work.row(_WITH_CALL, recording_sid=recording_sid))


def _sound(work: Work, row: Row[Any] | None) -> Sound | Unplayable:
    if row is None:
        return Unplayable.UNKNOWN
    if row.destroyed_at is not None or (row.destroy_at is not None and row.destroy_at <= work.now):
        return Unplayable.DESTROYED
    if row.kept_at is None or row.data_key is None:
        return Unplayable.NOT_KEPT
    return Sound(row.sid, row.blob, work.keys.unwrap(row.data_key, row.epoch), row.sha256, row.seconds)


def play(blobs: BlobStore, sound: Sound) -> Iterator[bytes]:
    """The WAV, piece by piece. Raises NoBlob at once, and Tampered in the middle where it meets what was changed."""
    return _checked(opened(sound.key, sound_place(sound.sid), blobs.get(sound.blob)), sound)


def sound_size(blobs: BlobStore, sound: Sound) -> int:
    """Bytes of the WAV; raises NoBlob."""
    return plain_size(blobs.size(sound.blob))


def play_some(blobs: BlobStore, sound: Sound, start: int, length: int) -> bytes:
    """`length` bytes of the WAV from `start` on, fewer at its end; opens no more than these. As `play` it raises."""
    first = start // PART
    pieces, found = opened(sound.key, sound_place(sound.sid), blobs.get(sound.blob, first * SEALED_PART), first), b""
    skipped = start - first * PART
    for piece in pieces:
        found += piece
        if len(found) >= skipped + length:
            break
    return found[skipped : skipped + length]


def _checked(pieces: Iterator[bytes], sound: Sound) -> Iterator[bytes]:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
        yield piece
    if found.digest() != sound.sha256:
        raise Tampered(sound_place(sound.sid))


def sound_place(recording_sid: str) -> str:
    """What a recording's sound is sealed for."""
    return f"recording.sound.{recording_sid}"


def call_of_leg(work: Work, leg_sid: str) -> str | None:
    """The call that an agent's leg was joined with; None while that is not known."""
    row = work.row(_BY_LEG, leg_sid=leg_sid)
    return row.call_sid if row else None


def destruction(work: Work, call_sid: str) -> datetime:
    """When the recordings of a call are to be destroyed: so long after its end as the order of that day says."""
    call = work.row(select(_CALL.c.began_at, _CALL.c.ended_at).where(_CALL.c.sid == call_sid))
    return (call.ended_at or work.now) + timedelta(days=in_force(work, call.began_at).regime.retention_days)
