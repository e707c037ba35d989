"""Statements of the text path, compiled once a database and run on the driver's own cursor.

SQLAlchemy's execute costs 60 to 100 us a statement, a third of a text's time; what it compiles is as good without it.
Several prepared statements travel together on PostgreSQL (pipeline mode): one round trip, each with its own snapshot.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, insert
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from store.columns import table

Parameters = Mapping[str, Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in one database's own SQL, with what must be done to values on the way in and out."""

    sql: str
    order: tuple[str, ...] | None
    into: Mapping[str, Convert]
    row: Convert | None
    out: tuple[tuple[int, Convert], ...]
    fixed: Parameters

    def bound(self, values: Parameters) -> Any:
        """The parameters as the driver wants them."""
        given = {**self.fixed, **values} if self.fixed else values
        into = self.into
        converted = {name: into[name](value) if name in into else value for name, value in given.items()}
        return converted if self.order is None else [converted[name] for name in self.order]

    def rows(self, fetched: Sequence[Sequence[Any]]) -> list[Any]:
        """What came back, as named tuples."""
        if self.row is None:
            return list(fetched)
        rows = []
        for values in fetched:
            converted = list(values)
            for place, convert in self.out:
                if converted[place] is not None:
                    converted[place] = convert(converted[place])
            rows.append(self.row(converted))
        return rows


class Prepared:
    """A Core statement to be run often. Its bound values are given by name."""

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}

    def on(self, dialect: Dialect) -> _Compiled:
        """The statement for one kind of database."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = self._compile(dialect)
        return found

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)
        into = {
            name: convert
            for bind, name in compiled.bind_names.items()
            if (convert := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        fixed = {name: bind.value for bind, name in compiled.bind_names.items() if bind.value is not None}
        order = tuple(compiled.positiontup) if compiled.positiontup else None
        columns = list(getattr(self._statement, "selected_columns", ()))
        out = tuple(
            (place, convert)
            for place, column in enumerate(columns)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None))
        )
        row: Any = namedtuple("Row", [column.name for column in columns]) if columns else None
        return _Compiled(str(compiled), order, into, row and row._make, out, fixed)


_inserts: dict[tuple[type[SQLModel], tuple[str, ...]], Prepared] = {}


def insertion(model: type[SQLModel], columns: tuple[str, ...]) -> Prepared:
    """The INSERT of a row with these columns."""
    found = _inserts.get((model, columns))
    if found is None:
        found = _inserts[model, columns] = Prepared(insert(table(model)), columns)
    return found


def run_prepared(
    connection: Connection,
    waiting: Sequence[tuple[Prepared, Parameters]],
    last: tuple[Prepared, Parameters] | None = None,
    *,
    commit: bool = False,
) -> tuple[list[Any], int]:
    """Runs `waiting` in order, then `last`; the rows `last` returns and how many it touched. Raises DBAPIError.

    With `commit` the end of the transaction travels along.
    """
    dialect = connection.dialect
    driver: Any = connection.connection.dbapi_connection
    together = dialect.name == "postgresql" and len(waiting) + bool(last) + commit > 1
    try:
        with driver.pipeline() if together else nullcontext():
            for statement, values in waiting:
                _execute(driver, statement.on(dialect), values)
            if commit:
                driver.commit()
            if last is None:
                return [], 0
            compiled = last[0].on(dialect)
            cursor = _execute(driver, compiled, last[1])
            rows = compiled.rows(cursor.fetchall()) if compiled.row else []
        return rows, cursor.rowcount
    except dialect.loaded_dbapi.Error as error:
        gone = dialect.is_disconnect(error, driver, None)
        if gone:
            connection.invalidate(error)
        # The statement is named by its error alone: its values are personal.
        raise DBAPIError(None, None, error, connection_invalidated=gone) from error


def _execute(driver: Any, compiled: _Compiled, values: Parameters) -> Any:
    cursor = driver.cursor()
    cursor.execute(compiled.sql, compiled.bound(values))
    return cursor
