"""The case store's one unit of work: one transaction, one `now`."""

import json
import os
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random, SystemRandom
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Executable, Insert, Row, insert, text
from sqlmodel import SQLModel

from store.audit import AuditEntry
from store.engine import WriterLock, open_engine
from store.keyring import Keyring

Clock = Callable[[], datetime]
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")


class Doorbell(Protocol):
    """Wakes whoever delivers messages; may do nothing, the outbox is swept anyway."""

    def ring(self, message_ids: Sequence[str]) -> None:
        """Says that these outbox messages are due. Never raises."""


class Silence:
    """A doorbell that nobody hears."""

    def ring(self, message_ids: Sequence[str]) -> None:
        """Does nothing."""


def system_clock() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


def system_ids(now: datetime) -> str:
    """24 hex digits that sort by time: 48 bits of milliseconds, 48 random bits."""
    return f"{int(now.timestamp() * 1000):012x}{os.urandom(6).hex()}"


class Work:
    """One transaction. Rows are read at once; inserts wait for `flush`, for the next read, or for the end."""

    def __init__(self, store: "Store", connection: Connection) -> None:
        self._connection = connection
        self._ids = store.ids
        self._waiting: list[tuple[type[SQLModel], dict[str, Any]]] = []
        self._postgresql = connection.dialect.name == "postgresql"
        self.keys = store.keys
        self.now = store.clock()
        self.random = store.random
        self.kept = store.kept
        self.rung: list[str] = []

    def new_id(self) -> str:
        """An id that sorts by time."""
        return self._ids(self.now)

    def lock(self, name: bytes) -> None:
        """Waits until no other transaction holds this name; held to the end. On SQLite a writer is alone already."""
        if self._postgresql:
            self._connection.execute(_LOCK, {"key": int.from_bytes(name[:8], signed=True)})

    def rows(self, statement: Executable, /, **values: Any) -> Sequence[Row[Any]]:
        """Every row of a query."""
        self.flush()
        return self._connection.execute(statement, values).all()

    def row(self, statement: Executable, /, **values: Any) -> Row[Any] | None:
        """The first row of a query, or None."""
        self.flush()
        return self._connection.execute(statement, values).first()

    def run(self, statement: Executable, /, **values: Any) -> int:
        """Carries out an update or delete; how many rows it touched."""
        self.flush()
        return self._connection.execute(statement, values).rowcount

    def insert(self, table: type[SQLModel], /, **values: Any) -> None:
        """Adds a row, later, in the order asked for."""
        self._waiting.append((table, values))

    def flush(self) -> None:
        """Sends the rows that wait."""
        waiting, self._waiting = self._waiting, []
        for table, values in waiting:
            self._connection.execute(_insert_into(table), values)

    def audit(self, actor: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
        """One line of the audit: `actor` did `action` to the row `subject`. Details hold no personal data."""
        line = json.dumps(details, ensure_ascii=False) if details else "{}"
        self.insert(
            AuditEntry, id=self.new_id(), at=self.now, actor=actor, action=action, subject=subject, details=line
        )

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undoes what the block wrote when it raises; the exception goes on."""
        self.flush()
        with self._connection.begin_nested():
            yield
            self.flush()

    @property
    def connection(self) -> Connection:
        """For the audit's own statements and long reads."""
        return self._connection


_inserts: dict[type[SQLModel], Insert] = {}


def _insert_into(table: type[SQLModel]) -> Insert:
    found = _inserts.get(table)
    if found is None:
        found = _inserts[table] = insert(table)
    return found


class Store:
    """The case store. Give it to whoever needs it; it holds no state but its connections."""

    def __init__(
        self,
        engine: Engine,
        writer_lock: WriterLock,
        keys: Keyring,
        clock: Clock = system_clock,
        doorbell: Doorbell | None = None,
        ids: Callable[[datetime], str] = system_ids,
        random: Random | None = None,
    ):
        self.engine = engine
        self.keys = keys
        self.clock = clock
        self._writer_lock = writer_lock
        self._doorbell = doorbell or Silence()
        self.ids = ids
        self.random = random or SystemRandom()
        self.kept: dict[Hashable, Any] = {}
        """What never changes once it is read (versions of a regime), so that it is read once a process."""

    @classmethod
    def open(cls, database_url: str, keys: Keyring, *, pool_size: int = 4, **given: Any) -> "Store":
        """A store on a database URL; `given` are the constructor's clock, doorbell, ids and random."""
        engine, writer_lock = open_engine(database_url, pool_size)
        return cls(engine, writer_lock, keys, **given)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A unit of work: committed when the block ends, rolled back when it raises."""
        with self._writer_lock(), self.engine.begin() as connection:
            work = Work(self, connection)
            yield work
            work.flush()
        if work.rung:
            self._doorbell.ring(work.rung)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A unit that only reads: on SQLite it keeps no writer waiting."""
        with self.engine.connect().execution_options(reading=True) as connection, connection.begin():
            yield Work(self, connection)

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()
