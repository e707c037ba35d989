"""The one last fix of each telephone of patients: in Redis for half an hour, or in this process while Redis is away.

Nowhere else is a position kept. What is kept is sealed by who brings it, under the key of its case.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Protocol

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

LIFE_S: Final = 1800
_PATIENCE_S = 0.25
_SULK_S = 5.0
_MOST: Final = 20_000
"""Of one process; the oldest go first."""
_PREFIX: Final = "passline:last-fix:"


class LastFixes(Protocol):
    """Sealed fixes by name, each for half an hour. A name says whose by ids alone. Never raises."""

    def recall(self, name: str) -> bytes | None:
        """What was remembered last."""
        ...

    def remember(self, name: str, sealed: bytes) -> None:
        """Keeps it in place of what was there."""
        ...

    def forget(self, name: str) -> None:
        """Keeps nothing more of it."""
        ...


class MemoryLastFixes:
    """Of one process. `timer` counts seconds."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, name: str) -> bytes | None:
        """What was remembered last, if that is not half an hour ago."""
        with self._lock:
            self._drop()
            found = self._kept.get(name)
        return found[1] if found else None

    def remember(self, name: str, sealed: bytes) -> None:
        """Keeps it in place of what was there."""
        with self._lock:
            self._kept.pop(name, None)
            self._kept[name] = self._timer() + LIFE_S, sealed
            self._drop()

    def forget(self, name: str) -> None:
        """Keeps nothing more of it."""
        with self._lock:
            self._kept.pop(name, None)

    def _drop(self) -> None:
        """They lie in the order of their ends."""
        now = self._timer()
        while self._kept and (len(self._kept) > _MOST or next(iter(self._kept.values()))[0] <= now):
            self._kept.popitem(last=False)


class RedisLastFixes:
    """Shared by all processes. While Redis does not answer, each process remembers by itself."""

    def __init__(self, redis_url: str, timer: Callable[[], float] = time.monotonic) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=_PATIENCE_S,
            socket_timeout=_PATIENCE_S,
            retry=Retry(NoBackoff(), 1),  # one more try, for a connection that went stale
        )
        self._timer = timer
        self._memory = MemoryLastFixes(timer)
        self._away_until = 0.0
        self._log = structlog.get_logger("last_fixes")

    def recall(self, name: str) -> bytes | None:
        """What was remembered last, here or in Redis."""
        found = self._asked(lambda: self._redis.get(_PREFIX + name))
        return bytes(found) if isinstance(found, bytes) else self._memory.recall(name)

    def remember(self, name: str, sealed: bytes) -> None:
        """Keeps it in Redis, or here."""
        if self._asked(lambda: self._redis.set(_PREFIX + name, sealed, ex=LIFE_S)) is None:
            self._memory.remember(name, sealed)
        else:
            self._memory.forget(name)

    def forget(self, name: str) -> None:
        """Keeps nothing more of it, here or there."""
        self._memory.forget(name)
        self._asked(lambda: self._redis.delete(_PREFIX + name))

    def _asked(self, ask: Callable[[], object]) -> object:
        """What Redis answers; None where it does not, and then it is left alone for a while."""
        if self._timer() < self._away_until:
            return None
        try:
            return ask()
        except RedisError as error:
            self._away_until = self._timer() + _SULK_S
            self._log.warning("last_fixes_silent", error=type(error).__name__)
            return None
