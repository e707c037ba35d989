"""One process that watches over others: starts them, starts them again when they end, stops them when it is told to."""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.process import BaseProcess

Part = Callable[[], None]

RESTART_AFTER_S = 1.0
"""So that a part which ends at once does not keep the machine busy."""
STOP_WITHIN_S = (1.2, 1.0)
"""How long the parts may take after the first request to stop, and after the second; then they are killed."""
_STOPS = (signal.SIGTERM, signal.SIGINT)
_WATCHED = (*_STOPS, signal.SIGCHLD)
_PR_SET_PDEATHSIG = 1
_processes = multiprocessing.get_context("fork")


def watch(parts: Sequence[Part]) -> None:
    """Runs each part in a process of its own, and again when it ends, until SIGTERM or SIGINT comes.

    The processes are forked, so that they share the memory of what was imported before. Signals are blocked and waited
    for: none can come at a wrong moment.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    running = [_start(part) for part in parts]
    while signal.sigwait(_WATCHED) == signal.SIGCHLD and not signal.sigtimedwait(_STOPS, RESTART_AFTER_S):
        running = [child if child.is_alive() else _start(part) for child, part in zip(running, parts, strict=True)]
    _stop(running)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stop(running: Sequence[BaseProcess]) -> None:
    for patience in STOP_WITHIN_S:
        late = time.monotonic() + patience
        for child in running:
            if child.is_alive():
                child.terminate()
        for child in running:
            child.join(max(0.0, late - time.monotonic()))
    for child in running:
        if child.is_alive():
            child.kill()


def _start(part: Part) -> BaseProcess:
    process = _processes.Process(target=_run, args=(part,))
    process.start()
    return process


def _run(part: Part) -> None:
    """A part's process: Ctrl-C is for the one that watches; when that one dies, the part is told to stop."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
    part()


if __name__ == "__main__":
    # `python -m watching COMMAND ...`: the command, again and again
    watch([partial(os.execvp, sys.argv[1], sys.argv[1:])])
