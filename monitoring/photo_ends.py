"""The ends of photos: the key first, then the blob; and whatever is left of one that never arrived."""

from datetime import timedelta
from typing import Any, Final

import structlog
from sqlalchemy import case, delete, func, null, or_, select, update

from store import Store, Work
from store.blobs import BlobStore
from store.checks import Photo
from store.columns import table

BATCH: Final = 50
_LEASE: Final = timedelta(minutes=2)
_PHOTO = table(Photo)
_GONE: Final = {"data_key": None, "epoch": None, "template_sealed": None, "digest": None, "blob": None}
_log = structlog.get_logger("photos")


def end_photos(work: Work, by: str, *which: Any) -> int:
    """Destroys the photos that these conditions on `Photo` name: nobody can open them from here on. How many.

    Their perceptual hashes stay, to know them again; their blobs go with the next sweep.
    """
    chosen = select(_PHOTO.c.id).where(*which, _PHOTO.c.state != "destroyed")
    ids = [row.id for row in work.rows(chosen)]
    for photo_id in ids:
        work.run(update(_PHOTO).where(_PHOTO.c.id == photo_id).values(destroyed_at=work.now, **_destroyed(work.now)))
        work.audit(by, "photo.destroyed", photo_id)
    return len(ids)


def destroy_photos_of_case(work: Work, case_id: str, by: str) -> int:
    """Destroys all photos of a case, the hashes too; how many."""
    ended = end_photos(work, by, _PHOTO.c.case_id == case_id)
    work.run(update(_PHOTO).where(_PHOTO.c.case_id == case_id).values(likeness_hash_sealed=None))
    return ended


def _destroyed(now: Any) -> dict[str, Any]:
    """Both names of blobs that may be left are kept until they are deleted."""
    left = func.coalesce(_PHOTO.c.doomed_blob, _PHOTO.c.begun_blob)
    return {**_GONE, "state": "destroyed", "doomed_blob": _PHOTO.c.blob, "begun_blob": left, "due_at": now}


def sweep_photos(store: Store, blobs: BlobStore) -> int:
    """Deletes the blobs that are due; how many photos it saw, at most a batch."""
    with store.reading() as work:
        due = select(_PHOTO.c.id).where(_PHOTO.c.due_at <= work.now).order_by(_PHOTO.c.due_at).limit(BATCH)
        found = [row.id for row in work.rows(due)]
    for photo_id in found:
        try:
            _clear(store, blobs, photo_id)
        except OSError as error:
            _log.error("photo_not_deleted", sid=photo_id, error=type(error).__name__)
    return len(found)


def _clear(store: Store, blobs: BlobStore, photo_id: str) -> None:
    never = _PHOTO.c.state == "arriving"
    with store.work() as work:
        claimed = update(_PHOTO).where(_PHOTO.c.id == photo_id, _PHOTO.c.due_at <= work.now)
        state = case((never, "destroyed"), else_=_PHOTO.c.state)
        values = {"state": state, "due_at": work.now + _LEASE, "attempts": _PHOTO.c.attempts + 1}
        row = work.row(claimed.values(**values).returning(_PHOTO))
    if row is None:
        return
    for blob in filter(None, (row.begun_blob, row.doomed_blob)):
        blobs.delete(blob)
    with store.work() as work:
        mine = _PHOTO.c.id == photo_id, _PHOTO.c.attempts == row.attempts
        gone = or_(_PHOTO.c.destroyed_at.is_not(None), _PHOTO.c.state != "destroyed")
        if not work.run(delete(_PHOTO).where(*mine, ~gone)):
            work.run(update(_PHOTO).where(*mine).values(begun_blob=null(), doomed_blob=null(), due_at=null()))
