"""How recordings end, and what should not be so: for operators and checks. Nothing of what was said, no names."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlmodel import col

from codes.desk.recording import ListedRecording, listed
from codes.regimes import history, terms
from store import Work
from store.calls import Call, CallReview, RecordedLeg, Recording
from store.columns import table
from store.ids import first_id
from store.passes import Pass
from store.retention import PAGE

BY_AGENT = "agent"
"""The channel of a pass that an agent issued."""
DESTROYED_WITHIN = timedelta(hours=1)
"""After its time a recording is destroyed in seconds; an hour later something is wrong."""
KEPT_WITHIN = timedelta(hours=1)
LOOKED_BACK = timedelta(days=7)
"""What was lost before that has been seen, or will not be."""
_LISTED = 1000


def recordings(work: Work, *, lost: bool) -> list[ListedRecording]:
    """The recordings, the newest first; `lost`: those that there will never be."""
    wanted = select(table(Recording)).order_by(col(Recording.announced_at).desc()).limit(_LISTED)
    if lost:
        wanted = wanted.where(col(Recording.lost).is_not(None))
    return [listed(row) for row in work.rows(wanted)]


def never_announced(work: Work) -> list[Any]:
    """The legs that there is no recording of and that nobody looks for any more, the newest first."""
    missing = select(table(RecordedLeg)).where(col(RecordedLeg.given_up_at).is_not(None), ~_has_recording())
    return list(work.rows(missing.order_by(col(RecordedLeg.connected_at).desc()).limit(_LISTED)))


def undestroyed(work: Work) -> Iterator[str]:
    """Recordings that are past their time and can still be decrypted."""
    late = col(Recording.destroy_at) < work.now - DESTROYED_WITHIN
    rows = work.rows(select(col(Recording.sid)).where(late, col(Recording.data_key).is_not(None)))
    return (row.sid for row in rows)


def unrecorded(work: Work) -> Iterator[str]:
    """Passes of the last days that an agent issued in a call of which no recording is, or was, kept."""
    kept = select(col(Recording.sid)).where(
        col(Recording.call_sid) == col(Pass.call_sid), col(Recording.kept_at).is_not(None)
    )
    lately = (col(Pass.id) >= first_id(work.now - LOOKED_BACK)) & (col(Pass.issued_at) < work.now - KEPT_WITHIN)
    mine = select(col(Pass.id)).where(lately, col(Pass.channel) == BY_AGENT, ~kept.exists())
    return (row.id for row in work.rows(mine))


def count_lost(work: Work, since: timedelta) -> int:
    """Recordings of the last while that will never be kept: announced ones and ones that never were."""
    lost = select(func.count()).where(col(Recording.lost).is_not(None), col(Recording.announced_at) > work.now - since)
    missing = select(func.count()).where(col(RecordedLeg.given_up_at) > work.now - since, ~_has_recording())
    return work.count(lost) + work.count(missing)


def forget_notes(work: Work) -> int:
    """Wipes a page of notes on calls, of agents whose recording they could not go with, and of reviewers; how many."""
    days = [terms(work, row.id).regime.retention_days for row in history(work)]
    if not days:
        return 0
    old = col(Call.ended_at) < work.now - timedelta(days=max(days))
    full = select(col(Call.sid)).where(old, col(Call.note_sealed).is_not(None)).limit(PAGE)
    by_agents = work.run(update(Call).where(col(Call.sid).in_(full)).values(note_sealed=None))
    joined = select(col(CallReview.call_sid)).join(table(Call), col(Call.sid) == col(CallReview.call_sid))
    judged = joined.where(old, col(CallReview.note_sealed).is_not(None)).limit(PAGE)
    by_reviewers = work.run(update(CallReview).where(col(CallReview.call_sid).in_(judged)).values(note_sealed=None))
    return by_agents + by_reviewers


def _has_recording() -> ColumnElement[bool]:
    return select(col(Recording.sid)).where(col(Recording.leg_sid) == col(RecordedLeg.leg_sid)).exists()
