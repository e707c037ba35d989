"""Outages that the service notices by itself: it was away, or the carrier loses what it is given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from math import comb
from typing import Any, Final

from sqlalchemy import Row, and_, case, func, or_, select, update
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
LOOKED_AT: Final = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))
"""So far back the carrier's receipts are looked at: where few are texted, further."""
ENDS_AFTER: Final = timedelta(minutes=15)
"""When so much went by in which texts got through, or none was owed, an outage of the carrier is over."""
STUCK: Final = timedelta(minutes=2)
"""A text that is due for so long and not handed over is as good as lost just now."""
USUAL: Final = Fraction(1, 10)
"""Every tenth telephone may well not get its text on any day: it is switched off."""
CHANCE: Final = Fraction(1, 10_000)
SHARE: Final = 0.3
WELL: Final = 0.15
"""In an outage such a share of the telephones is without its text, and more of them than so unlikely a chance leaves
so. Under the smaller share it is over."""
ENOUGH: Final = 100
"""Among so many telephones the share alone decides, as it could not come about by chance; nobody looks further back."""
_WORKER: Final = "worker"
_WEB: Final = "web"
WEB_EVERY: Final = timedelta(minutes=1)
"""So often each process of the web says that it answers."""
_OURS: Final = 90000
"""Error numbers from here on are our own, and nothing the carrier did; so is that somebody wants no texts."""
_OPTED_OUT: Final = 21610


@dataclass(frozen=True, slots=True)
class Traffic:
    """Telephones that were texted in a while, by the last text of each: lost or stuck, or arrived or under way."""

    lost: int
    fine: int
    since: datetime | None
    """When the first text was owed that one of the lost telephones did not get."""

    @property
    def telephones(self) -> int:
        """All of them."""
        return self.lost + self.fine

    @property
    def share(self) -> float:
        """Of the lost ones among all, 0 to 1."""
        return self.lost / self.telephones if self.lost else 0.0


def tail(lost: int, telephones: int) -> Fraction:
    """The chance (0 to 1, exact) that of so many telephones so many or more miss their text, where each does with
    the chance `USUAL`.

    The upper tail of the binomial distribution: the sum over k, from lost to n, of C(n, k) p^k (1 - p)^(n - k).
    """
    each = (comb(telephones, k) * USUAL**k * (1 - USUAL) ** (telephones - k) for k in range(lost, telephones + 1))
    return sum(each, Fraction(0))


def is_outage(lost: int, telephones: int) -> bool:
    """Whether so many lost among so many telephones are more than chance: 4 of 4, 6 of 8, 9 of 20, 30 of 100."""
    if not telephones or lost / telephones < SHARE:
        return False
    return telephones >= ENOUGH or tail(lost, telephones) <= CHANCE


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
        traffic = _lost_lately(work)
        if traffic is not None:
            begin_outage(work, "carrier", traffic.since or work.now, SERVICE, note="texts are lost")
        return
    # In an outage hardly anybody is texted: that nothing was lost for a while is all there is to see.
    if traffic_since(work, work.now - ENDS_AFTER).share <= WELL and found.starts_at < work.now:
        end_outage(work, found.id, work.now, SERVICE)


def _lost_lately(work: Work) -> Traffic | None:
    """What shows an outage, in the shortest while that shows one; None where none does.

    What was lost in an outage, of whatever kind, is explained by it and shows no other.
    """
    known = work.row(select(func.max(col(Outage.ends_at)).label("end")).where(col(Outage.ends_at) <= work.now))
    for back in LOOKED_AT:
        since = work.now - back
        after = since if known is None or known.end is None else max(since, known.end)
        traffic = traffic_since(work, after)
        if is_outage(traffic.lost, traffic.telephones):
            return traffic
        if after > since or traffic.telephones >= ENOUGH:
            break  # there is nothing further back, or enough was seen
    return None


def _going_on(work: Work, kind: str) -> Row[Any] | None:
    """The outage of a kind that was raised here and has no end yet."""
    ours = col(Outage.kind) == kind, col(Outage.raised_by) == SERVICE, col(Outage.ends_at).is_(None)
    found: Row[Any] | None = work.row(select(table(Outage)).where(*ours))
    return found


def traffic_since(work: Work, since: datetime) -> Traffic:
    """What became of the texts owed since then, but for those of the last moments, of which nothing can be said."""
    outbox = table(OutboxMessage)
    ours: Any = (outbox.c.error_code >= _OURS) | (outbox.c.error_code == _OPTED_OUT)
    lost = outbox.c.state.in_((*LOST, *UNSENT))
    each = (
        select(
            func.max(case((lost, outbox.c.id))).label("last_lost"),
            func.max(case((~lost, outbox.c.id))).label("last_fine"),
            func.min(case((lost, outbox.c.created_at))).label("first"),
        )
        .where(
            outbox.c.id >= first_id(since),
            outbox.c.id < first_id(work.now - STUCK),
            outbox.c.kind != "call",
            outbox.c.error_code.is_(None) | ~ours,
            outbox.c.due_at.is_(None) | (outbox.c.due_at <= work.now - STUCK),
        )
        .group_by(outbox.c.phone_id)
        .subquery()
    )
    without = and_(each.c.last_lost.is_not(None), or_(each.c.last_fine.is_(None), each.c.last_lost > each.c.last_fine))
    counted = select(
        func.count().label("telephones"),
        func.count(case((without, 1))).label("lost"),
        func.min(case((without, each.c.first))).label("first"),
    ).select_from(each)
    (row,) = work.rows(counted)
    return Traffic(row.lost, row.telephones - row.lost, row.first)
