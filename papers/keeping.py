"""Papers on their way: read, their pages sealed, the original destroyed; in the end all of it.

    arriving -> waiting -> read -> destroyed        or refused, with the reason

Each step is claimed and committed, done with no transaction open, recorded and committed. Whoever dies in between
leaves a row that is due again once its lease is over, and each step may be done twice.
"""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from apart.starting import NoReader
from codes.review.papers import Unread, original_place, pages_place
from codes.review.reading_papers import Attempt, Original, claim, cleared, due, pages_kept, put_off, unreadable
from papers.answers import Drawn, Refused
from papers.reader import Reader
from store import Store
from store.blobs import BlobStore, NoBlob
from store.keyring import Tampered
from store.sealing import opened, seal_blob

GRACE = timedelta(seconds=2)
"""So long the doorbell alone is trusted."""
BATCH = 20
_log = structlog.get_logger("papers")


@dataclass(frozen=True, slots=True)
class PaperKeeper:
    """Looks after papers. Every method may run twice, and anywhere at once."""

    store: Store
    blobs: BlobStore
    reader: Reader

    def keep(self, paper_id: str) -> None:
        """Goes on with a paper that is due; nothing happens if it is not, or if another is at it."""
        with self.store.work() as work:
            attempt = claim(work, paper_id)
        if attempt is None:
            return
        for blob in attempt.doomed:
            self.blobs.delete(blob)
        if attempt.original is None:
            with self.store.work() as work:
                cleared(work, attempt)
        elif self._read(attempt, attempt.original):
            self.keep(paper_id)

    def sweep(self) -> int:
        """Goes on with what is due and no job took; how many it saw, at most a batch."""
        with self.store.reading() as work:
            found = due(work, work.now - GRACE, BATCH)
        for paper_id in found:
            try:
                self.keep(paper_id)
            except Exception as error:
                # One that can't be worked on must not keep the others waiting; it stays due.
                _log.error("keeping_failed", sid=paper_id, error=type(error).__name__)
        return len(found)

    def _read(self, attempt: Attempt, original: Original) -> bool:
        """Whether it is settled now."""
        try:
            pieces = opened(original.key, original_place(attempt.id), self.blobs.get(original.blob))
            answer = self.reader.read(b"".join(pieces), original.kind)
            if isinstance(answer, Refused):
                return self._refuse(attempt, answer)
            return self._keep_pages(attempt, original, answer)
        except (NoBlob, Tampered) as error:
            _log.error("paper_lost", sid=attempt.id, error=type(error).__name__)
            return self._refuse(attempt, Refused(Unread.BROKEN))
        except (NoReader, OSError) as error:
            _log.error("paper_put_off", sid=attempt.id, error=type(error).__name__)
            with self.store.work() as work:
                put_off(work, attempt)
            return False

    def _refuse(self, attempt: Attempt, refused: Refused) -> bool:
        why = next((one for one in Unread if one == refused.why), Unread.BROKEN)
        with self.store.work() as work:
            settled = unreadable(work, attempt, why)
        _log.info("paper_refused", sid=attempt.id, cause=str(why))
        return settled

    def _keep_pages(self, attempt: Attempt, original: Original, pages: list[Drawn]) -> bool:
        key, content = self.store.keys.new_key(), b"".join(page.content for page in pages)
        seal_blob(self.blobs, original.begun_blob, key.key, pages_place(attempt.id), content)
        sizes = [(page.width, page.height, len(page.content)) for page in pages]
        with self.store.work() as work:
            kept = pages_kept(work, attempt, key, sizes)
        if not kept:
            self.blobs.delete(original.begun_blob)
        _log.info("paper_read", sid=attempt.id, count=len(pages))
        return kept
