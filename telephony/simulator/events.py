"""Live news for open pages: server-sent events, one bounded queue a listener."""

import json
import queue
import threading
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
        """Text of an event stream that never ends; ``heartbeat`` tells what to say when nothing happens."""
        news: queue.Queue[tuple[str, Any]] = queue.Queue(_MOST_WAITING)
        with self._lock:
            self._listeners.add(news)
        try:
            yield _event("pulse", heartbeat())
            while True:
                try:
                    yield _event(*news.get(timeout=HEARTBEAT_SECONDS))
                except queue.Empty:
                    yield _event("pulse", heartbeat())
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
