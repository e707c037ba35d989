"""Photos for those who may see them. Whoever shows one notes the look: `codes.looking.note_look`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, false, select

from monitoring.cases.watched import WatchedCase
from monitoring.photos.keeping import KEPT, drawn_place, sent_place
from monitoring.readings import features_of
from store import DataKey, Work
from store.blobs import BlobStore, NoBlob
from store.checks import Photo
from store.columns import table
from store.keyring import Tampered
from store.sealing import opened

_PHOTO = table(Photo)


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo that can be opened: see `photo_bytes`. Once it was `read` it is a JPEG that we drew."""

    id: str
    step: int
    read: bool
    added_at: datetime
    blob: str
    key: DataKey


def steps_received(work: Work, check_id: str) -> frozenset[int]:
    """The steps of a check of which a photo is there that nobody read yet: what was read belongs to an earlier try."""
    there = select(_PHOTO.c.step).where(_PHOTO.c.check_id == check_id, _PHOTO.c.state == "waiting")
    return frozenset(row.step for row in work.rows(there))


def photos_of_check(work: Work, case: WatchedCase, check_id: str) -> list[ShownPhoto]:
    """The photos of an answer that were read, by their steps; none that were destroyed."""
    mine = _kept(case).where(_PHOTO.c.check_id == check_id, _PHOTO.c.state == "read").order_by(_PHOTO.c.step)
    return [shown(work, case, row) for row in work.rows(mine)]


def reference_of(work: Work, case: WatchedCase) -> ShownPhoto | None:
    """The photo that others are held against; None where none was taken, or it was destroyed."""
    row = _reference(work, case)
    return shown(work, case, row) if row else None


def template_in(work: Work, case: WatchedCase) -> tuple[float, ...] | None:
    """The face of the reference, as numbers; None where there is none."""
    row = _reference(work, case)
    if row is None or case.key is None or row.template_sealed is None:
        return None
    return features_of(case.key.open_bytes(f"photo.template.{row.id}", row.template_sealed))


def photo_of(work: Work, case: WatchedCase, photo_id: str) -> ShownPhoto | None:
    """One photo of this case that was read; None where there is no such photo."""
    row = work.row(_kept(case).where(_PHOTO.c.id == photo_id, _PHOTO.c.state == "read"))
    return shown(work, case, row) if row else None


def photo_bytes(blobs: BlobStore, photo: ShownPhoto) -> bytes:
    """The photo itself. Raises NoBlob where it was destroyed since, and Tampered where it was changed."""
    place = drawn_place(photo.id) if photo.read else sent_place(photo.id)
    return b"".join(opened(photo.key, place, blobs.get(photo.blob)))


def photo_jpeg(blobs: BlobStore, photo: ShownPhoto) -> bytes | None:
    """The photo, a JPEG of ours; None where it was destroyed since this request began, or changed."""
    try:
        return photo_bytes(blobs, photo)
    except (NoBlob, Tampered):
        return None


def shown(work: Work, case: WatchedCase, row: Row[Any]) -> ShownPhoto:
    """A row of `Photo` with its key."""
    assert case.key is not None
    wrapped = case.key.open_bytes(f"photo.data_key.{row.id}", row.data_key)
    return ShownPhoto(
        row.id, row.step, row.state == "read", row.added_at, row.blob, work.keys.unwrap(wrapped, row.epoch)
    )


def _kept(case: WatchedCase) -> Any:
    """Of a case whose key is gone: none."""
    mine = _PHOTO.c.case_id == case.id, _PHOTO.c.state.in_(KEPT)
    return select(_PHOTO).where(*mine, *(() if case.key else (false(),)))


def _reference(work: Work, case: WatchedCase) -> Any:
    return work.row(_kept(case).where(_PHOTO.c.purpose == "reference").order_by(_PHOTO.c.id.desc()))
