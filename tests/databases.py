"""A PostgreSQL database with every table and no row, for one test after another: emptied, or made anew once altered."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.servers import PostgreSQL

_NAME = "passline"
_LAST_USED = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
)
_WRITTEN = (
    "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class WHERE relkind = 'r' AND pg_relation_size(oid) > 0 "
    "AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'"
)
# What describes tables is rows too, and each says which transaction wrote it; emptying a table writes none of these.
_SHAPE = " UNION ALL ".join(
    f"SELECT count(*), max(xmin::text::bigint) FROM {catalogue}"
    for catalogue in ("pg_attribute", "pg_constraint", "pg_trigger", "pg_proc", "pg_index", "pg_namespace")
)
_NAMES = "SELECT count(*), hashtext(string_agg(relname, ' ' ORDER BY oid)) FROM pg_class"


class OneAfterAnother:
    """The database `passline` of a cluster that has a database `template`."""

    def __init__(self, cluster: PostgreSQL) -> None:
        self.url = cluster.url(_NAME)
        self._cluster = cluster
        self._shape: list[tuple[object, ...]] = []

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Its address, for one test."""
        if not self._shape:
            self._make()
        yield self.url
        if not self._emptied():
            self._shape = []

    def _emptied(self) -> bool:
        """Empties it as quickly as few tables were written; False where somebody altered it."""
        try:
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute(_LAST_USED, [_NAME])
                if _shape(connection) != self._shape:
                    return False
                ((written,),) = connection.execute(_WRITTEN).fetchall()
                if written:  # the audit refuses to be emptied, but to a replica
                    connection.execute("SET session_replication_role = replica")
                    connection.execute(f"TRUNCATE {written} RESTART IDENTITY CASCADE".encode())
        except psycopg.Error:
            return False
        return True

    def _make(self) -> None:
        with psycopg.connect(self._cluster.url(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {_NAME} TEMPLATE template STRATEGY FILE_COPY")
        with psycopg.connect(self.url, autocommit=True) as connection:
            self._shape = _shape(connection)


def _shape(connection: psycopg.Connection) -> list[tuple[object, ...]]:
    """What its tables are, as a thing to compare."""
    return connection.execute(f"{_SHAPE} UNION ALL {_NAMES}".encode()).fetchall()
