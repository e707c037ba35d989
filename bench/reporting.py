"""Figures as a table and as JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import mean
from typing import Any

from bench.measuring import Figures

RESULTS = Path(__file__).parent / "results" / "latest.json"
_HEAD = (
    f"{'':<12}{'case':<14}{'a second':>9}{'of floor':>10}{'p50 ms':>9}{'p99 ms':>9}"
    f"{'floor/s':>9}{'cpu ms':>8}{'floor':>7}"
)
Cases = Mapping[str, Mapping[str, Figures]]
"""By kind of database, by case."""


def table(cases: Cases) -> str:
    """What was measured, a line a case."""
    lines = [
        f"{kind:<12}{name:<14}{one.rps:>9.0f}{one.ratio_to_floor:>10.2f}{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}"
        f"{one.floor_rps:>9.0f}{one.cpu_ms:>8.2f}{one.floor_cpu_ms:>7.2f}"
        for kind, measured in cases.items()
        for name, one in measured.items()
    ]
    return "\n".join([_HEAD, *lines])


def document(cases: Cases, others: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Everything as JSON; `others` are measurements besides the cases, by name, by kind of database."""
    measured = {kind: {name: _as_json(one) for name, one in found.items()} for kind, found in cases.items()}
    segments = [one.segments for found in cases.values() for one in found.values() if one.segments]
    return {**measured, **others, **({"segments_mean": round(mean(segments), 2)} if segments else {})}


def write(figures: Mapping[str, Any], file: Path = RESULTS) -> None:
    """Writes the JSON document."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _as_json(one: Figures) -> dict[str, float]:
    return {
        "rps": round(one.rps, 1),
        "ratio_to_floor": round(one.ratio_to_floor, 3),
        "p50_ms": round(one.p50_ms, 2),
        "p99_ms": round(one.p99_ms, 2),
        "floor_rps": round(one.floor_rps, 1),
        "cpu_ms": round(one.cpu_ms, 2),
        "floor_cpu_ms": round(one.floor_cpu_ms, 2),
    }


def rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The same with three digits behind the point."""
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in figures.items()}
