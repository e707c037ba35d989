"""The service as it runs: web processes behind a real server, the worker, a Valkey, the carrier over HTTP."""

import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from os import environ, pathsep
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from honcho.environ import parse_procfile
from pydantic import SecretStr

from codes.regimes import activate, preset
from development.processes import PROCFILE
from settings import Settings
from store import Store
from store.doorbell import RedisDoorbell
from store.keyring import create_keys, read_keyring
from store.work import system_clock
from telephony.simulator.carrier import SMS_PATH, Carrier
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.wires import HttpWire, UnreachableError
from tests.ports import free_port
from tests.proofs.posting import Poster
from tests.servers import Valkey
from tests.worker.process import WorkerProcess, children, environment, until

PRELOADED = "--preload"
"""Web workers are forked from a process that has imported everything, so that one is back in no time."""
_STOP_S = 30


class WebProcess:
    """The web server as the Procfile starts it; use it with ``with``."""

    def __init__(self, settings: Settings, log: Path, arguments: str) -> None:
        self.log = log
        self._settings = settings
        path = f"{Path(sys.executable).parent}{pathsep}{environ.get('PATH', '')}"
        self._environment = {**environ, **environment(settings), "PATH": path, "GUNICORN_CMD_ARGS": arguments}

    def __enter__(self) -> Self:
        words = shlex.split(parse_procfile(PROCFILE.read_text("utf-8")).processes["web"].removeprefix("exec "))
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(words, cwd=PROCFILE.parent, env=self._environment, stdout=log, stderr=log)
        try:
            until(lambda: len(self.workers) >= self._settings.web_processes)
        except AssertionError:
            self.__exit__(None, None, None)
            raise AssertionError(self.log.read_text()) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def workers(self) -> list[int]:
        """Process ids of those that answer, or will once they have started."""
        return children(self.process.pid)


@dataclass(frozen=True)
class Running:
    """All of it, on one database."""

    settings: Settings
    store: Store
    web: WebProcess
    worker: WorkerProcess
    valkey: Valkey
    carrier: Carrier
    poster: Poster


@contextmanager
def running(database_url: str, var: Path, *, gunicorn: str = PRELOADED) -> Iterator[Running]:
    """Everything started, for a migrated and empty database; `var` gets the keys and the logs.

    `gunicorn` are its arguments.
    """
    create_keys(var / "keys", system_clock(), development=True)
    with Valkey() as valkey:
        settings = _settings(database_url, var, valkey.url)
        told = CarrierSettings(
            settings.twilio_account_sid, settings.twilio_auth_tokens, settings.twilio_number, settings.public_url
        )
        carrier = Carrier(told)
        with CarrierServer(carrier) as server:
            settings = settings.model_copy(update={"twilio_api_base": server.url})
            keys = read_keyring(settings.keys_dir, production=False)
            store = Store.open(database_url, keys, doorbell=RedisDoorbell(valkey.url), random=Random(0))
            with closing(store):
                with store.work() as work:
                    activate(work, preset("tatarstan-2020"), work.now, "proofs")
                poster = Poster([HttpWire()], settings.public_url + SMS_PATH, told.auth_tokens[0], told.number)
                web = WebProcess(settings, var / "web.log", gunicorn)
                with web, WorkerProcess(settings, var / "worker.log") as worker:
                    until(lambda: _answers(poster))
                    yield Running(settings, store, web, worker, valkey, carrier, poster)


def _settings(database_url: str, var: Path, redis_url: str) -> Settings:
    port = free_port()
    return Settings(
        _env_file=None,
        environment="development",
        var=var,
        keys_dir=var / "keys",
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        twilio_account_sid=f"AC{'a' * 32}",
        twilio_auth_token=SecretStr("token-of-the-proofs"),
        twilio_number="2590",
        database_url=database_url,
        redis_url=redis_url,
    )  # type: ignore[call-arg]


def _answers(poster: Poster) -> bool:
    try:
        return poster.post({}).status == 200
    except UnreachableError:
        return False
