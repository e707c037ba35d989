"""gunicorn's threaded worker, with a door at which nobody waits.

As it comes, it takes one connection a turn of its loop and lingers in that same loop for each one that ends, so that
under a rush the kernel's queue overflows: whoever was in it believes to be connected and is heard many seconds later.
This one takes all who are there, at once; who is too many is refused at the socket, so that the carrier tries again.
"""

import socket
import struct
import sys
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: closing resets the connection."""
READ_S = 5
"""Whoever falls silent in the middle of a request is not waited for any longer."""


class Connection(TConn):
    """One that waits for the other side for a while only, and ends without waiting."""

    def init(self) -> None:
        """Before each request."""
        super().init()
        self.sock.settimeout(READ_S)

    def close(self, graceful: bool = False) -> None:
        """Reads what has come and was not read, since closing over it would cut the answer off."""
        if graceful:
            self.sock.setblocking(False)
            try:
                self.sock.shutdown(socket.SHUT_WR)
                while self.sock.recv(65536):
                    pass
            except OSError:
                pass  # nothing left to read, or the other side has gone
        super().close()


class Worker(ThreadWorker):
    """Answers at most `worker_connections` at a time and refuses the rest."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._most: int = self.cfg.worker_connections
        self._crowd = self._most // 8
        self.worker_connections = sys.maxsize  # it never stops listening

    def accept(self, listener: socket.socket) -> None:
        """One connection, as long as other processes may take the rest; in a crowd every one that is there."""
        taken = self._take(listener)
        while taken and self.nr_conns > self._crowd:
            taken = self._take(listener)

    def _take(self, listener: socket.socket) -> bool:
        """Whether there was a connection; it is answered, or refused where there are too many."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return False
        if self.nr_conns < self._most:
            self.nr_conns += 1
            self.enqueue_req(Connection(self.cfg, client, address, listener.getsockname()))
        else:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            client.close()
        return True
