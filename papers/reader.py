"""Has a file read in a process of its own."""

from typing import Protocol

from apart.starting import ask
from papers.answers import MOST_OUT, Drawn, Refused, take

PATIENCE_S = 25.0
"""After this the process is killed, whatever it does."""


class Reader(Protocol):
    """Reads one file."""

    def read(self, content: bytes, kind: str) -> list[Drawn] | Refused:
        """Its pages, or why not; raises NoReader."""


class SubprocessReader:
    """A process for each file, with none of our environment."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s

    def read(self, content: bytes, kind: str) -> list[Drawn] | Refused:
        """As the protocol says."""
        written = ask(["papers", kind], content, most=MOST_OUT, patience_s=self._patience_s)
        return Refused("large") if written is None else take(written)
