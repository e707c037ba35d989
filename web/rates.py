"""So many a minute and no more, counted in Redis for all processes together; without it, each process counts alone.

By `limits`, the engine of Flask-Limiter: that one would look at every request of the whole application, texts and calls
too, before and after it. Alone we count ourselves: what `limits` has for it starts a thread for nearly each count.
"""

import ipaddress
import threading
from collections.abc import Callable
from typing import Any

from flask import request
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

AWAY_S = 5.0
"""So long Redis is not asked after it did not answer."""
_PATIENCE: Any = {"socket_timeout": 0.25, "socket_connect_timeout": 0.25}
MINUTE_S = 60
_IPV6_HOME = 64
"""Bits of an IPv6 address that one household shares."""


class Alone:
    """The counts of one process; those of a minute that is over are forgotten."""

    def __init__(self) -> None:
        self._minute = 0
        self._counts: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def hit(self, what: str, whom: str, now_s: float) -> int:
        """Counts one; how many there are in this minute."""
        minute = int(now_s // MINUTE_S)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._counts.clear()
            self._counts[what, whom] = count = self._counts.get((what, whom), 0) + 1
            return count


class Rates:
    """Counts. Threads may share it."""

    def __init__(self, redis_url: str, timer: Callable[[], float]) -> None:
        """`timer` tells seconds. Redis is not asked before the first count."""
        self._timer = timer
        self._alone = Alone()
        self._away_until = 0.0
        self._lock = threading.Lock()
        self._redis_url = f"redis+{redis_url}" if redis_url.startswith("unix://") else redis_url
        self._together: FixedWindowRateLimiter | None = None

    def hit(self, what: str, whom: str, a_minute: int) -> int | None:
        """Counts one; None while they are at most `a_minute`, else in how many seconds to come again."""
        now = self._timer()
        if now >= self._away_until:
            try:
                item = RateLimitItemPerMinute(a_minute, namespace="passline")
                return None if self._shared().hit(item, what, whom) else MINUTE_S
            except StorageError:
                self._away_until = now + AWAY_S
        return None if self._alone.hit(what, whom, now) <= a_minute else MINUTE_S

    def _shared(self) -> FixedWindowRateLimiter:
        with self._lock:
            if self._together is None:
                storage = storage_from_string(self._redis_url, wrap_exceptions=True, **_PATIENCE)
                self._together = FixedWindowRateLimiter(storage)
            return self._together


def network() -> str:
    """The network whose limits this request counts for: an IPv4 address, or an IPv6 household."""
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_HOME), strict=False))
