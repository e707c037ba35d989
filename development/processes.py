"""Runs processes of the Procfile in the foreground, until Ctrl-C or until one of them ends.

It is honcho with two differences: every process gets the same PORT, and closing the terminal stops everything too.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from honcho.environ import parse_procfile
from honcho.manager import Manager

PROCFILE = Path(__file__).parents[1] / "Procfile"


def run(names: Sequence[str]) -> int:
    """Runs the named processes; the exit code of the first that ended."""
    commands = parse_procfile(PROCFILE.read_text("utf-8")).processes
    manager = Manager()
    for name in names:
        manager.add_process(name, commands[name], cwd=str(PROCFILE.parent))
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    manager.loop()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
