"""Outages that the service notices by itself: it was away, or the carrier loses what it is given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, func, or_, select, update
from sqlmodel import col

from monitoring.outages import Stopped, begin_outage, end_outage, stop_outage
from store import Work
from store.audit import SERVICE
from store.columns import table
from store.ids import first_id
from store.messages import LOST, UNSENT, OutboxMessage
from store.patients import Outage, Pulse

AWAY: Final = timedelta(minutes=3)
"""A pulse that was not felt for so long: nobody was asked, and nobody's answer was read."""
LOOKED_AT: Final = timedelta(minutes=30)
"""So far back the carrier's receipts are looked at."""
STUCK: Final = timedelta(minutes=2)
"""A text that is due for so long and not handed over is as good as lost just now."""
MANY: Final = 20
SHARE: Final = 0.3
WELL: Final = 0.15
"""An outage is at least so many lost texts and such a share of all; under the smaller share it is over. Every tenth
text may well be lost: telephones are switched off."""
_WORKER: Final = "worker"
_WEB: Final = "web"
WEB_EVERY: Final = timedelta(minutes=1)
"""So often each process of the web says that it answers."""
_OURS: Final = 90000
"""Error numbers from here on are our own, and nothing the carrier did; so is that somebody wants no texts."""
_OPTED_OUT: Final = 21610


@dataclass(frozen=True, slots=True)
class Traffic:
    """Texts of the last while: lost or stuck, and arrived or under way; `since` the first of the lost."""

    lost: int
    fine: int
    since: datetime | None

    @property
    def share(self) -> float:
        """Of the lost ones among all."""
        return self.lost / (self.lost + self.fine) if self.lost else 0.0


def is_away(work: Work) -> bool:
    """Whether the worker was away until just now, and nobody noted that outage yet."""
    row = work.row(select(table(Pulse)).where(col(Pulse.name) == _WORKER))
    return row is not None and work.now - row.beaten_at > AWAY


def beat_web(work: Work) -> None:
    """Says that a process of the web answers; of several, one a minute writes it."""
    old = or_(col(Pulse.beaten_at) <= work.now - WEB_EVERY / 2, col(Pulse.beaten_at) > work.now)
    if work.run(update(Pulse).where(col(Pulse.name) == _WEB, old), beaten_at=work.now):
        return
    work.lock(_WEB.encode())
    if work.row(select(table(Pulse)).where(col(Pulse.name) == _WEB)) is None:
        work.insert(Pulse, name=_WEB, beaten_at=work.now)


def watch_web(work: Work) -> None:
    """Begins an outage while no process of the web says that it answers, and ends it: no link opened then.

    Where none ever said so, it is not run by us, and nothing is known.
    """
    row = work.row(select(table(Pulse)).where(col(Pulse.name) == _WEB))
    if row is None:
        return
    if work.now - row.beaten_at > AWAY:
        begin_outage(work, "ours", row.beaten_at, SERVICE, note="the web was away")
        return
    found = _going_on(work, "ours")
    if found is not None:
        end_outage(work, found.id, max(row.beaten_at, found.starts_at + WEB_EVERY), SERVICE)


def beat(work: Work) -> str | None:
    """Says that the worker is alive; the id of the outage that its absence was, if it was away."""
    row = work.row(select(table(Pulse)).where(col(Pulse.name) == _WORKER))
    if row is None:
        work.insert(Pulse, name=_WORKER, beaten_at=work.now)
        return None
    mine = col(Pulse.name) == _WORKER, col(Pulse.beaten_at) == row.beaten_at
    if not work.run(update(Pulse).where(*mine), beaten_at=work.now):
        return None  # another host's worker was first
    if work.now - row.beaten_at <= AWAY:
        return None
    return begin_outage(work, "ours", row.beaten_at, SERVICE, work.now, "the worker was away")


def doubt_clock(work: Work) -> int:
    """Takes back what was noted while our clock was ahead: nothing is noticed before it is over. How many outages.

    Otherwise the day that a clock had jumped over would be an outage, in which nobody is asked.
    """
    ours = col(Outage.raised_by) == SERVICE, or_(col(Outage.ends_at) > work.now, col(Outage.starts_at) > work.now)
    rows = work.rows(select(col(Outage.id)).where(*ours))
    return sum(stop_outage(work, row.id, SERVICE) is not Stopped.UNKNOWN for row in rows)


def watch_carrier(work: Work) -> None:
    """Begins an outage of the carrier, or ends the one that goes on, by what became of the last texts."""
    found = _going_on(work, "carrier")
    if found is None:
        traffic = traffic_since(work, work.now - LOOKED_AT)
        if traffic.lost >= MANY and traffic.share >= SHARE:
            begin_outage(work, "carrier", traffic.since or work.now, SERVICE, note="texts are lost")
        return
    # In an outage hardly anybody is texted: that nothing was lost for a while is all there is to see.
    if traffic_since(work, work.now - LOOKED_AT / 2).share <= WELL and found.starts_at < work.now:
        end_outage(work, found.id, work.now, SERVICE)


def _going_on(work: Work, kind: str) -> Row[Any] | None:
    """The outage of a kind that was raised here and has no end yet."""
    ours = col(Outage.kind) == kind, col(Outage.raised_by) == SERVICE, col(Outage.ends_at).is_(None)
    found: Row[Any] | None = work.row(select(table(Outage)).where(*ours))
    return found


def traffic_since(work: Work, since: datetime) -> Traffic:
    """What became of the texts owed since then, but for those of the last moments, of which nothing can be said."""
    outbox = table(OutboxMessage)
    ours: Any = (outbox.c.error_code >= _OURS) | (outbox.c.error_code == _OPTED_OUT)
    counted = (
        select(outbox.c.state, func.count().label("texts"), func.min(outbox.c.created_at).label("first"))
        .where(
            outbox.c.id >= first_id(since),
            outbox.c.id < first_id(work.now - STUCK),
            outbox.c.kind != "call",
            outbox.c.error_code.is_(None) | ~ours,
            outbox.c.due_at.is_(None) | (outbox.c.due_at <= work.now - STUCK),
        )
        .group_by(outbox.c.state)
    )
    rows = work.rows(counted)
    lost = [row for row in rows if row.state in (*LOST, *UNSENT)]
    fine = sum(row.texts for row in rows if row.state not in (*LOST, *UNSENT))
    return Traffic(sum(row.texts for row in lost), fine, min((row.first for row in lost), default=None))
