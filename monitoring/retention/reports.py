"""What was destroyed, counted in the transactions that destroyed it: who dies in between leaves a true report."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from store import Work
from store.audit import WORKER
from store.columns import table
from store.duty import Destruction


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What one run destroyed: counts by kind, nobody's name."""

    id: str
    at: datetime
    counts: Mapping[str, int]


@dataclass(slots=True)
class Report:
    """The report of one run, a row once there is anything to report."""

    counts: Counter[str] = field(default_factory=Counter)
    _id: str = ""

    def note(self, work: Work, counts: Mapping[str, int]) -> None:
        """Adds what this transaction destroyed; nothing where it was nothing."""
        some = Counter({kind: count for kind, count in counts.items() if count})
        if not some:
            return
        together = self.counts + some
        written = json.dumps(together, sort_keys=True)
        if not self._id:
            self._id = work.new_id()
            work.insert(Destruction, id=self._id, at=work.now, counts=written)
        else:
            work.run(update(Destruction).where(col(Destruction.id) == self._id), counts=written)
        work.audit(WORKER, "destruction.reported", self._id, some)
        self.counts = together


def destroyed_since(work: Work, since: datetime) -> list[Destroyed]:
    """The reports since then, the newest first."""
    reports = select(table(Destruction)).where(col(Destruction.at) >= since).order_by(col(Destruction.id).desc())
    return [Destroyed(row.id, row.at, json.loads(row.counts)) for row in work.rows(reports)]
