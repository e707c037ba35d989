"""The worker as a process, with the processes it watches over."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from settings import Settings

ROOT = Path(__file__).parents[2]
_PATIENCE_S = 60
"""A start takes three, on a machine that does nothing else."""


def environment(settings: Settings) -> dict[str, str]:
    """These settings as a process is given them."""
    given = {name: value for name, value in settings if value is not None}
    plain = {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in given.items()}
    return {name.upper(): str(value) for name, value in plain.items()}


def until(true: Callable[[], object], seconds: float = _PATIENCE_S) -> None:
    """Waits for something to become true; fails when it takes too long."""
    late = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < late, "it did not come true in time"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    """The processes that this process started and that still run, oldest first."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        except (OSError, ValueError):
            continue
        if entry.name.isdigit() and int(parent) == pid and state != "Z":
            found.append(int(entry.name))
    return sorted(found)


class WorkerProcess:
    """`python worker.py`, in a session of its own; what it wrote to stderr is in `said`."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self.log = log
        self._given: Mapping[str, str] = {**os.environ, **environment(settings)}

    def __enter__(self) -> Self:
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "worker.py"], cwd=ROOT, env=self._given, stderr=log, stdout=log, start_new_session=True
            )
        until(lambda: len(self.parts) == 2)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.stop()

    @property
    def parts(self) -> list[int]:
        """Process ids: the one that works off jobs, the one that keeps going."""
        return children(self.process.pid)

    @property
    def horses(self) -> list[int]:
        """Process ids of the jobs that run."""
        return [horse for part in self.parts for horse in children(part)]

    @property
    def said(self) -> str:
        """Its log."""
        return self.log.read_text()

    def stop(self, by: signal.Signals = signal.SIGTERM) -> float:
        """Asks it to stop, as a terminal or a runner would; the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(by)
        self.process.wait(_PATIENCE_S)
        return time.monotonic() - began
