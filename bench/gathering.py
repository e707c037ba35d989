"""Rows in bulk: what the service's own functions would insert one by one, gathered and written at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import psycopg
import pysqlite3.dbapi2 as sqlite
from psycopg import sql
from sqlalchemy import Executable
from sqlmodel import SQLModel

from bench.databases import file_of
from store import Store, Work
from store.columns import table
from store.passes import QuotaSlot
from store.prepared import Prepared
from store.tables import METADATA

Rows = dict[type[SQLModel], list[dict[str, Any]]]
_ORDER = [one.name for one in METADATA.sorted_tables]
_PATIENCE_S = 600


class Gathering(Work):
    """A unit of work in which nothing is found and every place is free; what it inserts waits in `rows_gathered`."""

    def __init__(self, store: Store) -> None:
        with store.engine.connect() as connection:
            super().__init__(store, connection)
        self.rows_gathered: Rows = {}
        self._taken: Counter[tuple[bytes, str, str]] = Counter()

    def lock(self, name: bytes) -> None:
        """Nobody else is there."""

    def rows(self, _statement: Prepared | Executable, /, **values: Any) -> Sequence[Any]:
        """Nothing is found; the one statement that writes and reads takes a place of a quota."""
        if "cap" not in values:
            return ()
        place = values["holder"], values["rule"], values["period"]
        self._taken[place] += 1
        self.insert(QuotaSlot, **values, slot=self._taken[place])
        return (SimpleNamespace(slot=self._taken[place]),)

    def insert(self, table: type[SQLModel], /, **values: Any) -> None:
        """Keeps the row for later."""
        self.rows_gathered.setdefault(table, []).append(values)

    def flush(self) -> None:
        """Rows wait for `write`."""

    def take(self) -> Rows:
        """The rows so far; the next ones begin anew."""
        taken, self.rows_gathered = self.rows_gathered, {}
        self._taken.clear()
        return taken


def write(url: str, rows: Rows) -> None:
    """Writes rows in one transaction, in the order of their foreign keys, without a look at them."""
    ordered = sorted(rows, key=lambda model: _ORDER.index(table(model).name))
    if url.startswith("sqlite"):
        _write_sqlite(url, rows, ordered)
    else:
        _write_postgresql(url, rows, ordered)


def _write_postgresql(url: str, rows: Rows, ordered: Sequence[type[SQLModel]]) -> None:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET TimeZone = UTC")
        for model in ordered:
            columns = sql.SQL(", ").join(map(sql.Identifier, rows[model][0]))
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(str(table(model).name)), columns)
            with cursor.copy(into) as copy:
                for row in rows[model]:
                    copy.write_row(tuple(row.values()))


def _write_sqlite(url: str, rows: Rows, ordered: Sequence[type[SQLModel]]) -> None:
    connection = sqlite.connect(file_of(url), isolation_level=None, timeout=_PATIENCE_S)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-250000")
    connection.execute("BEGIN IMMEDIATE")
    for model in ordered:
        names = list(rows[model][0])
        marks = ", ".join("?" * len(names))
        into = f'INSERT INTO "{table(model).name}" ({", ".join(names)}) VALUES ({marks})'
        connection.executemany(into, (tuple(map(_for_sqlite, row.values())) for row in rows[model]))
    connection.execute("COMMIT")
    connection.close()


def _for_sqlite(value: object) -> object:
    """As SQLAlchemy would store it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value
