"""POST /telephony/recording: the carrier announces a recording. Kept apart from what jobs need, which know no Flask."""

import re
from functools import partial

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from store import Store
from telephony.guard import Form
from telephony.insisting import insist
from telephony.recordings.announcing import OVER, Announcement, receive_announcement

_SID = re.compile(r"RE[0-9a-f]{32}")
_LEG_SID = re.compile(r"CA[0-9a-f]{32}")
_SECONDS = re.compile(r"[0-9]{1,6}")


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
