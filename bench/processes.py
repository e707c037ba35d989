"""What processes cost: processor time and memory, from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """Of some processes, in MB. `pss` counts a page that n processes share as a n-th of a page in each."""

    rss: float
    pss: float


def tree(pid: int) -> list[int]:
    """A process and all that came from it, as far as they live."""
    found = [pid]
    for one in found:
        for task in (_PROC / str(one) / "task").glob("*/children"):
            found += [int(child) for child in _text(task).split()]
    return found


def processor_s(pid: int) -> float:
    """Processor seconds a process and all that came from it have used, the ended ones they waited for included."""
    return sum(_used(one) for one in tree(pid))


def memory(pids: list[int]) -> Memory:
    """Of these processes together."""
    rollups = [_text(_PROC / str(one) / "smaps_rollup") for one in pids]
    return Memory(_sum(rollups, "Rss:"), _sum(rollups, "Pss:"))


def _used(pid: int) -> float:
    fields = _text(_PROC / str(pid) / "stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICK if fields else 0.0


def _sum(rollups: list[str], name: str) -> float:
    lines = (line.split() for text in rollups for line in text.splitlines())
    return sum(int(words[1]) for words in lines if words[0] == name) / 1024


def _text(file: Path) -> str:
    """Nothing where the process has ended."""
    try:
        return file.read_text("ascii")
    except OSError:
        return ""
