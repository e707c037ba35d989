"""PostgreSQL through libpq's pipeline: what comes back, what fails, and what is usable afterwards."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import psycopg
import pytest

from store.pipeline import PATIENCE_MS, Pipeline, Statement

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
ADD = "INSERT INTO thing (id, named, at) VALUES ($1::VARCHAR, $2, $3::TIMESTAMP WITH TIME ZONE)"
ALL = "SELECT id, named, at FROM thing ORDER BY id"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def connection(database_url: str) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(database_url, options="-c TimeZone=UTC") as found:
        found.execute("CREATE TABLE thing (id VARCHAR PRIMARY KEY, named BYTEA, at TIMESTAMPTZ)")
        found.commit()
        yield found


@pytest.fixture
def pipeline(connection: "psycopg.Connection[Any]") -> Pipeline:
    return Pipeline(connection)


def thing(name: str, value: bytes | None = b"\x00\xff") -> Statement:
    return ADD, (name, value, NOON)


def things(database_url: str) -> list[Any]:
    with psycopg.connect(database_url) as other:
        return [name for (name,) in other.execute("SELECT id FROM thing ORDER BY id").fetchall()]


@contextmanager
def stopped(process: int) -> Iterator[None]:
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def test_values_come_back_as_they_went_in_and_the_last_statement_answers(pipeline: Pipeline) -> None:
    rows, touched = pipeline.run([thing("тест"), thing("none", None), (ALL, ())], commit=False)

    assert rows == [["none", None, NOON], ["тест", b"\x00\xff", NOON]]
    assert touched == 2


def test_what_is_not_committed_is_seen_by_nobody_else_and_the_end_travels_along(
    pipeline: Pipeline, database_url: str
) -> None:
    pipeline.run([thing("1")], commit=False)
    before = things(database_url)

    pipeline.run([thing("2")], commit=True)

    assert before == [] and things(database_url) == ["1", "2"]


def test_one_that_fails_undoes_all_and_the_connection_works_on(
    pipeline: Pipeline, connection: "psycopg.Connection[Any]", database_url: str
) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        pipeline.run([thing("1"), thing("1"), (ALL, ())], commit=True)
    connection.rollback()

    pipeline.run([thing("2"), (ALL, ())], commit=True)

    assert things(database_url) == ["2"]


def test_sql_that_the_server_refuses_may_be_tried_again(
    pipeline: Pipeline, connection: "psycopg.Connection[Any]"
) -> None:
    for _ in range(2):
        with pytest.raises(psycopg.errors.UndefinedTable):
            pipeline.run([thing("1"), ("SELECT 1 FROM nothing", ())], commit=False)
        connection.rollback()

    assert pipeline.run([(ALL, ())], commit=False) == ([], 0)


def test_a_text_with_a_nul_is_refused_rather_than_cut_short(
    pipeline: Pipeline, connection: "psycopg.Connection[Any]", database_url: str
) -> None:
    with pytest.raises(psycopg.DataError):
        pipeline.run([thing("a\0b")], commit=True)

    connection.rollback()
    assert things(database_url) == []


def test_more_than_the_socket_takes_at_once_arrives_whole(pipeline: Pipeline) -> None:
    large = bytes(3_000_000)

    rows, _ = pipeline.run([thing("1", large), thing("2", large), (ALL, ())], commit=False)

    assert [len(named) for _, named, _ in rows] == [3_000_000] * 2


def test_a_server_that_falls_silent_is_given_up_in_time(
    pipeline: Pipeline, connection: "psycopg.Connection[Any]"
) -> None:
    pipeline.run([(ALL, ())], commit=True)

    with stopped(connection.info.backend_pid):
        begun = monotonic()
        with pytest.raises(psycopg.OperationalError):
            pipeline.run([(ALL, ())], commit=False)
        taken = monotonic() - begun

    assert connection.closed and taken < 2 * PATIENCE_MS / 1000


def test_a_server_that_is_gone_is_an_error_of_the_connection(
    pipeline: Pipeline, connection: "psycopg.Connection[Any]", database_url: str
) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))

    with pytest.raises(psycopg.OperationalError):
        pipeline.run([(ALL, ())], commit=False)

    assert connection.closed
