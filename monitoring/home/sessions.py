"""Browsers that patients came with: known by the tokens in their cookie, until the case ends or somebody leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from store import Work
from store.cases import Case
from store.columns import table
from store.patients import Device
from store.people import Phone
from store.prepared import Prepared
from store.tokens import token_hash

_DEVICE, _CASE, _PHONE = table(Device), table(Case), table(Phone)
_BY_TOKEN = Prepared(
    select(_DEVICE.c.id, _DEVICE.c.case_id, _DEVICE.c.ended_at, _CASE.c.closed_at, _PHONE.c.language)
    .join(_CASE, _CASE.c.id == _DEVICE.c.case_id)
    .outerjoin(_PHONE, _PHONE.c.id == _CASE.c.phone_id)
    .where(_DEVICE.c.token_hash == bindparam("token_hash"))
)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's session of one case. `language` is what the telephone of the case is written to in."""

    token: str
    device_id: str
    case_id: str
    language: str | None


def sessions_with(work: Work, tokens: Sequence[str]) -> tuple[list[Session], bool]:
    """The sessions that last, in the order of the tokens; and whether one ended because its case did."""
    found, closed = list[Session](), False
    for token in tokens:
        row: Any = work.row(_BY_TOKEN, token_hash=token_hash(token))
        if row is None:
            continue
        closed = closed or row.closed_at is not None
        if row.ended_at is None and row.closed_at is None:
            found.append(Session(token, row.id, row.case_id, row.language))
    return found, closed


def is_open(work: Work, device_id: str) -> bool:
    """Whether this device did not end meanwhile."""
    mine = select(col(Device.id)).where(col(Device.id) == device_id, col(Device.ended_at).is_(None))
    return work.row(mine) is not None
