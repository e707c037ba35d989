"""Browsers in which a telephone's owner is signed in; as those of the staff, but for how long."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from store import Store, Work
from store.citizens import CitizenSession
from store.people import Phone
from store.phones import PHONE, Telephone, telephone
from store.prepared import Prepared
from store.tokens import new_token, token_hash
from web.masking import masked_number
from web.roles import Role
from web.visitor import Visitor

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)
_MARK: Final = "citizen."
"""At the head of a cookie's value: whose session it is."""
_MINE = col(CitizenSession.token_hash) == bindparam("hash")
_ALIVE = (
    _MINE,
    col(CitizenSession.ended_at).is_(None),
    col(CitizenSession.seen_at) > bindparam("idle_since"),
    col(CitizenSession.opened_at) > bindparam("open_since"),
)
_FIND = Prepared(
    select(col(CitizenSession.seen_at), *PHONE)
    .join(Phone, col(Phone.id) == col(CitizenSession.phone_id))
    .where(*_ALIVE)
)
_SEEN = Prepared(update(CitizenSession).where(_MINE), ("seen_at",))


def is_citizens(token: str) -> bool:
    """Whether a cookie's value is of a citizen's session."""
    return token.startswith(_MARK)


def open_citizen_session(work: Work, phone: Telephone) -> str:
    """A new session; its cookie's value."""
    token = f"{_MARK}{new_token()}"
    opened = {"phone_id": phone.id, "opened_at": work.now, "seen_at": work.now}
    work.insert(CitizenSession, token_hash=token_hash(token), **opened)
    work.audit(phone.actor, "citizen.signed_in", phone.id)
    return token


def find_citizen(store: Store, token: str) -> Visitor | None:
    """Whose session this is, while it lasts; notes that it is in use."""
    with store.reading() as work:
        since = {"idle_since": work.now - IDLE, "open_since": work.now - WHOLE}
        row: Any = work.row(_FIND, hash=token_hash(token), **since)
        if row is None:
            return None
        phone, late = telephone(work, row), work.now - row.seen_at >= SEEN_EVERY
    if late:
        with store.work() as work:
            work.run(_SEEN, hash=token_hash(token), seen_at=work.now)
    return Visitor(phone.id, masked_number(phone.number), frozenset({Role.CITIZEN}), phone.language)


def end_citizen_session(work: Work, token: str, visitor: Visitor) -> None:
    """Signs this browser out."""
    mine = col(CitizenSession.token_hash) == token_hash(token)
    work.run(update(CitizenSession).where(mine), ended_at=work.now)
    work.audit(visitor.actor, "citizen.signed_out", visitor.id)
