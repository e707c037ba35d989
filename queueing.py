"""RQ to our measure: the worker of the doorbell's queue, and the schedule that rings for what has a time."""

import logging
from collections.abc import Mapping

import structlog
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, Worker
from rq.cron import CronJob, CronScheduler
from rq.job import Job
from rq.serializers import JSONSerializer

from store.doorbell import JOB_TIMEOUT_S, QUEUE

_WORKER_TTL_S = 30
"""Half of it is the longest wait for a job in one go: a connection that died unnoticed is noticed then."""
_log = structlog.get_logger("worker")


class ScheduledJob(CronJob):
    """A job of the schedule. RQ's own pickles its jobs; here they are JSON and go by name, like every other."""

    def enqueue(self, connection: Redis) -> Job:
        """Rings for the job."""
        queue = Queue(self.queue_name, connection=connection, serializer=JSONSerializer)
        return queue.enqueue(self.func_name, job_timeout=JOB_TIMEOUT_S, result_ttl=0)


def scheduler(connection: Redis, times: Mapping[str, str]) -> CronScheduler:
    """The schedule: jobs by name, and when; `enqueue_jobs` rings for what is due."""
    made = CronScheduler(connection, logging_level=logging.WARNING)
    made.get_jobs().extend(ScheduledJob(QUEUE, func_name=name, cron=when) for name, when in times.items())
    return made


class JobWorker(Worker):
    """RQ's worker without the thread that listens for remote commands, and soon back when Redis is."""

    max_connection_wait_time = 2.0

    def subscribe(self) -> None:
        """Listens to nobody: forking a process that has threads is asking for trouble."""


def job_worker(connection: Redis) -> JobWorker:
    """A worker of the doorbell's queue, before it starts."""
    return JobWorker([QUEUE], connection=connection, serializer=JSONSerializer, worker_ttl=_WORKER_TTL_S)


def work_off(redis_url: str) -> None:
    """Works off the queue until told to stop; returns when Redis is lost too."""
    try:
        job_worker(connect(redis_url)).work(logging_level="WARNING")
    except RedisError as error:
        _log.warning("queue_away", error=type(error).__name__)


def connect(redis_url: str) -> Redis:
    """A connection that is tried once more before it counts as lost."""
    return Redis.from_url(redis_url, socket_connect_timeout=1, retry=Retry(ConstantBackoff(0.1), 1))


class _AsEvents(logging.Handler):
    """RQ's own lines as events: the first line only, without tracebacks."""

    def emit(self, record: logging.LogRecord) -> None:
        _log.warning("rq", cause=record.getMessage().partition("\n")[0])


def log_as_events() -> None:
    """Has what RQ logs go the way of all events."""
    rq_log = logging.getLogger("rq")
    rq_log.addHandler(_AsEvents())
    rq_log.propagate = False
