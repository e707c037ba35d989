"""The first sign-in by a link: a password, an authenticator app that shows its first code, and the link is used up."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from store import Store, Work
from store.columns import table
from store.staff import Staff
from store.tokens import token_hash
from web.roles import Role
from web.signin.accounts import change_account, data_key
from web.signin.codes import place, step_of
from web.signin.passwords import Passwords
from web.signin.sessions import open_session


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link that stands open is for."""

    id: str
    name: str
    secret: str
    """Of the authenticator app, as Base32."""
    officer: bool = False
    """Officers know a PIN and need no password."""


def invitation(work: Work, token: str) -> Invitation | None:
    """Whom the link is for; None where it was used, ran out or never was. Looking uses nothing up."""
    row = _row(work, token)
    if row is None:
        return None
    return Invitation(row.id, row.name, _secret(work, row), Role.OFFICER in row.roles.split())


class LinkUsed(Exception):
    """The link was good when the page was shown, and is no more: maybe somebody else used it just now."""


def enrol(store: Store, passwords: Passwords, token: str, password: str, code: str) -> str | None:
    """Uses the link up; the cookie's value of a session, or None where the code is no good. Raises Busy, LinkUsed."""
    hashed = passwords.hash(password)
    with store.work() as work:
        return _use(work, token, code, hashed)


def enrol_officer(store: Store, token: str, code: str) -> str | None:
    """As `enrol`, without a password; LinkUsed too where the link is no officer's."""
    with store.work() as work:
        invited = invitation(work, token)
        if invited is None or not invited.officer:
            raise LinkUsed
        return _use(work, token, code, None)


def _use(work: Work, token: str, code: str, password_hash: str | None) -> str | None:
    work.lock(token_hash(token))
    row = _row(work, token)
    if row is None:
        raise LinkUsed
    step = step_of(_secret(work, row), code, work.now, None)
    if step is None:
        return None
    change_account(
        work,
        row.id,
        password_hash=password_hash,
        totp_step=step,
        wrong_sign_ins=0,
        locked_until=None,
        enrol_hash=None,
        enrol_until=None,
    )
    work.audit(f"staff:{row.id}", "staff.enrolled", row.id)
    return open_session(work, row.id, "enrolment")


def _row(work: Work, token: str) -> Any:
    wanted = select(table(Staff)).where(
        col(Staff.enrol_hash) == token_hash(token), col(Staff.enrol_until) > work.now, col(Staff.closed_at).is_(None)
    )
    return work.row(wanted)


def _secret(work: Work, row: Any) -> str:
    return data_key(work, row).open(place(row.id), row.totp_sealed)
