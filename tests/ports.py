"""Ports for servers that tests start."""

import os
from itertools import count

from development.environment import is_free

_FIRST, _EACH, _SHARES = 10_000, 100, 220
"""Below the ports that the system gives to whoever asks for any."""
_turns = count()


def free_port() -> int:
    """A port that nobody listens on, from a share by this process's id.

    Between asking for a free port and listening on it another test process could be given the same: not from here.
    """
    share = _FIRST + os.getpid() % _SHARES * _EACH
    return next(port for turn in _turns if is_free(port := share + turn % _EACH))
