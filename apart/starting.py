"""Starts a reading process, hands it what was sent through a pipe, and takes what it says: nothing lies on a disk."""

import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

READY: Final = b"R"
"""What such a process writes first, once it has given up everything."""
_ROOT = Path(__file__).parent.parent
_KILLED = (-9, -24)
"""By the system, when it used up its time or the machine's memory."""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class NoReader(Exception):
    """The process could not be started: the machine's fault, not the file's."""


def ask(
    arguments: Sequence[str],
    given: bytes,
    *,
    most: int,
    patience_s: float,
    environment: Mapping[str, str] = _NOTHING,
) -> bytes | None:
    """What `python -m ARGUMENTS` writes about `given`; None where it wrote more than `most` bytes or used up its time.

    Killed after `patience_s`, whatever it does. It gets no environment but this. Raises NoReader.
    """
    command = [sys.executable, "-m", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        process = subprocess.Popen(command, cwd=_ROOT, env=dict(environment), **pipes)  # type: ignore[call-overload]
    except OSError as error:
        raise NoReader(type(error).__name__) from None
    killer = threading.Timer(patience_s, process.kill)
    killer.start()
    try:
        return _talk(process, given, most)
    finally:
        killer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def _talk(process: "subprocess.Popen[bytes]", given: bytes, most: int) -> bytes | None:
    assert process.stdin is not None and process.stdout is not None
    if process.stdout.read(1) != READY:
        with suppress(BrokenPipeError):
            process.stdin.close()
        raise NoReader("not ready")
    with suppress(BrokenPipeError):
        process.stdin.write(given)
    with suppress(BrokenPipeError):
        process.stdin.close()
    written = process.stdout.read(most + 1)
    if len(written) > most or (not written and process.wait() in _KILLED):
        return None
    return written
