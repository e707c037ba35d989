"""The one last fix: half an hour, in Redis or in the process, and nothing raises."""

import pytest
import structlog
from redis import Redis

from store.last_fixes import LIFE_S, LastFixes, MemoryLastFixes, RedisLastFixes
from tests.servers import Valkey


class Timer:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture(params=["memory", "redis", "redis away"])
def last_fixes(request: pytest.FixtureRequest, timer: Timer) -> LastFixes:
    if request.param == "memory":
        return MemoryLastFixes(timer)
    if request.param == "redis away":
        return RedisLastFixes("redis://127.0.0.1:9", timer)
    server: Valkey = request.getfixturevalue("valkey")
    return RedisLastFixes(server.url, timer)


def test_the_last_one_is_remembered_and_forgotten(last_fixes: LastFixes) -> None:
    last_fixes.remember("a:1", b"first")
    last_fixes.remember("a:1", b"second")
    last_fixes.remember("a:2", b"other")

    assert [last_fixes.recall(name) for name in ("a:1", "a:2", "a:3")] == [b"second", b"other", None]

    last_fixes.forget("a:1")
    assert (last_fixes.recall("a:1"), last_fixes.recall("a:2")) == (None, b"other")


def test_in_a_process_it_lives_half_an_hour(timer: Timer) -> None:
    memory = MemoryLastFixes(timer)
    memory.remember("a", b"1")
    timer.now += LIFE_S - 1
    memory.remember("b", b"2")
    assert (memory.recall("a"), memory.recall("b")) == (b"1", b"2")

    timer.now += 2

    assert (memory.recall("a"), memory.recall("b")) == (None, b"2")


def test_in_redis_it_lives_half_an_hour(valkey: Valkey, timer: Timer) -> None:
    RedisLastFixes(valkey.url, timer).remember("a", b"1")

    with Redis.from_url(valkey.url) as redis:
        assert 0 < int(str(redis.ttl("passline:last-fix:a"))) <= LIFE_S


def test_a_process_keeps_so_many_and_no_more(timer: Timer) -> None:
    memory = MemoryLastFixes(timer)
    for n in range(20_001):
        memory.remember(str(n), b"x")

    assert (memory.recall("0"), memory.recall("1")) == (None, b"x")


def test_a_silent_redis_is_left_alone_for_a_while(timer: Timer) -> None:
    away = RedisLastFixes("redis://127.0.0.1:9", timer)

    with structlog.testing.capture_logs() as logs:
        away.remember("a", b"1")
        away.remember("a", b"2")
        timer.now += 6
        assert away.recall("a") == b"2"

    assert [event["event"] for event in logs] == ["last_fixes_silent"] * 2
