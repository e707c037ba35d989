"""Live news for open pages: server-sent events, one bounded queue a listener."""

import contextlib
import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

HEARTBEAT_SECONDS: Final = 2.0
_MOST_WAITING: Final = 1_000


class Broadcast:
    """Hands every event to every listener; a listener that falls behind is told to read everything anew."""

    def __init__(self) -> None:
        self._listeners: set[queue.Queue[tuple[str, Any]]] = set()
        self._lock = threading.Lock()

    def publish(self, kind: str, data: Any) -> None:
        """Send JSON-able data to all listeners; never waits."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            _offer(listener, (kind, data))

    def stream(self, heartbeat: Callable[[], Any]) -> Iterator[str]:
        """Text of an event stream that never ends; ``heartbeat`` tells what to say every two seconds."""
        news: queue.Queue[tuple[str, Any]] = queue.Queue(_MOST_WAITING)
        with self._lock:
            self._listeners.add(news)
        try:
            beat = 0.0
            while True:
                if time.monotonic() >= beat:
                    yield _event("pulse", heartbeat())
                    beat = time.monotonic() + HEARTBEAT_SECONDS
                with contextlib.suppress(queue.Empty):
                    yield _event(*news.get(timeout=max(beat - time.monotonic(), 0.0)))
        finally:
            with self._lock:
                self._listeners.discard(news)


def _offer(listener: queue.Queue[tuple[str, Any]], item: tuple[str, Any]) -> None:
    try:
        listener.put_nowait(item)
    except queue.Full:
        with listener.mutex:
            listener.queue.clear()
        listener.put_nowait(("reload", {}))


def _event(kind: str, data: Any) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
