"""The doorbell on Redis: RQ jobs by name, each with a row's id. The outbox table is the truth; this only saves waiting."""

from collections.abc import Sequence

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

QUEUE = "messages"
DELIVER = "worker.deliver"
"""The job: deliver one outbox message, by id."""
_PATIENCE_S = 0.5


class RedisDoorbell:
    """Enqueues a delivery for each message. Redis away: nothing is lost, the sweep finds the rows."""

    def __init__(self, redis_url: str) -> None:
        connection = Redis.from_url(redis_url, socket_connect_timeout=_PATIENCE_S, socket_timeout=_PATIENCE_S)
        self._queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
        self._log = structlog.get_logger("doorbell")

    def ring(self, message_ids: Sequence[str]) -> None:
        """One job a message; a Redis that does not answer is logged and forgotten."""
        try:
            for message_id in message_ids:
                self._queue.enqueue(DELIVER, message_id, job_timeout=60, result_ttl=0, failure_ttl=3600)
        except RedisError as error:
            self._log.warning("doorbell_silent", error=type(error).__name__, waiting=len(message_ids))
