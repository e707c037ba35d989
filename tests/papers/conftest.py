"""An applicant whose wedding waits for a decision, blobs in a folder, and a keeper with a reader that remembers."""

from pathlib import Path

import pytest

from codes.outcomes import Referral
from codes.regimes import preset
from codes.review.papers import keep_paper
from papers.keeping import PaperKeeper
from store import Store
from store.blobs import FolderBlobs
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.papers.files import photo
from tests.papers.hand import Applicant, FakeReader

WEDDING = 3


@pytest.fixture
def counter(store: Store, clock: Clock) -> Counter:
    found = Counter(store, clock)
    found.put_in_force(preset("india-epass"))
    found.introduce(ANN, name="Sharma Anita", document="234123412346")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


@pytest.fixture
def applicant(counter: Counter, folder: Path) -> Applicant:
    answer = counter.ask(ANN, WEDDING, destination="Kochi")
    assert isinstance(answer, Referral)
    return Applicant(counter, FolderBlobs(folder), counter.who(ANN).phone.id, answer.application)


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def keeper(store: Store, folder: Path, reader: FakeReader) -> PaperKeeper:
    return PaperKeeper(store, FolderBlobs(folder), reader)


@pytest.fixture
def paper(applicant: Applicant, keeper: PaperKeeper) -> str:
    """One that is read."""
    kept = keep_paper(applicant.counter.store, applicant.blobs, applicant.phone_id, applicant.number, photo())
    keeper.keep(kept)
    return kept
