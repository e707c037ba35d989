"""Photos come in: one of an answer at a time, so that an upload can be resumed; and references.

The row is there before the blob and says its name, so that whatever is left of a photo that did not arrive is found and
deleted. A photo's key is wrapped a second time, under its case's: with that key every photo is gone.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select, update
from sqlmodel import col

from apart.kinds import kind_of_picture
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.challenges import shots
from monitoring.checks.settling import held_check
from monitoring.checks.waiting import is_awaited
from monitoring.photo_ends import end_photos
from monitoring.readings import Look, template_of
from store import Store, Work
from store.blobs import BlobStore
from store.checks import Photo, PresenceCheck
from store.columns import table
from store.keyring import NewKey
from store.sealing import seal_blob

MOST_BYTES: Final = 1024 * 1024
"""Of one photo of an answer."""
MOST_REFERENCE_BYTES: Final = 10 * 1024 * 1024
ARRIVES_WITHIN: Final = timedelta(minutes=10)
HASH_BYTES: Final = 32
KEPT: Final = ("waiting", "read")
_PHOTO = table(Photo)


class PhotoTrouble(StrEnum):
    """Why a photo is not taken."""

    KIND = "kind"  # no JPEG, PNG or WebP
    TOO_LARGE = "too_large"
    NO_FACE = "no_face"
    NOT_ASKED = "not_asked"  # no such check waits for it any more, or the case is over
    NO_ROOM = "no_room"  # our disk is full


@dataclass(frozen=True, slots=True)
class _Begun:
    """A photo on its way; `values` are what its row gets once it is there, `displaces` what it takes the place of."""

    id: str
    case: WatchedCase
    key: NewKey
    blob: str
    by: str
    values: dict[str, Any]
    displaces: tuple[Any, ...]


def keep_step(store: Store, blobs: BlobStore, check_id: str, step: int, content: bytes, by: str) -> str | PhotoTrouble:
    """Takes in the photo of one step of a check that was asked; its id. The same photo again is the same row.

    Another photo of that step takes the place of the first, unless that was read: it belongs to an earlier try, and
    stays until the next one is read too. `by` sends it, as in the audit.
    """
    if kind_of_picture(content) is None:
        return PhotoTrouble.KIND
    if len(content) > MOST_BYTES:
        return PhotoTrouble.TOO_LARGE
    with store.work() as work:
        case = _asked(work, check_id, step)
        if isinstance(case, PhotoTrouble):
            return case
        digest = digest_of(work, case.id, content)
        of_step = col(Photo.check_id) == check_id, col(Photo.step) == step, col(Photo.state) == "waiting"
        known = work.row(select(_PHOTO).where(*of_step))
        if known and known.digest == digest:
            return str(known.id)
        given = {"purpose": "answer", "check_id": check_id, "step": step, "digest": digest, "size": len(content)}
        begun = _begin(work, case, by, given, {"state": "waiting", "due_at": None}, of_step)
    return _finish(store, blobs, begun, sent_place(begun.id), content)


def keep_reference(store: Store, blobs: BlobStore, case_id: str, look: Look, by: str) -> str | PhotoTrouble:
    """Keeps what was looked at (`PhotoReader.read`) as the photo that later ones are held against; its id.

    It takes the place of an earlier one. Whether its quality will do says `look.retake`.
    """
    if look.face is None or not look.drawn:
        return PhotoTrouble.NO_FACE
    with store.work() as work:
        case = held_case(work, case_id)
        if case is None or case.key is None or case.closed_at is not None:
            return PhotoTrouble.NOT_ASKED
        digest = digest_of(work, case.id, look.drawn)
        earlier = col(Photo.case_id) == case_id, col(Photo.purpose) == "reference", col(Photo.state).in_(KEPT)
        given = {"purpose": "reference", "check_id": None, "step": 0, "digest": digest, "size": len(look.drawn)}
        begun = _begin(work, case, by, given, {"state": "read", "due_at": None}, earlier)
        sealed = case.key.seal_bytes(f"photo.template.{begun.id}", template_of(look.face))
        begun.values.update(template_sealed=sealed, likeness_hash_sealed=sealed_hash(case, begun.id, look.hash))
    return _finish(store, blobs, begun, drawn_place(begun.id), look.drawn)


def _asked(work: Work, check_id: str, step: int) -> WatchedCase | PhotoTrouble:
    """The case of a check that waits for this step; held to the end of the work."""
    held = held_check(work, check_id)
    if held is None or held[0].key is None or not held[0].is_open(work.now):
        return PhotoTrouble.NOT_ASKED
    case, row = held
    wanted = row.challenge is not None and 0 <= step < len(shots(json.loads(row.challenge)))
    return case if wanted and is_awaited(work, row) else PhotoTrouble.NOT_ASKED


def _begin(
    work: Work, case: WatchedCase, by: str, given: dict[str, Any], values: dict[str, Any], displaces: tuple[Any, ...]
) -> _Begun:
    photo_id, blob = work.new_id(), work.new_id()
    until = work.now + ARRIVES_WITHIN
    work.insert(
        Photo,
        id=photo_id,
        case_id=case.id,
        **given,
        state="arriving",
        added_at=work.now,
        added_by=by,
        begun_blob=blob,
        due_at=until,
        attempts=0,
    )
    return _Begun(photo_id, case, work.keys.new_key(), blob, by, values, displaces)


def _finish(store: Store, blobs: BlobStore, begun: _Begun, place: str, content: bytes) -> str | PhotoTrouble:
    try:
        seal_blob(blobs, begun.blob, begun.key.key, place, content)
    except OSError:
        return PhotoTrouble.NO_ROOM
    with store.work() as work:
        if not _still_wanted(work, begun):
            return PhotoTrouble.NOT_ASKED
        end_photos(work, begun.by, *begun.displaces)
        arrived = update(_PHOTO).where(_PHOTO.c.id == begun.id, _PHOTO.c.state == "arriving")
        assert begun.case.key is not None
        wrapped = begun.case.key.seal_bytes(f"photo.data_key.{begun.id}", begun.key.wrapped)
        kept = {"blob": begun.blob, "begun_blob": None, "data_key": wrapped, "epoch": begun.key.epoch}
        if not work.run(arrived.values(**kept, **begun.values)):
            return PhotoTrouble.NO_ROOM
        work.audit(begun.by, "photo.added", begun.id, {"case": begun.case.id})
    return begun.id


def _still_wanted(work: Work, begun: _Begun) -> bool:
    """Whether the check still waits, or the case is still open, now that the photo is there."""
    case = held_case(work, begun.case.id)
    if case is None or case.key is None or case.closed_at is not None:
        return False
    row = work.row(select(_PHOTO.c.check_id).where(_PHOTO.c.id == begun.id))
    if row is None or row.check_id is None:
        return row is not None
    of_check = select(col(PresenceCheck.state)).where(col(PresenceCheck.id) == row.check_id)
    return bool(work.row(of_check).state == "asked")


def digest_of(work: Work, case_id: str, content: bytes) -> bytes:
    """By which the same photo is known again within a case, and in no other."""
    return work.keys.blind(f"photo.{case_id}", hashlib.sha256(content).hexdigest())


def sealed_hash(case: WatchedCase, photo_id: str, found: int) -> bytes | None:
    """A perceptual hash as its column keeps it."""
    assert case.key is not None
    return case.key.seal_bytes(f"photo.likeness_hash.{photo_id}", found.to_bytes(HASH_BYTES)) if found else None


def sent_place(photo_id: str) -> str:
    """What a photo as it was sent is sealed for."""
    return f"photo.sent.{photo_id}"


def drawn_place(photo_id: str) -> str:
    """What it is sealed for once it was drawn anew."""
    return f"photo.drawn.{photo_id}"
