"""Calls that were picked to be listened to again, as somebody else sees them: never one's own, and blind.

Whoever listens sees the call, not whose it was; the agent is named once the verdict is faulty.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from codes.desk.recording import ListedRecording, Stage, recordings_of
from codes.desk.wrapping_up import call_key
from codes.looking import note_look
from codes.passes import PASS, open_face
from codes.people import PERSON, holder
from codes.regime import Regime
from codes.regimes import terms
from store import Work
from store.calls import Call, CallReview, Listening, RecordedLeg
from store.columns import labelled, table
from store.desk import CallLook
from store.passes import Pass
from store.people import Person
from store.staff import Staff

LATELY = timedelta(days=30)
FAULTY = "faulty"
_MOST = 50
_CALL, _REVIEW, _LISTENING, _LOOK = table(Call), table(CallReview), table(Listening), table(CallLook)
_LEG, _PASS, _PERSON, _STAFF = table(RecordedLeg), table(Pass), table(Person), table(Staff)
_LOOKED = (_LOOK.c.call_sid == _CALL.c.sid) & (_LOOK.c.staff_id == bindparam("viewer"))
_TOOK_PART = or_(_CALL.c.agent_id == bindparam("viewer"), select(_LOOK.c.call_sid).where(_LOOKED).exists())
_PICKED = select(_CALL, *labelled(CallReview, "review"), _TOOK_PART.label("took_part")).join(
    _REVIEW, _REVIEW.c.call_sid == _CALL.c.sid
)
_OPEN = _PICKED.where(~_TOOK_PART, _REVIEW.c.reviewed_at.is_(None)).order_by(_REVIEW.c.picked_at, _CALL.c.sid)
_JUDGED = _PICKED.where(~_TOOK_PART, _REVIEW.c.reviewed_at >= bindparam("since")).order_by(_REVIEW.c.reviewed_at.desc())
_ONE = _PICKED.where(_CALL.c.sid == bindparam("call_sid"))
_ISSUED = (
    select(*PASS, *PERSON)
    .join(_PERSON, _PERSON.c.id == _PASS.c.person_id)
    .where(_PASS.c.call_sid == bindparam("call_sid"))
    .order_by(_PASS.c.issued_at)
)
_LEGS_DUE = select(func.count()).where(_LEG.c.call_sid == bindparam("call_sid"), _LEG.c.due_at.is_not(None))
_HEARD = select(func.count()).where(
    _LISTENING.c.call_sid == bindparam("call_sid"), _LISTENING.c.staff_id == bindparam("viewer")
)


class Why(StrEnum):
    """Why somebody may not listen to a call."""

    NOT_PICKED = "not_picked"
    OWN = "own"


class NotReviewable(Exception):
    """Somebody wants to listen to a call of their own, or to one that was not picked."""

    def __init__(self, why: Why, call_sid: str) -> None:
        super().__init__(str(why))
        self.why = why
        self.call_sid = call_sid


@dataclass(frozen=True, slots=True)
class PickedCall:
    """A picked call as it is listed."""

    sid: str
    connected_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reviewed_at: datetime | None
    verdict: str | None
    agents: tuple[str, ...]
    """By name; nobody unless the verdict is faulty."""


@dataclass(frozen=True, slots=True)
class IssuedPass:
    """A pass that was issued in the call, its holder masked."""

    purpose: int
    regime: Regime
    initials: str
    tail: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """What there is to hear of a call."""

    recordings: tuple[ListedRecording, ...]
    awaited: bool
    """Whether a recording may still come."""
    heard: bool
    """Whether the viewer has begun to listen."""
    now: datetime

    @property
    def playable(self) -> tuple[ListedRecording, ...]:
        """Those that can be heard."""
        return tuple(one for one in self.recordings if stage_of(one, self.now) in (Stage.KEPT, Stage.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Review:
    """A picked call, opened."""

    call: PickedCall
    language: str
    proof: str | None
    passes: tuple[IssuedPass, ...]
    hearing: Hearing
    reviewer: str
    """By name; empty before the verdict."""
    note: str


def stage_of(one: ListedRecording, now: datetime) -> Stage:
    """Its stage; one whose time is over is as good as destroyed."""
    over = one.destroy_at is not None and one.destroy_at <= now and one.stage is not Stage.LOST
    return Stage.DESTROYED if over else one.stage


def picked_call(work: Work, staff_id: str, call_sid: str) -> Row[Any]:
    """The row of a picked call in which the viewer had no part; NotReviewable for any other."""
    row: Row[Any] | None = work.row(_ONE, call_sid=call_sid, viewer=staff_id)
    if row is None:
        raise NotReviewable(Why.NOT_PICKED, call_sid)
    if row.took_part:
        raise NotReviewable(Why.OWN, call_sid)
    return row


def open_reviews(work: Work, staff_id: str) -> list[PickedCall]:
    """The calls that wait to be heard by this viewer, the oldest first."""
    return [_picked(work, row) for row in work.rows(_OPEN.limit(_MOST), viewer=staff_id)]


def judged_calls(work: Work, staff_id: str) -> list[PickedCall]:
    """What was judged lately, the newest first."""
    since = work.now - LATELY
    return [_picked(work, row) for row in work.rows(_JUDGED.limit(_MOST), viewer=staff_id, since=since)]


def open_review(work: Work, staff_id: str, call_sid: str, *, again: bool = False) -> Review:
    """A picked call with what was issued in it; that the viewer saw whose is noted, unless they see it on.

    Raises NotReviewable.
    """
    row = picked_call(work, staff_id, call_sid)
    issued = work.rows(_ISSUED, call_sid=call_sid)
    for person_id in sorted({one.person_id for one in issued}) if not again else ():
        note_look(work, person_id, f"staff:{staff_id}", "review", "review")
    key = call_key(work, row) if row.review_note_sealed else None
    return Review(
        _picked(work, row),
        row.language,
        row.proof,
        tuple(_issued(work, one) for one in issued),
        hearing_of(work, staff_id, call_sid),
        next(iter(_names(work, [row.review_reviewer_id])), ""),
        key.open(note_place(call_sid), row.review_note_sealed) if key else "",
    )


def hearing_of(work: Work, staff_id: str, call_sid: str) -> Hearing:
    """What there is to hear, and whether the viewer did."""
    recordings = tuple(recordings_of(work, call_sid))
    sought = int(work.row(_LEGS_DUE, call_sid=call_sid)[0]) > 0
    awaited = sought or any(one.stage is Stage.ANNOUNCED for one in recordings)
    heard = int(work.row(_HEARD, call_sid=call_sid, viewer=staff_id)[0]) > 0
    return Hearing(recordings, awaited, heard, work.now)


def note_place(call_sid: str) -> str:
    """What a reviewer's note is sealed for."""
    return f"call_review.note.{call_sid}"


def _picked(work: Work, row: Row[Any]) -> PickedCall:
    agents: tuple[str, ...] = ()
    if row.review_verdict == FAULTY:
        looked = work.rows(select(_LOOK.c.staff_id).where(_LOOK.c.call_sid == row.sid).distinct())
        agents = _names(work, [row.agent_id, *(one.staff_id for one in looked)])
    moments = (row.connected_at, row.ended_at)
    return PickedCall(row.sid, *moments, row.outcome, row.review_reviewed_at, row.review_verdict, agents)


def _names(work: Work, staff_ids: list[str | None]) -> tuple[str, ...]:
    known = [one for one in staff_ids if one]
    rows = work.rows(select(_STAFF.c.name).where(_STAFF.c.id.in_(known)).order_by(_STAFF.c.name)) if known else ()
    return tuple(row.name for row in rows)


def _issued(work: Work, row: Row[Any]) -> IssuedPass:
    face = open_face(holder(work, row).key, row.pass_id, row.pass_face_sealed)
    return IssuedPass(row.pass_purpose, terms(work, row.pass_regime_version).regime, face.initials, face.tail)
