"""The fixtures themselves: a fresh database each time, a real Valkey, and no way out of this machine."""

import socket

import pytest
from redis import Redis
from sqlalchemy import text

from store import Store
from tests.clock import Clock
from tests.servers import Valkey


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_has_an_empty_store_of_its_own(store: Store, clock: Clock, time: str) -> None:
    with store.work() as work:
        assert work.row(text("SELECT count(*) FROM audit_entry")) == (0,)
        work.audit("a test", "store.tried", time)

    with store.work() as work:
        assert work.row(text("SELECT count(*) FROM audit_entry")) == (1,)
        assert work.now == clock.now


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_alters_the_next_finds_as_it_was(store: Store, time: str) -> None:
    with store.work() as work:
        work.connection.exec_driver_sql("ALTER TABLE audit_entry RENAME TO elsewhere")

    with store.work() as work:
        assert work.row(text("SELECT count(*) FROM elsewhere")) == (0,)


def test_a_valkey_answers(valkey: Valkey) -> None:
    with Redis.from_url(valkey.url) as redis:
        assert redis.ping()


def test_no_test_can_leave_this_machine() -> None:
    with pytest.raises(RuntimeError, match="this machine only"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)

    with pytest.raises(RuntimeError, match="this machine only"):
        socket.getaddrinfo("passline.example", 443)
