"""Tests talk to this machine only."""

import socket
from collections.abc import Callable
from typing import Any

_HERE = frozenset({"127.0.0.1", "::1", "localhost", "", None, b"localhost", b"127.0.0.1"})
_CONNECTING = ("connect", "connect_ex", "sendto")
_look_up = socket.getaddrinfo


def stay_here() -> None:
    """Has each connection and each look-up of a name refused that would leave this machine.

    A hook of `sys.audit` would see more, and fail tests by chance: a thread that starts while another is in the hook
    can't be traced for its coverage.
    """
    for name in _CONNECTING:
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    socket.getaddrinfo = _looked_up


def _may(host: object) -> None:
    if host not in _HERE:
        raise RuntimeError(f"a test wanted to reach {host!r}: tests talk to this machine only")


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connected(here: socket.socket, *given: Any) -> Any:
        address = given[-1]
        if isinstance(address, tuple):  # a path is of this machine
            _may(address[0])
        return connect(here, *given)

    return connected


def _looked_up(host: Any, *given: Any, **named: Any) -> Any:
    _may(host)
    return _look_up(host, *given, **named)
