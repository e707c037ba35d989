"""A web server as the Procfile starts it, for the service or for the floor."""

import os
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from honcho.environ import parse_procfile

from bench.floor import PATH
from bench.requests import ACCOUNT, NUMBER, PUBLIC_URL, TOKEN
from bench.town import KEYS
from bench.wrk import Trouble
from development.environment import free_port
from development.processes import PROCFILE

SERVICE = "wsgi:create_app"
FLOOR = "bench.floor:create_app"
_PATIENCE_S = 30


def web_command() -> str:
    """How the Procfile starts the service."""
    return str(parse_procfile(PROCFILE.read_text("utf-8")).processes["web"]).removeprefix("exec ")


class Server:
    """A server process with its workers; use it with ``with``. `more` goes into its environment."""

    def __init__(
        self, target: str, database_url: str, folder: Path, command: str = "", more: Mapping[str, str] | None = None
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}{PATH}"
        self._command = (command or web_command()).replace(SERVICE, target)
        self._environment = environment(database_url, folder, self.port) | dict(more or {})
        self._log = folder / f"{target.split(':')[0]}-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Of the first process."""
        assert self._process is not None, "a server that was started"
        return self._process.pid

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            words = shlex.split(self._command.replace("$PORT", str(self.port)))
            self._process = subprocess.Popen(words, env=self._environment, cwd=PROCFILE.parent, stdout=log, stderr=log)
        late = time.monotonic() + _PATIENCE_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > late:
                self.stop()
                raise Trouble(f"{self._command} does not start:\n{self._log.read_text('utf-8')[-3000:]}")
            time.sleep(0.05)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends it; whoever does not listen is killed."""
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def log(self) -> str:
        """What it wrote."""
        return self._log.read_text("utf-8", "replace")

    def _answers(self) -> bool:
        """Whether it takes requests: the floor has no such page, and says so, which is an answer too."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError as refused:
            return refused.code == 404
        except OSError:
            return False


def environment(database_url: str, folder: Path, port: int) -> dict[str, str]:
    """A production machine's settings; no Redis answers, since texts need none."""
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(PROCFILE.parent),
        "ENVIRONMENT": "production",
        "VAR": str(folder),
        "KEYS_DIR": str(KEYS),
        "PORT": str(port),
        "PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_NUMBER": NUMBER,
        "DATABASE_URL": database_url,
        "REDIS_URL": "redis://127.0.0.1:9",
        "LOG_LEVEL": "WARNING",
    }
