"""What we hold of presence checks: when, how they ended and why, what was read of photos, and until when those stay."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from codes.rights.keeping_photos import kept_photos, photo_end
from store import DataKey, Work
from store.checks import Photo, PresenceCheck
from store.columns import table

Told = dict[str, Any]
_CHECK, _PHOTO = table(PresenceCheck), table(Photo)


def told_checks(work: Work, case_id: str, key: DataKey | None) -> list[Told]:
    """Those a patient was asked, the newest first; without a key, without what was read of their photos."""
    mine = select(_CHECK).where(_CHECK.c.case_id == case_id, _CHECK.c.state != "planned")
    return [_check(row, key) for row in work.rows(mine.order_by(_CHECK.c.id.desc()))]


def told_photos(work: Work, case_id: str) -> list[Told]:
    """Photos of a case, the newest first: what they are for, and until when they are kept."""
    ends = {row.id: photo_end(row) for row in work.rows(kept_photos(work.now).where(_PHOTO.c.case_id == case_id))}
    rows = work.rows(select(_PHOTO).where(_PHOTO.c.case_id == case_id).order_by(_PHOTO.c.id.desc()))
    return [
        {
            "photo": row.purpose,
            "added_at": row.added_at.isoformat(),
            "bytes": row.size,
            "can_be_seen": row.data_key is not None,
            "kept_until": _moment(ends.get(row.id)),
            "destroyed_at": _moment(row.destroyed_at),
        }
        for row in rows
    ]


def _check(row: Row[Any], key: DataKey | None) -> Told:
    place = f"presence_check.reading.{row.id}"
    reading = json.loads(key.open(place, row.reading_sealed)) if key and row.reading_sealed else {}
    return {
        "asked_at": _moment(row.asked_at),
        "check_means": row.means,
        "origin": row.origin,
        "answer_until": _moment(row.window_ends_at),
        "answered_at": _moment(row.answered_at),
        "check_state": row.state,
        "check_outcome": row.outcome,
        "position": row.position_kind,
        "distance_band": row.distance_band,
        "radius_band": row.radius_band,
        "likeness": _rounded(reading.get("likeness")),
        "looked_at": _moment(row.settled_at),
    }


def _rounded(likeness: float | None) -> str | None:
    return None if likeness is None else f"{likeness:.2f}"


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
