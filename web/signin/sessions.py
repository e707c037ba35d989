"""Browsers that are signed in: a random cookie, its hash in the store, an end after idle minutes and after hours.

An officer's lasts the shift, used or not: at a roadside nobody types PIN and code anew every quarter of an hour.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlmodel import col

from store import Store, Work
from store.prepared import Prepared
from store.staff import Staff, StaffSession
from store.tokens import new_token, token_hash
from web.roles import Role
from web.visitor import Visitor

IDLE = timedelta(minutes=15)
WHOLE = timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)
"""So often it is noted that a browser is still there: a page that asks every second writes no more."""
MOMENT = timedelta(seconds=5)
"""In which a page that asks every second is followed by the one that says goodbye."""
_ALIVE = (
    col(StaffSession.token_hash) == bindparam("hash"),
    col(StaffSession.ended_at).is_(None),
    or_(
        and_(
            col(StaffSession.until).is_(None),
            col(StaffSession.seen_at) > bindparam("idle_since"),
            col(StaffSession.opened_at) > bindparam("open_since"),
        ),
        col(StaffSession.until) > bindparam("now"),
    ),
)
_FIND = Prepared(
    select(col(StaffSession.seen_at), col(Staff.id), col(Staff.name), col(Staff.roles), col(Staff.language))
    .join(Staff, col(Staff.id) == col(StaffSession.staff_id))
    .where(*_ALIVE, col(Staff.closed_at).is_(None))
)
"""Every request of a page asks this, also those that ask once a second."""


def open_session(work: Work, staff_id: str, by: str, until: datetime | None = None) -> str:
    """A new session; its cookie's value. `by` says how they signed in; `until` is the end of an officer's shift."""
    token = new_token()
    hashed, now = token_hash(token), work.now
    work.insert(StaffSession, token_hash=hashed, staff_id=staff_id, opened_at=now, seen_at=now, until=until)
    work.audit(f"staff:{staff_id}", "staff.signed_in", staff_id, {"by": by})
    return token


def find_visitor(store: Store, token: str) -> Visitor | None:
    """Whose session this is, while it lasts; notes that it is in use."""
    with store.reading() as work:
        row, now = work.row(_FIND, **_alive(token, work.now)), work.now
    if row is None:
        return None
    if now - row.seen_at >= SEEN_EVERY:
        with store.work() as work:
            work.run(_change().where(*_ALIVE).values(seen_at=work.now), **_alive(token, work.now))
    # A role that this version does not know opens nothing.
    roles = frozenset(Role(name) for name in row.roles.split() if name in set(Role))
    return Visitor(row.id, row.name, roles, row.language)


def left_just_now(store: Store, token: str) -> bool:
    """Whether this browser was signed out a moment ago: what its page still asks for was asked too late."""
    with store.reading() as work:
        ended = select(col(StaffSession.ended_at)).where(col(StaffSession.token_hash) == token_hash(token))
        row, now = work.row(ended), work.now
    return row is not None and row.ended_at is not None and now - row.ended_at < MOMENT


def end_session(work: Work, token: str, visitor: Visitor) -> None:
    """Signs this browser out."""
    work.run(_change().where(col(StaffSession.token_hash) == token_hash(token)), ended_at=work.now)
    work.audit(visitor.actor, "staff.signed_out", visitor.id)


def end_sessions(work: Work, staff_id: str) -> None:
    """Signs every browser of somebody out."""
    open_ones = (col(StaffSession.staff_id) == staff_id, col(StaffSession.ended_at).is_(None))
    work.run(_change().where(*open_ones), ended_at=work.now)


def _change() -> Any:
    return update(StaffSession)


def _alive(token: str, now: datetime) -> dict[str, Any]:
    """What `_ALIVE` asks for."""
    return {"hash": token_hash(token), "idle_since": now - IDLE, "open_since": now - WHOLE, "now": now}
