"""Databases to measure on, with a database's promise kept: what was answered is on the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
import pysqlite3.dbapi2 as sqlite

from bench.floor import FILL, PASSES, TABLE
from store.engine import open_engine
from store.migrations import upgrade
from tests.servers import PostgreSQL

KINDS = ("sqlite", "postgresql")


class Databases(Protocol):
    """A place for databases of one kind."""

    kind: str

    def fresh(self, name: str) -> str:
        """The URL of a new database with every table and no row."""

    def floor(self) -> str:
        """The URL of a database with the floor's tables."""

    def empty_floor(self, url: str) -> None:
        """Empties what the floor wrote."""

    def settle(self, url: str) -> None:
        """Brings the database to rest after much was written: statistics, checkpoint."""

    def size(self, url: str) -> int:
        """In bytes."""


class SQLiteFiles:
    """SQLite files in a folder."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fresh(self, name: str) -> str:
        """A new file."""
        url = self.url(name)
        _migrate(url)
        return url

    def url(self, name: str) -> str:
        """Of a file."""
        return f"sqlite:///{self._folder / name}.db"

    def floor(self) -> str:
        """A file with the floor's table."""
        file = self._folder / "floor.db"
        with sqlite.connect(file) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            for statement in (TABLE, PASSES, FILL):
                connection.execute(statement)
        return f"sqlite:///{file}"

    def empty_floor(self, url: str) -> None:
        """Deletes every row."""
        connection = sqlite.connect(file_of(url), isolation_level=None)
        connection.execute("DELETE FROM floor_text")
        connection.close()
        self.settle(url)

    def settle(self, url: str) -> None:
        """The WAL goes into the file."""
        connection = sqlite.connect(file_of(url))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def size(self, url: str) -> int:
        """Of the file."""
        return file_of(url).stat().st_size


class Cluster:
    """Databases of a PostgreSQL cluster that flushes each commit to the disk."""

    kind = "postgresql"

    def __init__(self, server: PostgreSQL) -> None:
        self._server = server

    def fresh(self, name: str) -> str:
        """A new database; one of that name goes."""
        url = self._new(name)
        _migrate(url)
        return url

    def floor(self) -> str:
        """A database with the floor's table."""
        url = self._new("floor")
        for statement in (TABLE, PASSES, FILL, "VACUUM ANALYZE floor_pass"):
            _ask(url, statement)
        return url

    def empty_floor(self, url: str) -> None:
        """Gives its pages back too."""
        _ask(url, "TRUNCATE floor_text")

    def settle(self, url: str) -> None:
        """Statistics as autovacuum would have gathered by now, and no checkpoint in the middle of a round."""
        _ask(url, "VACUUM ANALYZE")
        _ask(url, "CHECKPOINT")

    def size(self, url: str) -> int:
        """As PostgreSQL reckons."""
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0

    def has(self, name: str) -> bool:
        """Whether there is a database of this name."""
        with psycopg.connect(self._server.url()) as connection:
            return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None

    def url(self, name: str) -> str:
        """Of a database that is there."""
        return self._server.url(name)

    def _new(self, name: str) -> str:
        _ask(self._server.url(), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _ask(self._server.url(), f"CREATE DATABASE {name}")
        return self._server.url(name)


def file_of(url: str) -> Path:
    """The file of an SQLite URL."""
    return Path(url.removeprefix("sqlite:///"))


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    """A place for databases of a kind, gone afterwards."""
    if kind == "sqlite":
        yield SQLiteFiles(folder)
        return
    with PostgreSQL(durable=True) as server:
        _want_durable(server)
        yield Cluster(server)


def _want_durable(server: PostgreSQL) -> None:
    """A cluster that loses commits would make everything look cheap."""
    with psycopg.connect(server.url()) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            row = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
            assert row == ("on",), f"{setting} is {row}"


def _migrate(url: str) -> None:
    engine, _ = open_engine(url, 1)
    upgrade(engine)
    engine.dispose()


def _ask(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
