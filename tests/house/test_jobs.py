"""Every job that anything rings for exists, lands in a queue that the worker watches, and carries an id alone."""

from collections.abc import Iterator

import pytest
from redis import Redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.utils import import_attribute

from queueing import scheduler
from store.doorbell import QUEUE, RedisDoorbell
from store.jobs import JOBS, Ring
from tests.servers import Valkey
from worker import SCHEDULE


@pytest.fixture
def redis(valkey: Valkey) -> Iterator[Redis]:
    with Redis.from_url(valkey.url) as connection:
        connection.flushdb()
        yield connection


@pytest.mark.parametrize("name", [*JOBS, *SCHEDULE])
def test_every_job_resolves(name: str) -> None:
    assert callable(import_attribute(name))


def waiting(redis: Redis) -> list[Job]:
    """What the worker would find; a job that is not JSON would not be read."""
    return Queue(QUEUE, connection=redis, serializer=JSONSerializer).get_jobs()


def test_what_is_rung_for_lands_in_the_watched_queue_with_an_id_alone(valkey: Valkey, redis: Redis) -> None:
    RedisDoorbell(valkey.url).ring([Ring(job, "018f00000000000000000001") for job in JOBS])

    rung = [(job.func_name, list(job.args), job.kwargs) for job in waiting(redis)]
    assert rung == [(job, ["018f00000000000000000001"], {}) for job in JOBS]
    assert redis.smembers("rq:queues") == {f"rq:queue:{QUEUE}".encode()}


def test_every_scheduled_job_lands_in_the_watched_queue(redis: Redis) -> None:
    for job in scheduler(redis, SCHEDULE).get_jobs():
        job.enqueue(redis)

    assert {job.func_name for job in waiting(redis)} == set(SCHEDULE)
    assert redis.smembers("rq:queues") == {f"rq:queue:{QUEUE}".encode()}
