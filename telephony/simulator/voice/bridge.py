"""Two legs connected, or about to be: what both look at, whoever comes or goes first."""

import threading
from datetime import datetime


class Bridge:
    """Made by the leg that dials; the first other leg that joins is connected, and either end ends it.

    ``url`` and ``method`` are the document for the other end, before the two are connected.
    """

    def __init__(self, dialler: str, url: str = "", method: str = "POST") -> None:
        self.dialler = dialler
        self.url = url
        self.method = method
        self.other = ""
        self.over = False
        self.began: datetime | None = None
        self._lock = threading.Lock()

    @property
    def joined(self) -> bool:
        """Whether two ends are, or were, connected."""
        return self.began is not None

    def join(self, sid: str, now: datetime) -> bool:
        """Connect this leg; False when another was quicker or the dialling end has gone."""
        with self._lock:
            if self.over or self.other:
                return False
            self.other, self.began = sid, now
            return True

    def end(self) -> None:
        """An end has gone."""
        with self._lock:
            self.over = True

    def partner(self, sid: str) -> str:
        """The other end, seen from one."""
        return self.other if sid == self.dialler else self.dialler
