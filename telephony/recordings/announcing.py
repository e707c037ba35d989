"""Recordings as the carrier announces them, or lists them: early, late, twice, or of no call of ours.

An announcement is kept as it came, and a job looks for the call: the leg that was recorded may not be known yet. The
address of the sound that stands in it is not even read.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlmodel.sql.sqltypes import UTCDateTime

from store import Store, Work
from store.jobs import KEEP_RECORDING

OVER = ("completed", "absent", "failed")
"""The carrier's statuses of a recording that is at its end."""
_KEEP = text(
    "INSERT INTO recording (sid, leg_sid, announced_at, seconds, lost, attempts, due_at) "
    "VALUES (:sid, :leg_sid, :now, :seconds, :lost, 0, :now) ON CONFLICT DO NOTHING RETURNING sid"
).bindparams(bindparam("now", type_=UTCDateTime()))


@dataclass(frozen=True, slots=True)
class Announcement:
    """A recording that is over; `status` is one of `OVER`."""

    sid: str
    leg_sid: str
    status: str
    seconds: int | None = None


def receive_announcement(store: Store, told: Announcement) -> None:
    """Keeps an announcement, once."""
    with store.work() as work:
        announce(work, told)


def announce(work: Work, told: Announcement) -> None:
    """Keeps an announcement, unless it came before, and rings for who fetches the sound."""
    lost = None if told.status == "completed" else told.status
    given = {"sid": told.sid, "leg_sid": told.leg_sid, "seconds": told.seconds, "lost": lost}
    if work.row(_KEEP, **given, now=work.now) is None:
        return
    if lost:
        work.audit("carrier", "recording.lost", told.sid, {"why": lost})
    work.ring(KEEP_RECORDING, told.sid)
