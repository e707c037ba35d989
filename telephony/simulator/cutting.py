"""Connections that end without an answer, for the faults that need one."""

import os
import socket
import struct
import time
from collections.abc import Iterator
from functools import partial
from typing import Any, NoReturn

from werkzeug.serving import WSGIRequestHandler


class CutOffError(ConnectionError):
    """Raised while a response is produced: the caller shall get a reset instead of an answer."""


def cut() -> Iterator[bytes]:
    """A response body whose first byte never comes."""
    return iter(_wait_and_cut, b"")


def hang(seconds: float) -> Iterator[bytes]:
    """As :func:`cut`, after a long silence."""
    return iter(partial(_wait_and_cut, seconds), b"")


class CarrierRequestHandler(WSGIRequestHandler):
    """Keeps connections open between requests, writes no access log, and resets where a fault says so."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: a busy demo would fill the terminal with telephone numbers."""

    def connection_dropped(self, error: BaseException, environ: dict[str, Any] | None = None) -> None:
        """End the connection; for a fault with RST, as a machine that crashed would."""
        del environ
        self.close_connection = True
        if isinstance(error, CutOffError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())


def _wait_and_cut(seconds: float = 0.0) -> NoReturn:
    time.sleep(seconds)
    raise CutOffError
