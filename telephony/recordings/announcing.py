"""Recordings as the carrier announces them: POST /telephony/recording. Early, late, twice, or of no call of ours.

An announcement is kept as it came, and a job looks for the call: the leg that was recorded may not be known yet. The
address of the sound that stands in it is not even read.
"""

import re
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, g
from flask.typing import ResponseReturnValue
from sqlalchemy import bindparam, text
from sqlmodel.sql.sqltypes import UTCDateTime

from store import Store, Work
from store.jobs import KEEP_RECORDING
from telephony.guard import Form
from telephony.insisting import insist

OVER = ("completed", "absent", "failed")
"""The carrier's statuses of a recording that is at its end."""
_SID = re.compile(r"RE[0-9a-f]{32}")
_LEG_SID = re.compile(r"CA[0-9a-f]{32}")
_SECONDS = re.compile(r"[0-9]{1,6}")
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


def recordings_blueprint(store: Store) -> Blueprint:
    """The route; the guard is the parent blueprint's. Whatever the carrier tells is answered 204."""
    blueprint = Blueprint("recordings", __name__)

    @blueprint.post("/recording")
    def recording() -> ResponseReturnValue:
        told = read_announcement(g.form)
        if told and not insist("recording", partial(receive_announcement, store, told)):
            return "", 503
        return "", 204

    return blueprint


def read_announcement(form: Form) -> Announcement | None:
    """A signed form as a value; None where it names no recording, no leg, or a recording that goes on."""
    sid, leg_sid, status = (form.get(name, "") for name in ("RecordingSid", "CallSid", "RecordingStatus"))
    status = status or "completed"
    if not (_SID.fullmatch(sid) and _LEG_SID.fullmatch(leg_sid)) or status not in OVER:
        return None
    seconds = form.get("RecordingDuration", "")
    return Announcement(sid, leg_sid, status, int(seconds) if _SECONDS.fullmatch(seconds) else None)


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
