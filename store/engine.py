"""Connections: SQLite with one writer at a time, or PostgreSQL with limits.

The system's SQLite may be a version that can lose commits when several processes share a WAL file (3.7.0 to 3.51.2), so
the driver is `pysqlite3`, which carries its own.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

STATEMENT_TIMEOUT_MS = 1900
"""With the wait for a place before it, under the 4 s in which a text must be answered."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "wal_autocheckpoint=2000",
    "secure_delete=ON",  # what was destroyed is overwritten, so that no later backup holds it in a page nobody uses
)

WriterLock = Callable[[], AbstractContextManager[None]]


class WriterBusy(Exception):
    """SQLite's one writer was another, for longer than a text may wait."""


def open_engine(database_url: str, pool_size: int) -> tuple[Engine, WriterLock]:
    """An engine, and the lock a writer holds around its transaction (nothing on PostgreSQL)."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite(database_url, pool_size), _file_lock(f"{url.database}.lock")
    return _postgresql(database_url, pool_size), nullcontext


def _sqlite(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        module=sqlite,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": STATEMENT_TIMEOUT_MS / 1000, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _file_lock(path: str) -> WriterLock:
    """SQLite's own busy wait starves writers (7.5 s of 100 processes); a file lock's queue does not (0.9 s).

    One thread of a process waits for the file at a time, the others for it: that wait can end.
    """

    mine = Lock()

    @contextmanager
    def locked() -> Iterator[None]:
        if not mine.acquire(timeout=STATEMENT_TIMEOUT_MS / 1000):
            raise WriterBusy("another thread writes for too long")
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)
        finally:
            mine.release()

    return locked


def _postgresql(url: str, pool_size: int) -> Engine:
    limits = f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=30000 -c TimeZone=UTC"
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,
        pool_timeout=STATEMENT_TIMEOUT_MS / 1000,
        pool_pre_ping=False,
        # psycopg prepares nothing of its own: with a rollback it would drop every prepared statement, ours too.
        connect_args={"options": limits, "connect_timeout": 3, "prepare_threshold": None},
    )
