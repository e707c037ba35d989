"""The case store's one unit of work: one transaction, one `now`."""

import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random, SystemRandom
from typing import Any, Protocol

from sqlalchemy import BigInteger, Connection, Engine, Executable, bindparam, text
from sqlmodel import SQLModel

from store.audit import AuditEntry
from store.engine import WriterLock, open_engine
from store.ids import new_id
from store.jobs import Ring
from store.keyring import Keyring
from store.prepared import Parameters, Prepared, insertion, run_prepared

Clock = Callable[[], datetime]
_LOCK = Prepared(text("SELECT pg_advisory_xact_lock(:key)").bindparams(bindparam("key", type_=BigInteger())))


class Doorbell(Protocol):
    """Wakes whoever does the jobs; may do nothing, what is due is swept anyway."""

    def ring(self, rings: Sequence[Ring]) -> None:
        """Says that these jobs are due. Never raises."""


class Silence:
    """A doorbell that nobody hears."""

    def ring(self, rings: Sequence[Ring]) -> None:
        """Does nothing."""


def system_clock() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


class Work:
    """One transaction. What is written waits for the next read, for `flush` or for the end, and then goes together."""

    def __init__(self, store: "Store", connection: Connection) -> None:
        self.connection = connection
        self._ids = store.ids
        self._waiting: list[tuple[Prepared, Parameters]] = []
        self._postgresql = connection.dialect.name == "postgresql"
        self.keys = store.keys
        self.now = store.clock()
        self.random = store.random
        self.kept = store.kept
        self.rung: list[Ring] = []
        self.touched = 0
        """Once it has ended: how many rows the last statement that waited for the end touched."""

    def new_id(self) -> str:
        """An id that sorts by time."""
        return self._ids(self.now)

    def lock(self, name: bytes) -> None:
        """Nothing is read or written before no other transaction holds this name; held to the end.

        On SQLite a writer is alone already.
        """
        if self._postgresql:
            self._waiting.append((_LOCK, {"key": int.from_bytes(name[:8], signed=True)}))

    def rows(self, statement: Prepared | Executable, /, **values: Any) -> Sequence[Any]:
        """Every row of a query."""
        if isinstance(statement, Prepared):
            return self._flush_with((statement, values))[0]
        self.flush()
        return self.connection.execute(statement, values).all()

    def row(self, statement: Prepared | Executable, /, **values: Any) -> Any:
        """The first row of a query, or None."""
        return next(iter(self.rows(statement, **values)), None)

    def count(self, statement: Executable) -> int:
        """The number that a query counts."""
        return int(self.row(statement)[0])

    def run(self, statement: Prepared | Executable, /, **values: Any) -> int:
        """Carries out an update or delete; how many rows it touched."""
        if isinstance(statement, Prepared):
            return self._flush_with((statement, values))[1]
        self.flush()
        return self.connection.execute(statement, values).rowcount

    def insert(self, table: type[SQLModel], /, **values: Any) -> None:
        """Adds a row, later, in the order asked for."""
        self._waiting.append((insertion(table, tuple(values)), values))

    def later(self, statement: Prepared, /, **values: Any) -> None:
        """Carries out an update or delete, later, in the order asked for."""
        self._waiting.append((statement, values))

    def flush(self) -> None:
        """Sends what waits."""
        if self._waiting:
            self._flush_with(None)

    def _flush_with(self, last: tuple[Prepared, Parameters] | None) -> tuple[list[Any], int]:
        waiting, self._waiting = self._waiting, []
        return run_prepared(self.connection, waiting, last)

    def ring(self, job: str, row_id: str) -> None:
        """Once committed, one of `store.jobs` is due for a row."""
        self.rung.append(Ring(job, row_id))

    def finish(self) -> None:
        """Sends what waits, and the transaction's end with it."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.touched = run_prepared(self.connection, waiting, commit=True)[1]

    def audit(self, actor: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
        """One line of the audit: `actor` did `action` to the row `subject`. Details hold no personal data."""
        line = json.dumps(details, ensure_ascii=False) if details else "{}"
        self.insert(
            AuditEntry, id=self.new_id(), at=self.now, actor=actor, action=action, subject=subject, details=line
        )


class Store:
    """The case store. Give it to whoever needs it; it holds no state but its connections."""

    def __init__(
        self,
        engine: Engine,
        writer_lock: WriterLock,
        keys: Keyring,
        clock: Clock = system_clock,
        doorbell: Doorbell | None = None,
        ids: Callable[[datetime], str] = new_id,
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
            work.finish()
        if work.rung:
            self._doorbell.ring(work.rung)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A unit that only reads, everything as of one moment; it keeps no writer waiting."""
        with self.engine.connect().execution_options(reading=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield Work(self, connection)

    def glance(self, statement: Prepared, /, **values: Any) -> Sequence[Any]:
        """Every row of one query as of one moment. No transaction, so that PostgreSQL is asked once and not thrice."""
        with self.engine.connect() as connection:
            return run_prepared(connection, [], (statement, values), begin=False)[0]

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()
