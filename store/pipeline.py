"""Statements to PostgreSQL in one round trip, through libpq itself.

psycopg's cursors wait for the socket fourteen times in the three round trips of a text, and each time hand the
interpreter to another thread: most of what a text cost. libpq's pipeline mode needs one wait a round trip.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from select import POLLIN, POLLOUT, poll
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

PATIENCE_MS = 5000
"""Longer than the server lets a statement last: whoever is silent for so long is gone."""
Statement = tuple[str, Sequence[Any]]
"""SQL with ``$1``, ``$2``, ..., and their values."""
_BEGIN, _COMMIT = ("BEGIN", ()), ("COMMIT", ())


class Pipeline:
    """Of one connection: it remembers which statements the server has prepared there."""

    def __init__(self, connection: "Connection[Any]") -> None:
        self._connection = connection
        self._names: dict[str, bytes] = {}

    def run(self, statements: Sequence[Statement], *, commit: bool) -> tuple[list[Any], int]:
        """Carries them out in a transaction, which `commit` ends; what the last returned, and how many rows it touched.

        Raises psycopg.Error. The transaction may have begun before.
        """
        pgconn = self._connection.pgconn
        begun = pgconn.transaction_status != TransactionStatus.IDLE
        asked = [*([] if begun else [_BEGIN]), *statements, *([_COMMIT] if commit else [])]
        last = self._exchange(pgconn, asked)[-1 - commit]
        return self._rows(last), last.command_tuples or 0

    def _exchange(self, pgconn: PGconn, asked: Sequence[Statement]) -> list[PGresult]:
        """The results of what was asked, one a statement."""
        new = list(dict.fromkeys(sql for sql, _ in asked if sql not in self._names))
        names = self._names | {sql: b"passline_%d" % (len(self._names) + place) for place, sql in enumerate(new)}
        pgconn.enter_pipeline_mode()
        try:
            for sql in new:
                pgconn.send_prepare(names[sql], sql.encode())
            for sql, values in asked:
                wired = [_wired(value) for value in values]
                formats = [Format.BINARY if isinstance(value, (bytes, str)) else Format.TEXT for value in values]
                pgconn.send_query_prepared(names[sql], wired, formats, Format.BINARY)
            pgconn.pipeline_sync()
            results = list(_results(pgconn))
        finally:
            if pgconn.status == ConnStatus.OK:
                pgconn.exit_pipeline_mode()
        for result in results:
            if result.status == ExecStatus.FATAL_ERROR:
                raise error_from_result(result)
        self._names = names
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


def _wired(value: Any) -> bytes | None:
    """A value as it goes over the wire: bytes and text as they are, so that no text ends at a NUL; others as words."""
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    return (value.isoformat() if isinstance(value, datetime) else str(value)).encode()
