"""So many a minute and no more, counted in Redis for all processes together; without it, each process counts alone.

By `limits`, the engine of Flask-Limiter: that one would look at every request of the whole application, texts and calls
too, before and after it.
"""

import ipaddress
import threading
from collections.abc import Callable
from typing import Any

from flask import request
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

AWAY_S = 5.0
"""So long Redis is not asked after it did not answer."""
_PATIENCE_S = 0.25
_MINUTE_S = 60
_IPV6_HOME = 64
"""Bits of an IPv6 address that one household shares."""


class Rates:
    """Counts. Threads may share it."""

    def __init__(self, redis_url: str, timer: Callable[[], float]) -> None:
        """`timer` tells seconds. Redis is not asked before the first count."""
        self._timer = timer
        self._alone = FixedWindowRateLimiter(MemoryStorage())
        self._away_until = 0.0
        self._lock = threading.Lock()
        self._redis_url = redis_url.replace("unix://", "redis+unix://", 1) if redis_url[:4] == "unix" else redis_url
        self._together: FixedWindowRateLimiter | None = None

    def hit(self, what: str, whom: str, a_minute: int) -> int | None:
        """Counts one; None while they are at most `a_minute`, else in how many seconds to come again."""
        item = RateLimitItemPerMinute(a_minute, namespace="passline")
        if self._timer() >= self._away_until:
            try:
                return self._within(self._shared(), item, what, whom)
            except StorageError:
                self._away_until = self._timer() + AWAY_S
        return self._within(self._alone, item, what, whom)

    def _shared(self) -> FixedWindowRateLimiter:
        with self._lock:
            if self._together is None:
                patience: Any = {"socket_timeout": _PATIENCE_S, "socket_connect_timeout": _PATIENCE_S}
                self._together = FixedWindowRateLimiter(
                    storage_from_string(self._redis_url, wrap_exceptions=True, **patience)
                )
            return self._together

    def _within(self, by: FixedWindowRateLimiter, item: RateLimitItemPerMinute, what: str, whom: str) -> int | None:
        return None if by.hit(item, what, whom) else _MINUTE_S


def network() -> str:
    """The network whose limits this request counts for: an IPv4 address, or an IPv6 household."""
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_HOME), strict=False))
