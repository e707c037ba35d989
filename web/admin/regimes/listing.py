"""Every version of the order, by whether it is in force, planned or past."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from codes.regimes import history, terms
from language.moments import day, when
from store import Work


def listed(work: Work) -> dict[str, Any]:
    """`in_force` (one or none), `planned` (the next first) and `past` (the last first), each as it is shown."""
    versions = history(work)
    begun = [one for one in versions if one.starts_at <= work.now]
    planned = [one for one in reversed(versions) if one.starts_at > work.now]
    return {
        "in_force": [_shown(work, one) for one in begun[:1]],
        "planned": [_shown(work, one) for one in planned],
        "past": [_shown(work, one) for one in begun[1:]],
    }


def _shown(work: Work, version: Row[Any]) -> dict[str, Any]:
    return {"id": version.id, "name": version.name, "starts": start_words(work, version.id, version.starts_at)}


def start_words(work: Work, version: int, moment: datetime) -> str:
    """``23.11.2026 10:00`` by the clock of the version."""
    regime = terms(work, version).regime
    return f"{day(moment, regime)} {when(moment, regime)[-len('00:00') :]}"
