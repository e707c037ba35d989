"""The code somebody's authenticator app would show, for a development machine on which nobody has such an app."""

from datetime import datetime

from store import Work
from web.signin.accounts import AccountRefused, account_row, data_key
from web.signin.codes import STEP_S, code_of, place


def current_code(work: Work, name: str, by: str) -> tuple[str, int]:
    """The next code that signs them in or sets them up, and for how many seconds it does. Raises AccountRefused.

    A code works once, so that right after a sign-in it is the following one, which is taken a little early.
    """
    row = account_row(work, name)
    if row is None or row.closed_at is not None or row.totp_sealed is None:
        raise AccountRefused(f"{name!r} was closed" if row else f"nobody on the staff is called {name!r}")
    this = int(work.now.timestamp()) // STEP_S
    step = this if row.totp_step is None or row.totp_step < this else this + 1
    if row.totp_step is not None and row.totp_step >= step:
        raise AccountRefused("two codes were used within half a minute: wait for the next one, and ask again")
    work.audit(by, "staff.code_shown", row.id)
    return code_of(data_key(work, row).open(place(row.id), row.totp_sealed), step), _seconds_left(step, work.now)


def _seconds_left(step: int, now: datetime) -> int:
    """A code is taken one step early and one step late."""
    return int((step + 2) * STEP_S - now.timestamp())
