"""What a pass shows, and the live ones somebody has."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from store import DataKey
from store.columns import labelled
from store.passes import Pass

CODE, PLATE, CARD = "code", "plate", "card"
"""The kinds of blind index a pass is found by."""
PASS = labelled(
    Pass, "pass", without=("channel", "fields_sealed", "revoked_reason", "quota_back", "call_sid", "bound_anew")
)
"""The columns `live_pass` reads."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a pass shows, sealed in its row: the code without dashes, initials, document tail, bound plate and card."""

    code: str
    initials: str
    tail: str
    plate: str = ""
    card: str = ""


DESTROYED = Face("", "", "")
"""The face of a pass whose holder's data is destroyed: it is found by its code still, and shows nothing."""


def seal_face(key: DataKey, pass_id: str, face: Face) -> bytes:
    """`face` for its row, under the person's key."""
    shown = [face.code, face.initials, face.tail, face.plate, face.card]
    return key.seal(f"pass.face.{pass_id}", json.dumps(shown, ensure_ascii=False))


def open_face(key: DataKey, pass_id: str, sealed: bytes) -> Face:
    """The face of a pass row."""
    return Face(*json.loads(key.open(f"pass.face.{pass_id}", sealed)))


@dataclass(frozen=True, slots=True)
class LivePass:
    """A pass that is neither revoked nor over."""

    id: str
    purpose: int
    face: Face
    issued_at: datetime
    valid_from: datetime
    valid_until: datetime
    extended: int
    regime_version: int
    phone_id: str
    """Of the telephone that asked for it."""
    quota_holder: bytes


def live_pass(key: DataKey, row: Row[Any]) -> LivePass:
    """A row with the columns `PASS`."""
    return LivePass(
        row.pass_id,
        row.pass_purpose,
        open_face(key, row.pass_id, row.pass_face_sealed),
        row.pass_issued_at,
        row.pass_valid_from,
        row.pass_valid_until,
        row.pass_extended,
        row.pass_regime_version,
        row.pass_phone_id,
        row.pass_quota_holder,
    )
