"""Somebody who adds papers, and a reader that remembers what it was given."""

from dataclasses import dataclass, field

from codes.review.papers import ListedPaper, PaperTrouble, application_of, keep_paper, papers_of
from papers.answers import Drawn, Refused
from store.blobs import BlobStore
from tests.codes.counter import Counter
from tests.papers.files import photo

PAGE = Drawn(400, 300, photo())


@dataclass
class FakeReader:
    """Answers what it is told to, as the real one would."""

    answer: list[Drawn] | Refused = field(default_factory=lambda: [PAGE])
    given: list[tuple[bytes, str]] = field(default_factory=list)
    fails: Exception | None = None

    def read(self, content: bytes, kind: str) -> list[Drawn] | Refused:
        self.given.append((content, kind))
        if self.fails:
            raise self.fails
        return self.answer


@dataclass(frozen=True)
class Applicant:
    """Who waits for a decision about the application `number`."""

    counter: Counter
    blobs: BlobStore
    phone_id: str
    number: str

    def adds(self, content: bytes | None = None) -> str | PaperTrouble:
        return keep_paper(self.counter.store, self.blobs, self.phone_id, self.number, content or photo())

    def papers(self) -> list[ListedPaper]:
        with self.counter.store.reading() as work:
            row = application_of(work, self.phone_id, self.number)
            assert row is not None
            return papers_of(work, row.id)
