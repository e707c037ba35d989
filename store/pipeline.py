"""Statements to PostgreSQL in one round trip, through libpq itself.

psycopg's cursors wait for the socket fourteen times in the three round trips of a text, and each time hand the
interpreter to another thread: most of what a text cost. libpq's pipeline mode needs one wait a round trip.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from select import POLLIN, POLLOUT, poll
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from store.engine import STATEMENT_TIMEOUT_MS

PATIENCE_MS = STATEMENT_TIMEOUT_MS + 500
"""A server that is silent for longer than it lets a statement last is gone."""
Statement = tuple[str, Sequence[Any]]
"""SQL with ``$1``, ``$2``, ..., and their values."""
_BEGIN, _COMMIT = ("BEGIN", ()), ("COMMIT", ())


class Pipeline:
    """Of one connection: it remembers which statements the server has prepared there."""

    def __init__(self, connection: "Connection[Any]") -> None:
        self._connection = connection
        self._names: dict[str, bytes] = {}
        self._numbers = count(1)

    def run(
        self, statements: Sequence[Statement], *, commit: bool = False, begin: bool = True
    ) -> tuple[list[Any], int]:
        """Carries them out in a transaction, which `commit` ends; what the last returned, and how many rows it touched.

        Raises psycopg.Error. The transaction may have begun before; without `begin` there is none but the server's own,
        which ends with them.
        """
        pgconn = self._connection.pgconn
        begun = pgconn.transaction_status != TransactionStatus.IDLE
        asked = [*([_BEGIN] if begin and not begun else []), *statements, *([_COMMIT] if commit else [])]
        last = self._exchange(pgconn, asked)[-1 - commit]
        return self._rows(last), last.command_tuples or 0

    def _exchange(self, pgconn: PGconn, asked: Sequence[Statement]) -> list[PGresult]:
        """The results of what was asked, one a statement."""
        new = {sql: b"passline_%d" % next(self._numbers) for sql, _ in asked if sql not in self._names}
        names = {**self._names, **new} if new else self._names
        wired = [(names[sql], *_wired(values)) for sql, values in asked]
        pgconn.enter_pipeline_mode()
        try:
            for sql, name in new.items():
                pgconn.send_prepare(name, sql.encode())
            for name, values, formats in wired:
                pgconn.send_query_prepared(name, values, formats, Format.BINARY)
            pgconn.pipeline_sync()
            results = list(_results(pgconn))
        finally:
            if pgconn.status == ConnStatus.OK:
                pgconn.exit_pipeline_mode()
        # What was prepared stays so, also where the transaction does not.
        ready = zip(new.items(), results, strict=False)
        self._names |= {sql: name for (sql, name), result in ready if result.status == ExecStatus.COMMAND_OK}
        for result in results:
            if result.status == ExecStatus.FATAL_ERROR:
                raise error_from_result(result)
        return results[len(new) :]

    def _rows(self, result: PGresult) -> list[Any]:
        if not result.nfields:
            return []
        reader = Transformer(self._connection)
        reader.set_pgresult(result)
        return reader.load_rows(0, result.ntuples, list)


def _results(pgconn: PGconn) -> Iterator[PGresult]:
    """All up to the pipeline's end, as they arrive; between two of them libpq says None."""
    socket = poll()
    socket.register(pgconn.socket, POLLIN | POLLOUT)
    while pgconn.flush():
        _wait(pgconn, socket)
    socket.modify(pgconn.socket, POLLIN)
    while True:
        while pgconn.is_busy():
            _wait(pgconn, socket)
        result = pgconn.get_result()
        if result and result.status == ExecStatus.PIPELINE_SYNC:
            return
        if result:
            yield result


def _wait(pgconn: PGconn, socket: poll) -> None:
    """For the socket, while other threads work."""
    if not socket.poll(PATIENCE_MS):
        pgconn.finish()
        raise OperationalError("the database does not answer")
    pgconn.consume_input()


def _wired(values: Sequence[Any]) -> tuple[list[bytes | None], list[Format]]:
    """Values as they go over the wire, and how: bytes and text as they are, so that no text ends at a NUL."""
    formats = [Format.BINARY if isinstance(value, (bytes, str)) else Format.TEXT for value in values]
    return [_bytes(value) for value in values], formats


def _bytes(value: Any) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, datetime):
        value = value.isoformat()
    return str(value).encode()
