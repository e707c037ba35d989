"""A service with several counters on one database, and the carrier's side of them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from codes.regimes import activate, preset
from settings import Settings
from store import Keyring, Store
from telephony.simulator.carrier import SMS_PATH
from telephony.simulator.wires import WsgiWire
from tests.clock import Clock
from tests.proofs.posting import Poster
from wsgi import create_app

COUNTERS = 4
THREADS = 16


@pytest.fixture
def order() -> str:
    """The preset in force; a module's or class's own fixture of this name chooses another."""
    return "tatarstan-2020"


@pytest.fixture
def temporary(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test and whatever it starts make temporary files; nobody else does."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)  # it would remember another
    return folder


@pytest.fixture
def in_force(store: Store, order: str) -> Store:
    put_in_force(store, order)
    return store


@pytest.fixture
def poster(in_force: Store, settings: Settings) -> Poster:
    """One counter."""
    return poster_to([in_force], settings)


@pytest.fixture
def crowd(in_force: Store, settings: Settings, keyring: Keyring, clock: Clock) -> Iterator[Poster]:
    """Four counters with sixteen threads each, with connections of their own, as four web processes would have."""
    busy = settings.model_copy(update={"web_threads": THREADS})
    stores = [
        Store.open(settings.database_url, keyring, clock=clock, pool_size=THREADS, random=Random(number))
        for number in range(COUNTERS)
    ]
    yield poster_to(stores, busy)
    for one in stores:
        one.close()


def put_in_force(store: Store, order: str) -> None:
    """A preset from now on."""
    with store.work() as work:
        activate(work, preset(order), work.now, "tests")


def poster_to(stores: list[Store], settings: Settings) -> Poster:
    """The carrier's side of one application a store."""
    wires = [WsgiWire(create_app(settings, store)) for store in stores]
    return Poster(wires, settings.public_url + SMS_PATH, settings.twilio_auth_tokens[0], settings.twilio_number)
