"""wrk, with requests signed beforehand."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
THREADS = 2
_SCRIPT = Path(__file__).with_name("slices.lua")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of wrk saw; `ran_out`: more was sent than there were requests."""

    answered: int
    seconds: float
    p50_ms: float
    p99_ms: float
    failed: int
    ran_out: bool

    @property
    def rps(self) -> float:
        """Requests answered a second."""
        return self.answered / self.seconds


class Trouble(Exception):
    """A measurement that measured something else than it says."""


def press(url: str, requests: Path, seconds: float, connections: int = CONNECTIONS) -> Round:
    """Sends the requests of a file as fast as they are answered; raises Trouble where one was not answered well."""
    load = ["-t", str(THREADS), "-c", str(connections), "-d", f"{round(seconds)}s", "--timeout", "10s"]
    command = ["wrk", *load, "-s", str(_SCRIPT), url, "--", str(requests), str(THREADS)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30)
    found = Round(**json.loads(ran.stdout.strip().rsplit("\n", 1)[-1]))
    if found.failed or not found.answered:
        raise Trouble(f"{found.failed} of {found.answered} requests to {url} failed: {ran.stdout}")
    return found
