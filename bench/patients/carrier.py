"""The carrier of the simulated town: one text in ten never arrives, and only most of those are told of."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.quiet import is_quiet
from store import Store
from store.columns import table
from store.messages import OutboxMessage
from telephony.night import may_go_at

LOST: Final = 0.1
UNTOLD: Final = 0.2
"""Of lost texts: the carrier never says so."""
TOLD_AFTER: Final = timedelta(minutes=25)
"""In the middle; some only hours later."""
_UNDELIVERED, _TOO_LATE, _BUSY = 30003, 90003, 20503
_OUTBOX = table(OutboxMessage)
_DUE = (
    select(*(_OUTBOX.c[name] for name in ("id", "phone_id", "kind", "template", "not_after", "created_at")))
    .where(_OUTBOX.c.state == "created", _OUTBOX.c.due_at.is_not(None))
    .order_by(_OUTBOX.c.id)
)


@dataclass
class Carrier:
    """Takes what is due. What got through comes back as rows of the outbox."""

    store: Store
    random: Random
    away: bool = False
    """Whether it loses everything just now."""
    at_night: dict[str, int] = field(default_factory=dict)
    """Texts and calls that went out in quiet hours, by template."""
    handed_over: int = 0
    lost: int = 0
    _late: list[tuple[datetime, str]] = field(default_factory=list)

    def carry(self) -> list[Row[Any]]:
        """Hands over what is due; the rows that arrived."""
        with self.store.reading() as work:
            rows = work.rows(_DUE.where(_OUTBOX.c.due_at <= work.now))
            overdue = any(moment <= work.now for moment, _ in self._late)
        if not rows and not overdue:
            return []
        with self.store.work() as work:
            rows = [row for row in rows if may_go_at(work, row) <= work.now]
            fates: dict[tuple[str, int | None], list[str]] = {}
            arrived = []
            for row in rows:
                state, error = self._fate(row, work.now)
                fates.setdefault((state, error), []).append(row.id)
                if state == "delivered":
                    arrived.append(row)
            for moment, message_id in [one for one in self._late if one[0] <= work.now]:
                fates.setdefault(("undelivered", _UNDELIVERED), []).append(message_id)
                self._late.remove((moment, message_id))
            for (state, error), ids in fates.items():
                settled = None if state == "sent" else work.now
                given = {"state": state, "error_code": error, "settled_at": settled, "due_at": None}
                if state in ("sent", "delivered"):
                    given["sent_at"] = work.now
                work.run(update(OutboxMessage).where(col(OutboxMessage.id).in_(ids)), **given)
            if rows and is_quiet(in_force(work).regime, work.now):
                for row in rows:
                    self.at_night[row.template] = self.at_night.get(row.template, 0) + 1
        return arrived

    def _fate(self, row: Row[Any], now: datetime) -> tuple[str, int | None]:
        if row.not_after is not None and now > row.not_after:
            return "failed", _TOO_LATE
        self.handed_over += 1
        if row.kind == "call":
            return ("failed", _BUSY) if self.away else ("delivered", None)
        if not self.away and self.random.random() >= LOST:
            return "delivered", None
        self.lost += 1
        if self.random.random() >= UNTOLD:
            self._late.append((now + self.random.expovariate(1 / TOLD_AFTER.total_seconds()) * _SECOND, row.id))
        return "sent", None


_SECOND = timedelta(seconds=1)
