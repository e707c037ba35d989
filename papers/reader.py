"""Starts the reading process, hands a file over through a pipe, and takes what it says: nothing lies on a disk."""

import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from papers.answers import MOST_OUT, READY, Drawn, Refused, take

PATIENCE_S = 25.0
"""After this it is killed, whatever it does."""
_ROOT = Path(__file__).parent.parent
_KILLED = (-9, -24)
"""By the system, when it used up its time or the machine's memory."""


class NoReader(Exception):
    """The process could not be started: the machine's fault, not the file's."""


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
        command = [sys.executable, "-m", "papers", kind]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        try:
            process = subprocess.Popen(command, cwd=_ROOT, env={}, **pipes)  # type: ignore[call-overload]
        except OSError as error:
            raise NoReader(type(error).__name__) from None
        killer = threading.Timer(self._patience_s, process.kill)
        killer.start()
        try:
            return _talk(process, content)
        finally:
            killer.cancel()
            process.kill()
            process.wait()
            process.stdout.close()


def _talk(process: "subprocess.Popen[bytes]", content: bytes) -> list[Drawn] | Refused:
    assert process.stdin is not None and process.stdout is not None
    if process.stdout.read(1) != READY:
        with suppress(BrokenPipeError):
            process.stdin.close()
        raise NoReader("not ready")
    with suppress(BrokenPipeError):
        process.stdin.write(content)
    with suppress(BrokenPipeError):
        process.stdin.close()
    written = process.stdout.read(MOST_OUT + 1)
    if len(written) > MOST_OUT:
        return Refused("large")
    if not written and process.wait() in _KILLED:
        return Refused("large")
    return take(written)
