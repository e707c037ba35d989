"""What may be held against a patient, reckoned from what a test saw happen and not from what the service keeps."""

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from monitoring.alerts import Fact

KAZAN = timedelta(hours=3)
Span = list[datetime | None]


class Reached:
    """How often a machine got somewhere: one that gets nowhere fails."""

    violations = 0
    refused = 0


def counts(fact: Fact, row: Row[Any], enrolled_at: datetime | None, spans: Sequence[Span]) -> bool:
    """Whether this fact, with its row, proves anything; `spans`: outages and pauses."""
    if fact.what == "departure":
        begins, ends = row.left_at, row.detected_at
    else:
        begins, ends = row.asked_at, row.answered_at or row.window_ends_at
        if row.state not in ("failed", "missed"):
            return False
    last = ends + KAZAN - timedelta.resolution  # a window may end with the day
    by_day = 8 <= (begins + KAZAN).hour < 22 and last.hour < 22 and ends - begins < timedelta(hours=9)
    enrolled = enrolled_at is not None and enrolled_at <= begins
    return by_day and enrolled and not any(_touch(span, begins, ends) for span in spans)


def _touch(span: Span, begins: datetime, ends: datetime) -> bool:
    start, end = span
    return start is not None and start <= ends and (end is None or end > begins)


def empty_database(template: Path, folder: Path) -> str:
    """The address of a new one, in place of the one before."""
    for file in folder.glob("case.db*"):
        file.unlink()
    return f"sqlite:///{shutil.copy(template, folder / 'case.db')}"
