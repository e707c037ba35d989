"""Memory, and the time from start to healthy."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bench.processes import memory, tree
from bench.serving import Server
from bench.wrk import Trouble
from development.environment import free_port

_PATIENCE_S = 60
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class WebMemory:
    """In MB: the largest of the web server's processes, and all of them together with shared pages counted once."""

    process_rss: float
    process_pss: float
    together_pss: float


@dataclass(frozen=True, slots=True)
class RunFootprint:
    """Of everything `make run` starts, in MB (shared pages once, and counted in each process), and how fast."""

    pss: float
    rss: float
    healthy_s: float


def web_memory(server: Server) -> WebMemory:
    """Of a server, now."""
    pids = tree(server.pid)
    each = [memory([pid]) for pid in pids]
    return WebMemory(max(one.rss for one in each), max(one.pss for one in each), memory(pids).pss)


def run_footprint(folder: Path) -> RunFootprint:
    """Starts what `make run` starts after its set-up, in a VAR of its own, and stops it."""
    port, carrier_port = free_port(), free_port()
    own = {"VAR": str(folder / "run"), "PORT": str(port), "CARRIER_PORT": str(carrier_port), "REGIME": "tatarstan-2020"}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    began = time.monotonic()
    with (folder / "run.log").open("wb") as log:
        command = [sys.executable, "-m", "development", "commands.prepare"]
        process = subprocess.Popen(command, env={"PATH": path} | own, cwd=_ROOT, stdout=log, stderr=log)
    try:
        while not _healthy(port):
            if process.poll() is not None or time.monotonic() - began > _PATIENCE_S:
                raise Trouble(f"make run does not get healthy:\n{(folder / 'run.log').read_text('utf-8')[-3000:]}")
            time.sleep(0.05)
        healthy_s = time.monotonic() - began
        time.sleep(2)
        whole = memory(tree(process.pid))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    return RunFootprint(whole.pss, whole.rss, healthy_s)


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
