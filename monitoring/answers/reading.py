"""Reads the answers to presence checks, in the worker.

Each step is claimed and committed, done with no transaction open, recorded and committed. Whoever dies in between
leaves a check that is due again once its lease is over, and each step may be done twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from apart.starting import NoReader
from monitoring.answers.attempts import (
    GIVE_UP,
    Attempt,
    answer_read,
    claim,
    concluded,
    due_answers,
    put_off,
    unreadable,
)
from monitoring.photo_ends import sweep_photos
from monitoring.photos.keeping import drawn_place
from monitoring.photos.reader import PhotoReader
from monitoring.photos.showing import photo_bytes
from monitoring.readings import Look
from store import Store
from store.blobs import BlobStore, NoBlob
from store.keyring import Tampered
from store.sealing import seal_blob

GRACE: Final = timedelta(seconds=2)
"""So long the doorbell alone is trusted."""
BATCH: Final = 20
_log = structlog.get_logger("answers")


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """Looks after answers. Every method may run twice, and anywhere at once."""

    store: Store
    blobs: BlobStore
    reader: PhotoReader

    def read(self, check_id: str) -> None:
        """Reads an answer that is due; nothing happens if it is not, or if another is at it."""
        with self.store.work() as work:
            attempt = claim(work, check_id)
        if attempt is None:
            return
        for blob in filter(None, (sent.left for sent in attempt.photos)):
            self.blobs.delete(blob)
        try:
            self._read(attempt)
        except (NoBlob, Tampered) as error:
            _log.error("answer_lost", sid=check_id, error=type(error).__name__)
            self._give_up(attempt, "lost")
        except (NoReader, OSError) as error:
            _log.error("answer_put_off", sid=check_id, error=type(error).__name__)
            self._later(attempt)

    def sweep(self) -> int:
        """Reads what is due and no job took, and deletes photos whose end has come; how many it saw."""
        with self.store.reading() as work:
            found = due_answers(work, work.now - GRACE, BATCH)
        for check_id in found:
            try:
                self.read(check_id)
            except Exception as error:
                # One that can't be worked on must not keep the others waiting; it stays due.
                _log.error("reading_failed", sid=check_id, error=type(error).__name__)
        return len(found) + sweep_photos(self.store, self.blobs)

    def _read(self, attempt: Attempt) -> None:
        looks = self.reader.read([photo_bytes(self.blobs, sent.photo) for sent in attempt.photos])
        read = concluded(attempt, looks)
        self._draw(attempt, looks)
        with self.store.work() as work:
            ended = answer_read(work, attempt, looks, read)
        if not ended:
            for sent in attempt.photos:
                self.blobs.delete(sent.begun_blob)
        _log.info("answer_read", sid=attempt.check.id, state=read.outcome[0], count=len(looks))

    def _draw(self, attempt: Attempt, looks: Sequence[Look]) -> None:
        for sent, look in zip(attempt.photos, looks, strict=True):
            if look.drawn:
                seal_blob(self.blobs, sent.begun_blob, sent.photo.key, drawn_place(sent.photo.id), look.drawn)

    def _later(self, attempt: Attempt) -> None:
        with self.store.work() as work:
            tried = attempt.check.answered_at is not None and work.now - attempt.check.answered_at
            if not tried or tried < GIVE_UP:
                return put_off(work, attempt)
        return self._give_up(attempt, "not_read")

    def _give_up(self, attempt: Attempt, why: str) -> None:
        with self.store.work() as work:
            unreadable(work, attempt, why)
