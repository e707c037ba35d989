"""The staff's accounts: add, give other roles, begin anew, close."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import col

from store import DataKey, Work
from store.columns import table
from store.staff import Passkey, Staff
from store.tokens import new_token, token_hash
from web.roles import Role
from web.signin.codes import new_secret, sealed_secret
from web.signin.sessions import end_sessions

LINK_LASTS = timedelta(hours=24)
_ALL = select(table(Staff)).order_by(col(Staff.name))
_ADMINISTRATION = hashlib.sha256(b"administration of staff").digest()


class AccountRefused(Exception):
    """The account can't be made or changed so; the text says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is listed."""

    id: str
    name: str
    roles: tuple[str, ...]
    state: str
    """enrolled, invited (a link stands open), not enrolled, locked, closed."""
    created_at: datetime
    clinic: str | None = None
    """Of a clinician: where they work."""


def account_row(work: Work, name: str) -> Any:
    """The row of `store.staff.Staff` with this name, or None."""
    return work.row(_ALL.where(col(Staff.name) == name))


def row_by_id(work: Work, staff_id: str) -> Any:
    """The row with this id, or None."""
    return work.row(_ALL.where(col(Staff.id) == staff_id))


def data_key(work: Work, row: Any) -> DataKey:
    """The key under which somebody's secrets are sealed."""
    return work.keys.unwrap(row.data_key, row.epoch)


def add_account(work: Work, name: str, roles: Collection[Role], by: str) -> tuple[str, str]:
    """A new account that must be enrolled; its id and the token of its link. Raises AccountRefused."""
    if account_row(work, name):
        raise AccountRefused(f"there is a {name!r} already: choose another name, or change that one")
    staff_id, new = work.new_id(), work.keys.new_key()
    token = new_token()
    work.insert(
        Staff,
        id=staff_id,
        name=name,
        roles=_joined(roles),
        created_at=work.now,
        data_key=new.wrapped,
        epoch=new.epoch,
        totp_sealed=sealed_secret(new.key, staff_id, new_secret()),
        wrong_sign_ins=0,
        enrol_hash=token_hash(token),
        enrol_until=work.now + LINK_LASTS,
    )
    work.audit(by, "staff.added", staff_id, {"roles": list(roles)})
    return staff_id, token


def set_roles(work: Work, name: str, roles: Collection[Role], by: str) -> str:
    """Gives an account these roles in place of its others, and ends its sessions; its id."""
    row = _open_account(work, name)
    if Role.ADMINISTRATOR not in roles:
        _keep_one_administrator(work, row)
    change_account(work, row.id, roles=_joined(roles))
    end_sessions(work, row.id)
    work.audit(by, "staff.roles", row.id, {"before": row.roles.split(), "roles": list(roles)})
    return str(row.id)


def set_clinic(work: Work, name: str, clinic: str | None, by: str) -> str:
    """Says where a clinician works, or that they work at none; the account's id. Raises AccountRefused."""
    row = _open_account(work, name)
    if clinic and Role.CLINICIAN not in row.roles.split():
        raise AccountRefused(f"{name!r} is no clinician: give them the role first")
    change_account(work, row.id, clinic=clinic)
    work.audit(by, "staff.clinic", row.id, {"clinic": clinic})
    return str(row.id)


def reset_account(work: Work, name: str, by: str) -> tuple[str, str]:
    """Takes password, codes and passkeys away and ends the sessions; the id, and the token of a link to enrol anew."""
    row = _open_account(work, name)
    new, token = work.keys.new_key(), new_token()
    change_account(
        work,
        row.id,
        data_key=new.wrapped,
        epoch=new.epoch,
        password_hash=None,
        totp_sealed=sealed_secret(new.key, row.id, new_secret()),
        totp_step=None,
        wrong_sign_ins=0,
        locked_until=None,
        enrol_hash=token_hash(token),
        enrol_until=work.now + LINK_LASTS,
    )
    work.run(delete(Passkey).where(col(Passkey.staff_id) == row.id))
    end_sessions(work, row.id)
    work.audit(by, "staff.reset", row.id)
    return str(row.id), token


def close_account(work: Work, name: str, by: str, why: str = "") -> str:
    """Ends an account for good; its id. `why` is a word for the audit. Raises AccountRefused."""
    row = _open_account(work, name)
    _keep_one_administrator(work, row)
    change_account(work, row.id, closed_at=work.now, enrol_hash=None, enrol_until=None)
    end_sessions(work, row.id)
    work.audit(by, "staff.closed", row.id, {"why": why} if why else None)
    return str(row.id)


def accounts(work: Work) -> Sequence[Account]:
    """Every account, by name."""
    return [_account(work, row) for row in work.rows(_ALL)]


def account_of(work: Work, staff_id: str) -> Account | None:
    """The account with this id."""
    row = row_by_id(work, staff_id)
    return _account(work, row) if row else None


def change_account(work: Work, staff_id: str, **values: Any) -> None:
    """Writes columns of an account."""
    work.run(update(Staff).where(col(Staff.id) == staff_id), **values)


def _account(work: Work, row: Any) -> Account:
    return Account(row.id, row.name, tuple(row.roles.split()), _state(row, work.now), row.created_at, row.clinic)


def _open_account(work: Work, name: str) -> Any:
    row = account_row(work, name)
    if row is None or row.closed_at is not None:
        raise AccountRefused(f"{name!r} was closed" if row else f"nobody on the staff is called {name!r}")
    return row


def hold_still(work: Work) -> None:
    """From here on no other transaction gives or takes roles, or closes an account, until this one ends."""
    work.lock(_ADMINISTRATION)


def _keep_one_administrator(work: Work, row: Any) -> None:
    """Raises AccountRefused where nobody else, enrolled and not closed, could administrate."""
    hold_still(work)
    enrolled = _ALL.where(col(Staff.closed_at).is_(None), col(Staff.password_hash).is_not(None))
    administrators = {one.id for one in work.rows(enrolled) if Role.ADMINISTRATOR in one.roles.split()}
    if administrators == {row.id}:
        raise AccountRefused(f"{row.name!r} is the last administrator: give somebody else the role first")


def _joined(roles: Collection[Role]) -> str:
    return " ".join(roles)


def _state(row: Any, now: datetime) -> str:
    if row.closed_at is not None:
        return "closed"
    if row.enrol_hash is not None:
        return "invited" if row.enrol_until and row.enrol_until > now else "not enrolled"
    return "locked" if row.locked_until and row.locked_until > now else "enrolled"
