"""A patient who answered checks, left, said things, was lent a telephone: a row of every kind that there is."""

from pathlib import Path

import pytest
from sqlalchemy import update

from codes.regimes import preset
from monitoring.answers.reading import AnswerReader
from monitoring.cases.opening import Plan, open_case
from store import Store
from store.blobs import FolderBlobs
from store.cases import Case
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.monitoring.photos.patient import FakePhotos, Patient
from tests.monitoring.retention.ending import Ending


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


@pytest.fixture
def ending(store: Store, clock: Clock, folder: Path) -> Ending:
    counter = Counter(store, clock)
    counter.put_in_force(preset("tatarstan-2020"))
    person = counter.introduce(ANN, name="Анна", document="9219632506")
    with store.work() as work:
        opened = open_case(work, person, "order 5", "staff:1", Plan("confirmed", "link", address="Lenin street 1"))
        work.run(update(Case).values(enrolled_at=work.now))
    reader, blobs = FakePhotos(), FolderBlobs(folder)
    patient = Patient(counter, blobs, reader, AnswerReader(store, blobs, reader), opened.case_id)
    return Ending(patient, clock, person)
