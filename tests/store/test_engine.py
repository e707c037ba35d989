"""Connections: safe settings, and one writer at a time on SQLite."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from store import Keyring, Store
from store.engine import STATEMENT_TIMEOUT_MS, open_engine
from store.people import Phone
from store.phones import add_phone, ensure_phone

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def asked(store: Store, statement: str) -> object:
    with store.reading() as work:
        return work.connection.exec_driver_sql(statement).scalar_one()


@on_sqlite
def test_sqlite_is_a_version_that_loses_no_commits(store: Store) -> None:
    version = tuple(map(int, str(asked(store, "SELECT sqlite_version()")).split(".")))

    assert version > (3, 51, 2)


@on_sqlite
@pytest.mark.parametrize(("name", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_sqlite_writes_to_the_disk_and_checks_references(store: Store, name: str, value: object) -> None:
    assert asked(store, f"PRAGMA {name}") == value


@on_postgresql
def test_postgresql_gives_up_in_time_and_speaks_utc(store: Store) -> None:
    assert asked(store, "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'") == str(STATEMENT_TIMEOUT_MS)
    assert asked(store, "SHOW TimeZone") == "UTC"


def test_a_statement_gives_up_before_the_carrier_does() -> None:
    assert STATEMENT_TIMEOUT_MS < 4000


def test_a_row_that_refers_to_nothing_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), store.work() as work:
        work.connection.execute(
            text("INSERT INTO person_phone (phone_id, person_id, added_at) VALUES ('nobody', 'nowhere', :now)"),
            {"now": work.now},
        )


@on_sqlite
def test_the_writer_lock_lets_one_in_at_a_time(database_url: str) -> None:
    engine, lock = open_engine(database_url, 1)
    inside, most = 0, 0

    def write(_: int) -> None:
        nonlocal inside, most
        with lock():
            inside += 1
            most = max(most, inside)
            time.sleep(0.0002)  # long enough for another thread to come in, if it could
            inside -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(200)))
    engine.dispose()

    assert (inside, most) == (0, 1)


@on_sqlite
def test_the_writer_lock_is_free_again_after_an_error(database_url: str) -> None:
    engine, lock = open_engine(database_url, 1)

    with pytest.raises(ValueError, match="broken"), lock():
        raise ValueError("broken")
    with lock():
        engine.dispose()


def test_many_writers_lose_no_update(database_url: str, keyring: Keyring) -> None:
    stores = [Store.open(database_url, keyring, pool_size=4) for _ in range(2)]
    with stores[0].work() as work:
        phone = add_phone(work, "+79990000001")
        work.run(update(Phone).where(col(Phone.id) == phone.id), language="")

    def add_letter(index: int) -> None:
        with stores[index % 2].work() as work:
            work.lock(phone.index)
            row = work.row(text("SELECT language FROM phone"))
            assert row is not None
            work.run(update(Phone).where(col(Phone.id) == phone.id), language=row.language + "a")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_letter, range(60)))
    length = asked(stores[0], "SELECT length(language) FROM phone")
    for store in stores:
        store.close()

    assert length == 60


def test_a_number_that_comes_many_times_at_once_is_one_telephone(database_url: str, keyring: Keyring) -> None:
    store = Store.open(database_url, keyring, pool_size=8)

    def meet(_: int) -> str:
        with store.work() as work:
            return ensure_phone(work, "+79990000001").id

    with ThreadPoolExecutor(8) as threads:
        ids = set(threads.map(meet, range(40)))
    store.close()

    assert len(ids) == 1
