"""Is it them? Name, password and one-time code; wrong ones are counted and lock the name for a while.

Unknown names, closed accounts, wrong passwords, wrong codes and locked names get one and the same answer after the same
work. A lock concerns this way in alone: sessions that are open stay, and a passkey can't be guessed.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from store import Store, Work
from store.staff import Staff
from store.tokens import token_hash
from web.signin.accounts import account_row, change_account, data_key
from web.signin.codes import new_secret, place, step_of
from web.signin.passwords import Busy, Passwords
from web.signin.sessions import open_session

WRONG_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
NOBODY = "staff:unknown"
"""In the audit, who tried a name that nobody has: what was typed may be a password."""
_NOBODYS_ID, _NOBODYS_CODE = "", new_secret()


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody typed to sign in."""

    name: str
    password: str
    code: str


def sign_in(store: Store, passwords: Passwords, said: Said) -> str | None:
    """The cookie's value of a new session, or None; raises Busy.

    The password is checked with no transaction open, since that takes long; everything else inside one.
    """
    with store.reading() as work:
        before = account_row(work, said.name)
    kept = before.password_hash if before else None
    fits = passwords.fits(kept, said.password)
    with store.work() as work:
        work.lock(token_hash(f"sign-in {said.name}"))
        row = account_row(work, said.name)
        step = step_for(work, row, said.code)
        if row is None or step is None or not fits or row.password_hash != kept:
            count_wrong(work, row)
            return None
        change_account(work, row.id, totp_step=step, wrong_sign_ins=0, locked_until=None)
        token = open_session(work, row.id, "password")
    if kept and passwords.outdated(kept):
        _renew(store, passwords, row.id, kept, said.password)
    return token


def _renew(store: Store, passwords: Passwords, staff_id: str, kept: str, password: str) -> None:
    """Hashes a password with today's effort, once all three were right: before, the time it takes would tell."""
    try:
        renewed = passwords.hash(password)
    except Busy:
        return  # the next time will do
    with store.work() as work:
        same = update(Staff).where(col(Staff.id) == staff_id, col(Staff.password_hash) == kept)
        work.run(same, password_hash=renewed)


def step_for(work: Work, row: Any, code: str) -> int | None:
    """The half minute a code is of; None where it is no good, or the account is locked, closed, not set up, or None.

    Each of them costs the same work.
    """
    if row is None or row.totp_sealed is None:
        step_of(_NOBODYS_CODE, code, work.now, None)
        return None
    step = step_of(data_key(work, row).open(place(row.id), row.totp_sealed), code, work.now, row.totp_step)
    locked = row.locked_until is not None and row.locked_until > work.now
    return None if locked or row.closed_at is not None else step


def count_wrong(work: Work, row: Any) -> None:
    """Notes a wrong try at an account, or at none; several in a row lock it for a while.

    What is written takes as long for a name that nobody has, and for one that is locked.
    """
    if row is None:
        change_account(work, _NOBODYS_ID, wrong_sign_ins=0, locked_until=None)
        work.audit(NOBODY, "staff.sign_in_refused", NOBODY)
        return
    if row.locked_until is not None and row.locked_until > work.now:
        change_account(work, _NOBODYS_ID, wrong_sign_ins=0, locked_until=None)
        work.audit(NOBODY, "staff.sign_in_refused", row.id, {"locked": True})
        return
    wrong = (0 if row.locked_until else row.wrong_sign_ins) + 1
    locks = wrong >= WRONG_TRIES
    change_account(work, row.id, wrong_sign_ins=wrong, locked_until=work.now + LOCKED_FOR if locks else None)
    work.audit(NOBODY, "staff.sign_in_refused", row.id, {"wrong": wrong, "locked": locks})
