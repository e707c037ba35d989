"""The application under the order of India, with an applicant, a reader that remembers, and reviewers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from codes.regimes import activate, preset
from papers.keeping import PaperKeeper
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.papers.hand import FakeReader
from tests.web.people import Staff, signed_in
from tests.web.review.office import Office, Reviewer
from wsgi import create_app


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    return create_app(settings, store)


@pytest.fixture
def office(app: Flask, settings: Settings, store: Store, clock: Clock) -> Office:
    counter = Counter(store, clock)
    counter.introduce(ANN, name="Sharma Anita", document="234123412346")
    counter.introduce(BOB, name="Rao Ravi", document="234123412347")
    blobs = FolderBlobs(Path(settings.blobs_dir))
    return Office(counter, blobs, PaperKeeper(store, blobs, FakeReader()))


@pytest.fixture
def reviewer(app: Flask, store: Store, staff: Staff) -> Callable[[str], Reviewer]:
    """``reviewer("Rosa")``: somebody who decides."""
    return lambda name: Reviewer(signed_in(app, store, staff("reviewer", name=name)))


@pytest.fixture
def rosa(reviewer: Callable[[str], Reviewer]) -> Reviewer:
    return reviewer("Rosa")


@pytest.fixture
def sven(reviewer: Callable[[str], Reviewer]) -> Reviewer:
    return reviewer("Sven")
