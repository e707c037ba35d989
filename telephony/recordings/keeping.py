"""Recordings on their way: fetched and sealed, deleted at the carrier, destroyed when their time is over.

    announced -> kept -> withdrawn -> destroyed        or lost, with the reason

Each step is claimed and committed, done with no transaction open, recorded and committed. Whoever dies in between
leaves a row that is due again once its lease is over, and each step may be done twice.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import structlog

from codes.desk.recording import sound_place
from store import Store
from store.blobs import BlobStore
from store.sealing import Sealing
from telephony.recordings.claims import (
    Attempt,
    Step,
    claim,
    destroyed,
    due,
    fetched,
    not_withdrawn,
    put_off,
    withdrawn,
)
from telephony.recordings.recorder import Done, Fetched, Recorder

GRACE = timedelta(seconds=2)
"""So long the doorbell alone is trusted."""
BATCH, HANDS = 20, 3
"""Rows a sweep takes, and how many at once: a carrier that hangs over one must not hold up all."""
_log = structlog.get_logger("recordings")


@dataclass(frozen=True, slots=True)
class Keeper:
    """Looks after recordings. Every method may run twice, and anywhere at once."""

    store: Store
    recorder: Recorder
    blobs: BlobStore

    def keep(self, sid: str) -> None:
        """Goes on with a recording that is due; nothing happens if it is not, or if another is at it."""
        with self.store.work() as work:
            attempt = claim(work, sid)
        if attempt is None:
            return
        for blob in attempt.doomed:
            self.blobs.delete(blob)
        match attempt.step:
            case Step.FETCH:
                if self._fetch(attempt):
                    self._withdraw(attempt)
            case Step.WITHDRAW:
                self._withdraw(attempt)
            case Step.DESTROY:
                with self.store.work() as work:
                    destroyed(work, attempt)
                self.keep(sid)

    def sweep(self) -> int:
        """Goes on with what is due and no job took; how many it saw, at most a batch."""
        with self.store.reading() as work:
            found = due(work, work.now - GRACE, BATCH)
        if found:
            with ThreadPoolExecutor(HANDS) as hands:
                hands.map(self._pick_up, found)
        return len(found)

    def _pick_up(self, sid: str) -> None:
        try:
            self.keep(sid)
        except Exception as error:
            # One that can't be worked on must not keep the others waiting; it stays due.
            _log.error("keeping_failed", sid=sid, error=type(error).__name__)

    def _fetch(self, attempt: Attempt) -> bool:
        """Whether the sound is kept now."""
        key, sha256 = self.store.keys.new_key(), b""
        try:
            with self.blobs.put(attempt.blob) as blob:
                sealing = Sealing(key.key, sound_place(attempt.sid), blob.write)
                outcome = self.recorder.fetch(attempt.sid, sealing.write)
                if isinstance(outcome, Fetched):
                    sha256 = sealing.finish()
                    blob.finish()
        except OSError as error:
            # A disk that is full, or gone, is for people to mend, and no reason to give up.
            _log.error("recording_not_stored", sid=attempt.sid, error=type(error).__name__)
            with self.store.work() as work:
                put_off(work, attempt)
            return False
        with self.store.work() as work:
            kept = fetched(work, attempt, outcome, key, sha256)
        if sha256 and not kept:
            self.blobs.delete(attempt.blob)
        return kept

    def _withdraw(self, attempt: Attempt) -> None:
        outcome = self.recorder.withdraw(attempt.sid)
        with self.store.work() as work:
            if isinstance(outcome, Done):
                withdrawn(work, attempt)
            else:
                not_withdrawn(work, attempt, outcome.code)
