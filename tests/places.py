"""Where tests put their files: in memory if there is room, since thousands of databases are made and written to."""

import os
import shutil
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3
"""Bytes; half of it is used at most."""


def work_in_memory(
    environment: MutableMapping[str, str] = os.environ, memory: Path = _MEMORY, room: int = _ROOM
) -> None:
    """Has temporary files made in memory, by this process and those it starts; a TMPDIR that is given stays."""
    if "TMPDIR" not in environment and _is_good(memory, room):
        environment["TMPDIR"] = str(memory)
        tempfile.tempdir = None  # what was chosen before does not count


def keep_what_is_compiled(environment: MutableMapping[str, str] = os.environ) -> None:
    """Has what one program compiled kept for the next: tests start hundreds, and each took half a second for it."""
    environment.pop("PYTHONDONTWRITEBYTECODE", None)


def _is_good(folder: Path, room: int) -> bool:
    """Whether one may write and start programs there, and there is room."""
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return False
    return not os.statvfs(folder).f_flag & os.ST_NOEXEC and shutil.disk_usage(folder).free > room
