"""What every test may ask for: a store on each database, a Valkey, a clock, settings. Nothing leaves loopback."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import hypothesis
import psycopg
import pytest
from playwright.sync_api import Browser

from codes.signed.signing import Signing
from settings import Settings
from store import Keyring, Store
from store.engine import open_engine
from store.keyring import create_keys, read_keyring
from store.migrations import upgrade
from tests.clock import Clock
from tests.databases import OneAfterAnother
from tests.network import stay_here
from tests.places import keep_what_is_compiled, work_in_memory
from tests.routing import SharedRule
from tests.servers import PostgreSQL, Valkey
from tests.web.browsing import chromium
from wsgi import Application

TOKEN = "token-of-the-tests"
# How fast a machine is decides no test, and neither does chance: the same code is tried with the same examples.
hypothesis.settings.register_profile("passline", deadline=None, derandomize=True)
hypothesis.settings.load_profile("passline")
_EACH_TAKES = 1_500_000_000
"""Bytes of memory that a process of the suite uses, with its servers and its browser."""

stay_here()
work_in_memory()
keep_what_is_compiled()
Application.url_rule_class = SharedRule


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes `-n auto` means: one a core, as far as the memory goes."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, memory // _EACH_TAKES))


def pytest_collection_finish() -> None:
    """Has what stays for good, modules and tests, looked through for garbage no more, and the rest more seldom.

    Each test that builds an application leaves some; looking through everything for it was half of such a test's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    create_keys(folder, Clock().now, development=True)
    return folder


@pytest.fixture(scope="session")
def real_keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys that production does not refuse."""
    folder = tmp_path_factory.mktemp("real-keys")
    create_keys(folder, Clock().now, development=False)
    return folder


@pytest.fixture(scope="session")
def keyring(keys_dir: Path) -> Keyring:
    return read_keyring(keys_dir, production=False)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A cluster with a database `template` that has every table."""
    with PostgreSQL() as cluster:
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE template")
        _migrate(cluster.url("template"))
        yield cluster


@pytest.fixture(scope="session")
def one_after_another(postgresql: PostgreSQL) -> OneAfterAnother:
    return OneAfterAnother(postgresql)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    with Valkey() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for all; who uses it opens a context of their own. Without one the tests fail, and say what to do."""
    with chromium() as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of the test's own with every table and no row; the test runs once on each kind."""
    if request.param == "sqlite":
        file = tmp_path / "passline.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    with request.getfixturevalue("one_after_another").lent() as url:
        yield url


@pytest.fixture
def store(database_url: str, keyring: Keyring, clock: Clock) -> Iterator[Store]:
    opened = Store.open(database_url, keyring, clock=clock, random=Random(2590))
    yield opened
    opened.close()


@pytest.fixture
def signing(keys_dir: Path, clock: Clock) -> Signing:
    """What signs and reads QR codes, with a development key."""
    return Signing.from_folder(keys_dir, "https://pass.example", clock, production=False)


@pytest.fixture
def settings(database_url: str, keys_dir: Path, tmp_path: Path) -> Settings:
    """A development machine's settings on the test's own database; no Redis answers."""
    values: dict[str, Any] = {
        "_env_file": None,
        "environment": "development",
        "var": tmp_path,
        "keys_dir": keys_dir,
        "public_url": "https://pass.example",
        "twilio_account_sid": f"AC{'a' * 32}",
        "twilio_auth_token": TOKEN,
        "twilio_api_base": "http://127.0.0.1:9",
        "twilio_number": "2590",
        "database_url": database_url,
        "redis_url": "redis://127.0.0.1:9",
    }
    return Settings(**values)


def _migrate(url: str) -> None:
    engine, _ = open_engine(url, 1)
    upgrade(engine)
    engine.dispose()
