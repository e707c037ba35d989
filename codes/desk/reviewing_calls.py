"""Listening to a picked call, and saying what one thinks of it."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from codes.desk.picked_calls import FAULTY, Hearing, NotReviewable, hearing_of, note_place, picked_call
from codes.desk.recording import Sound, Unplayable, go_on_listening, listen
from codes.desk.wrapping_up import call_key
from store import Work
from store.calls import CallReview, Listening
from store.columns import table

LISTENS_FOR = timedelta(hours=1)
"""Longer than nearly every call is; after that one says anew why one listens."""
LONGEST_NOTE = 1000
_LISTENING = table(Listening)
_MINE = select(_LISTENING).where(
    _LISTENING.c.id == bindparam("listening_id"),
    _LISTENING.c.staff_id == bindparam("viewer"),
    _LISTENING.c.begun_at > bindparam("since"),
)


class Verdict(StrEnum):
    """What somebody thinks who listened."""

    FINE = "fine"
    FAULTY = FAULTY
    UNHEARD = "unheard"  # there is nothing to hear, and will not be


class Reason(StrEnum):
    """Why somebody listens."""

    REVIEW = "review"
    AGAIN = "again"  # a passage was not clear


class Judged(StrEnum):
    """What became of a verdict."""

    KEPT = "kept"
    BEFORE = "before"  # somebody else was faster
    NOT_HEARD = "not_heard"  # whoever judges listens first
    TO_BE_HEARD = "to_be_heard"  # there is, or will be, something to hear


def note_refusal(work: Work, staff_id: str, refused: NotReviewable) -> None:
    """One line of the audit."""
    work.audit(f"staff:{staff_id}", "review.refused", refused.call_sid, {"why": str(refused.why)})


def begin_listening(work: Work, staff_id: str, call_sid: str, recording_sid: str, why: Reason) -> str | Unplayable:
    """The viewer is about to hear a recording, which is noted: what opens it for a while. NotReviewable."""
    picked_call(work, staff_id, call_sid)
    if all(one.sid != recording_sid for one in hearing_of(work, staff_id, call_sid).recordings):
        return Unplayable.UNKNOWN
    sound = listen(work, recording_sid, f"staff:{staff_id}", str(why))
    if not isinstance(sound, Sound):
        return sound
    listening_id, given = work.new_id(), {"call_sid": call_sid, "staff_id": staff_id, "why": str(why)}
    work.insert(Listening, id=listening_id, recording_sid=recording_sid, begun_at=work.now, **given)
    return listening_id


def listening(work: Work, staff_id: str, listening_id: str) -> Sound | Unplayable:
    """What the viewer began to hear not long ago; of somebody else's listening nothing is known."""
    row = work.row(_MINE, listening_id=listening_id, viewer=staff_id, since=work.now - LISTENS_FOR)
    return go_on_listening(work, row.recording_sid) if row else Unplayable.UNKNOWN


def judge(work: Work, staff_id: str, call_sid: str, verdict: Verdict, note: str) -> Judged:
    """The verdict of somebody who listened, or who can't since there is nothing to hear. NotReviewable."""
    row = picked_call(work, staff_id, call_sid)
    hindered = _hindered(hearing_of(work, staff_id, call_sid), verdict)
    if hindered:
        return hindered
    key = call_key(work, row)
    sealed = key.seal(note_place(call_sid), note[:LONGEST_NOTE]) if key and note else None
    open_one = update(CallReview).where(col(CallReview.call_sid) == call_sid, col(CallReview.reviewed_at).is_(None))
    given = {"reviewer_id": staff_id, "reviewed_at": work.now, "verdict": str(verdict), "note_sealed": sealed}
    if not work.run(open_one, **given):
        return Judged.BEFORE
    work.audit(f"staff:{staff_id}", "call.reviewed", call_sid, {"verdict": str(verdict)})
    return Judged.KEPT


def _hindered(hearing: Hearing, verdict: Verdict) -> Judged | None:
    if verdict is Verdict.UNHEARD:
        return Judged.TO_BE_HEARD if hearing.playable or hearing.awaited else None
    return None if hearing.heard else Judged.NOT_HEARD
