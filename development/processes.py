"""Runs processes of the Procfile in the foreground, until Ctrl-C or until one of them ends.

It is honcho with three differences: every process gets the same PORT, closing the terminal stops everything too, and so
does a signal that comes while the processes are being started.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from honcho.environ import parse_procfile
from honcho.manager import Manager

PROCFILE = Path(__file__).parents[1] / "Procfile"
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_MOMENT_S = 0.1


class Foreground(Manager):  # type: ignore[misc]
    """A honcho that can be stopped at any moment of its start."""

    def _start(self) -> None:
        """Lets in the signals that `become` held back: honcho is ready for them now."""
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        signal.signal(signal.SIGALRM, lambda *_: self.terminate())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        super()._start()

    def terminate(self) -> None:
        """Stops every process; as long as one is still without a number, tries again in a moment."""
        if multiprocessing.parent_process():
            return
        if self._all_started():
            super().terminate()
        else:
            signal.setitimer(signal.ITIMER_REAL, _MOMENT_S)


def become(names: Sequence[str]) -> NoReturn:
    """Puts the runner of the named processes in this process's place: what was imported here is not needed any more."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    os.execv(sys.executable, [sys.executable, "-m", "development.processes", *names])  # noqa: S606


def run(names: Sequence[str]) -> int:
    """Runs the named processes; the exit code of the first that ended."""
    commands = parse_procfile(PROCFILE.read_text("utf-8")).processes
    manager = Foreground()
    for name in names:
        manager.add_process(name, commands[name], cwd=str(PROCFILE.parent))
    manager.loop()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
