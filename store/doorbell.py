"""The doorbell on Redis: RQ jobs by name, each with a row's id. The tables are the truth; this saves waiting."""

import time
from collections.abc import Callable, Sequence

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, Worker
from rq.serializers import JSONSerializer

from store.jobs import Ring

QUEUE = "messages"
JOB_TIMEOUT_S = 30
_PATIENCE_S = 0.5
_ASK_S = 2.0
_SULK_S = 5.0
_KEEP_FAILED_S = 3600


class RedisDoorbell:
    """Enqueues a job for each ring. Redis away: nothing is lost, the sweep finds the rows.

    `timer` counts seconds: after a failure Redis is left alone for a while, so that it holds up one text and not all.
    """

    def __init__(self, redis_url: str, timer: Callable[[], float] = time.monotonic) -> None:
        connection = Redis.from_url(
            redis_url,
            socket_connect_timeout=_PATIENCE_S,
            socket_timeout=_PATIENCE_S,
            retry=Retry(NoBackoff(), 1),  # one more try, for a connection that went stale
        )
        self._queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
        self._timer = timer
        self._silent_until = 0.0
        self._log = structlog.get_logger("doorbell")

    def ring(self, rings: Sequence[Ring]) -> None:
        """One job a ring; a Redis that does not answer is logged and forgotten."""
        if self._timer() < self._silent_until:
            return
        try:
            self._queue.enqueue_many(
                Queue.prepare_data(job, (row_id,), timeout=JOB_TIMEOUT_S, result_ttl=0, failure_ttl=_KEEP_FAILED_S)
                for job, row_id in rings
            )
        except RedisError as error:
            self._silent_until = self._timer() + _SULK_S
            self._log.warning("doorbell_silent", error=type(error).__name__, waiting=len(rings))


def listeners(redis_url: str) -> int | None:
    """How many workers wait for jobs; None where Redis does not answer."""
    connection = Redis.from_url(
        redis_url, socket_connect_timeout=_ASK_S, socket_timeout=_ASK_S, retry=Retry(NoBackoff(), 0)
    )
    try:
        return Worker.count(connection=connection, queue=Queue(QUEUE, connection=connection))
    except RedisError:
        return None
    finally:
        connection.close()
