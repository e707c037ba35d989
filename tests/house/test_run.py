"""`make run` after its set-up: soon healthy, soon gone after Ctrl-C, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from development.ready import healthy
from settings import Settings
from tests.house.sources import ROOT
from tests.ports import free_port
from tests.worker.process import children

HEALTHY_S = 90
"""Five on a quiet machine; the suite may share its two cores."""
GONE_S = 10


class Running:
    """Everything that `make run` starts, in a process group of its own, as a shell would put it."""

    def __init__(self, var: Path, module: str = "commands.prepare", **given: str) -> None:
        self.port, self.carrier_port = free_port(), free_port()
        ours = {name.upper() for name in Settings.model_fields}
        usual = {name: value for name, value in os.environ.items() if name not in ours}
        path = f"{Path(sys.executable).parent}:{usual['PATH']}"
        ports = {"PORT": str(self.port), "CARRIER_PORT": str(self.carrier_port)}
        self.var, self.log = var, var.with_name(f"{var.name}-{self.port}.log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "development", module],
                cwd=ROOT,
                env={**usual, "PATH": path, "VAR": str(var), **ports, **given},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_said(self, words: str, seconds: float) -> str:
        """What was said so far, once it has the words."""
        late = time.monotonic() + seconds
        while words not in self.said():
            assert time.monotonic() < late, f"{words!r} not said within {seconds} s:\n{self.said()}"
            time.sleep(0.05)
        return self.said()

    def said(self) -> str:
        """Everything on the terminal."""
        return self.log.read_text()

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        """What Ctrl-C does: a signal to the whole group; the exit code."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, by)
        return self.process.wait(GONE_S)

    def left(self) -> list[str]:
        """The command lines of processes that were started for this VAR and still run."""
        mark = f"VAR={self.var}".encode()
        return [_command(one) for one in Path("/proc").glob("[0-9]*") if mark in _environment(one)]

    def pids(self, program: str) -> set[int]:
        """The processes of this run that run a program."""
        found = [self.process.pid]
        for one in found:
            found += children(one)
        return {one for one in found if program in _command(Path("/proc") / str(one)).partition(" ")[0]}


def _environment(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts what is asked for, `name` a folder of it, and ends it whatever the test says."""
    started: list[Running] = []

    def one_more(name: str = "var", **given: str) -> Running:
        started.append(Running(tmp_path / name, **given))
        return started[-1]

    yield one_more
    for one in started:
        one.stop()


@pytest.fixture
def running(start: Start) -> Running:
    return start()


def test_everything_becomes_healthy_says_what_to_open_and_stops_cleanly_by_ctrl_c(running: Running) -> None:
    said = running.wait_until_said("Passline is up", HEALTHY_S)
    assert f"http://localhost:{running.carrier_port}/" in said
    assert healthy(f"http://localhost:{running.port}/healthz")
    assert healthy(f"http://localhost:{running.carrier_port}/")

    running.stop(signal.SIGINT)

    assert not running.left()
    assert "Traceback" not in running.said()


@pytest.mark.parametrize("after_s", [0.5, 1.5, 1.8])
def test_it_stops_cleanly_while_it_starts(running: Running, after_s: float) -> None:
    time.sleep(after_s)

    running.stop()

    assert not running.left()
    assert "Traceback" not in running.said()


def test_two_run_side_by_side_and_one_folder_serves_one(running: Running, start: Start) -> None:
    running.wait_until_said("Passline is up", HEALTHY_S)

    start("beside").wait_until_said("Passline is up", HEALTHY_S)
    same_folder = start()

    assert same_folder.process.wait(HEALTHY_S) == 2
    assert same_folder.said().count("\n") == 1
    assert "Another `make run`" in same_folder.said()


def test_a_redis_from_outside_is_used_instead_of_our_own(start: Start) -> None:
    one = start(REDIS_URL="redis://127.0.0.1:9")

    assert "Starting web, worker, carrier, ready\n" in one.wait_until_said("Starting", HEALTHY_S)


def test_a_valkey_that_dies_is_started_again_and_all_stop_when_the_terminal_closes(running: Running) -> None:
    running.wait_until_said("Passline is up", HEALTHY_S)
    (first,) = running.pids("valkey-server")

    os.kill(first, signal.SIGKILL)
    late = time.monotonic() + GONE_S
    while not running.pids("valkey-server") - {first} and time.monotonic() < late:
        time.sleep(0.05)

    assert running.pids("valkey-server") - {first} and running.process.poll() is None
    assert healthy(f"http://localhost:{running.port}/healthz")

    running.stop(signal.SIGHUP)

    assert not running.left()
    assert "Traceback" not in running.said()
