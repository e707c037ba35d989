"""Statements of the text path, compiled once a database and run on the driver itself.

SQLAlchemy's execute costs 60 to 100 us a statement, a third of a text's time; what it compiles is as good without it.
Several prepared statements travel together to PostgreSQL: one round trip, each with its own snapshot.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from store.columns import table
from store.pipeline import Pipeline, Statement

Parameters = Mapping[str, Any]
Convert = Callable[[Any], Any]
_FORGOT = ("26000", "42P05")
"""PostgreSQL's states: no such prepared statement, or one of that name already. A pooler in between may do that."""
_NUMBERED: Dialect = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
"""PostgreSQL as its server reads it: $1, $2, ...; and no driver that wraps values."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in one database's own SQL, with what must be done to values on the way in and out."""

    sql: str
    order: tuple[str, ...]
    into: Mapping[str, Convert]
    row: Convert | None
    out: tuple[tuple[int, Convert], ...]
    fixed: Parameters

    def bound(self, values: Parameters) -> list[Any]:
        """The parameters as the driver wants them."""
        given = {**self.fixed, **values} if self.fixed else values
        into = self.into
        return [into[name](given[name]) if name in into else given[name] for name in self.order]

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
            spoken = _NUMBERED if dialect.name == "postgresql" else dialect
            found = self._compiled[dialect.name] = self._compile(spoken)
        return found

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)
        into = {
            name: convert
            for bind, name in compiled.bind_names.items()
            if (convert := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        fixed = {name: bind.value for bind, name in compiled.bind_names.items() if bind.value is not None}
        order = tuple(compiled.positiontup or ())
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
    begin: bool = True,
) -> tuple[list[Any], int]:
    """Runs `waiting` in order, then `last`; the rows `last` returns and how many it touched. Raises DBAPIError.

    With `commit` the end of the transaction travels along; without `begin` they are in none, unless one began before.
    """
    dialect = connection.dialect
    driver: Any = connection.connection.dbapi_connection
    asked = [(statement.on(dialect), values) for statement, values in ([*waiting, last] if last else waiting)]
    statements = [(compiled.sql, compiled.bound(values)) for compiled, values in asked]
    try:
        if dialect.name == "postgresql":
            rows, touched = _pipeline(connection, driver).run(statements, commit=commit, begin=begin)
        else:
            rows, touched = _one_by_one(driver, statements)
    except dialect.loaded_dbapi.Error as error:
        forgot = getattr(error, "sqlstate", None) in _FORGOT
        gone = forgot or dialect.is_disconnect(error, driver, None)
        if gone:
            # As SQLAlchemy's own execute does: the others that wait in the pool are older and as dead.
            connection.invalidate(error)
            connection.engine.dispose()
        # The statement is named by its error alone: its values are personal.
        raise DBAPIError(None, None, error, connection_invalidated=gone) from error
    return (asked[-1][0].rows(rows) if last else []), touched


def _pipeline(connection: Connection, driver: Any) -> Pipeline:
    """The connection's own, as long as it lives."""
    found: Pipeline | None = connection.info.get(Pipeline)
    if found is None:
        found = connection.info[Pipeline] = Pipeline(driver)
    return found


def _one_by_one(driver: Any, statements: Sequence[Statement]) -> tuple[list[Any], int]:
    """What the last one returned, and how many rows it touched."""
    for sql, values in statements:
        cursor = driver.execute(sql, values)
    return cursor.fetchall(), cursor.rowcount
