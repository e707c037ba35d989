"""The audit: what was done, by whom, to what, and why; chained by hash so that a change shows.

Entries are inserted unchained in the transaction that decides (chaining there would make all issuing wait in one line).
One sealer links them soon after. Neither table can be updated or deleted from: triggers refuse it.
"""

import hashlib
import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Index, Row, func, insert, select
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, table, where
from store.ids import first_id

SOON = timedelta(seconds=5)
"""A text's transaction is over by then, so that looking back so far finds almost every unlinked entry."""
LATE = timedelta(minutes=10)
"""No transaction lives longer: behind this an unlinked entry can't appear any more."""
LOOKED_AT = "person.looked_at"
"""What an entry's action is when somebody looked at personal data."""
IS_LOOK = f"action = '{LOOKED_AT}'"
"""As SQL, with which the index of looks is found."""
NOT_FOUND = "caller.not_found"
"""What an entry's action is when an agent looked somebody up and nobody is on file so."""
IS_WATCHED = f"action IN ('{LOOKED_AT}', '{NOT_FOUND}')"
"""As SQL, with which the index of what raises alarms is found."""
SERVICE = "service"
"""The actor of what is done by itself, because its time has come or something was noticed."""
WORKER = "worker"
"""The actor of what a background job did that somebody's action owed."""
_BATCH = 1000
_START = bytes(32)


class AuditEntry(SQLModel, table=True):
    """One line of the audit; holds ids, never a name, number, document or code."""

    __tablename__ = "audit_entry"

    __table_args__ = (
        Index("audit_entry_look", "subject", **where(IS_LOOK)),
        Index("audit_entry_watched", "id", **where(IS_WATCHED)),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    at: datetime
    actor: str
    action: str
    subject: str
    details: str
    """JSON object."""


class AuditLink(SQLModel, table=True):
    """A place in the chain: hash = SHA-256(previous hash + the entry)."""

    __tablename__ = "audit_link"

    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry_id: str = Field(unique=True, foreign_key="audit_entry.id")
    hash: bytes


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a check of the chain found; `broken_at` is the first place that does not fit, None when all do."""

    linked: int
    unsealed: int
    broken_at: int | None


def _digest(previous: bytes, entry: Row[Any]) -> bytes:
    line = json.dumps([entry.id, entry.at.isoformat(), entry.actor, entry.action, entry.subject, entry.details])
    return hashlib.sha256(previous + line.encode()).digest()


_ENTRY, _LINK = table(AuditEntry), table(AuditLink)
_JOINED = select(_LINK, _ENTRY).outerjoin(_ENTRY, _ENTRY.c.id == _LINK.c.entry_id).order_by(_LINK.c.place)
_UNLINKED = select(_ENTRY).outerjoin(_LINK, _LINK.c.entry_id == _ENTRY.c.id).where(_LINK.c.place.is_(None))


def seal_entries(connection: Connection, now: datetime, back: timedelta = LATE) -> int:
    """Links the entries that have no place yet, oldest first; how many there were (at most a batch).

    It looks `back` from the last that has one.
    """
    last = connection.execute(select(_LINK).order_by(_LINK.c.place.desc()).limit(1)).first()
    since = connection.execute(select(_ENTRY.c.at).where(_ENTRY.c.id == last.entry_id)).scalar_one() if last else None
    waiting = _UNLINKED.order_by(_ENTRY.c.id).limit(_BATCH)
    if since is not None:
        waiting = waiting.where(_ENTRY.c.id >= first_id(min(since, now) - back))
    place, previous = (last.place, last.hash) if last else (0, _START)
    links = []
    for entry in connection.execute(waiting):
        place, previous = place + 1, _digest(previous, entry)
        links.append({"place": place, "entry_id": entry.id, "hash": previous})
    if links:
        connection.execute(insert(_LINK), links)
    return len(links)


def verify_chain(connection: Connection) -> AuditReport:
    """Recomputes every link."""
    linked, previous = 0, _START
    broken_at = None
    with closing(_links(connection)) as links:
        for link in links:
            if link.place != linked + 1 or link.id is None or link.hash != _digest(previous, link):
                broken_at = link.place
                break
            linked, previous = link.place, link.hash
    return AuditReport(linked, _unsealed(connection), broken_at)


def verify_between(connection: Connection, first: int, last: int) -> tuple[int, int | None]:
    """Recomputes the links of these places from the hash before them: the last that is there, and the first broken."""
    before = connection.execute(select(_LINK.c.hash).where(_LINK.c.place == first - 1)).scalar()
    previous, reached = (before or _START), first - 1
    wanted = _JOINED.where(_LINK.c.place >= first, _LINK.c.place <= last)
    for link in connection.execute(wanted):
        if link.place != reached + 1 or link.id is None or link.hash != _digest(previous, link):
            return reached, link.place
        reached, previous = link.place, link.hash
    return reached, None


def _links(connection: Connection) -> Generator[Row[Any], None, None]:
    with connection.execute(_JOINED, execution_options={"yield_per": _BATCH}) as rows:
        yield from rows


def _unsealed(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(_UNLINKED.subquery())).scalar_one()
