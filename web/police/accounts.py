"""The officers' accounts on pages: an officer is invited, and shut out when their service ends."""

from codes.police.duty import give_account, officer_of_number
from codes.police.officers import close_shift
from codes.regimes import Terms
from store import Work
from web.roles import Role
from web.signin.accounts import add_account, close_account, reset_account, row_by_id

_SIGNS = 6
"""Of the officer's id, in the name of the account: it is shown on screens, and says nothing of the person."""


def invite(work: Work, under: Terms, number: str, by: str) -> str | None:
    """The token of a link for the officer with this E.164 number; None where there is none.

    One who has an account begins anew: codes and passkeys go, sessions and shift end.
    """
    serving = officer_of_number(work, under, number)
    if serving is None:
        return None
    row = row_by_id(work, serving.staff_id) if serving.staff_id else None
    if row is not None and row.closed_at is None:
        close_shift(work, serving.officer.id, by)
        return reset_account(work, row.name, by)[1]
    staff_id, token = add_account(work, _name(work, serving.officer.id), [Role.OFFICER], by)
    give_account(work, serving.officer.id, staff_id, by)
    return token


def close_with(work: Work, under: Terms, number: str, by: str) -> None:
    """Closes the account of an officer who leaves, where there is one."""
    serving = officer_of_number(work, under, number)
    row = row_by_id(work, serving.staff_id) if serving and serving.staff_id else None
    if row is not None and row.closed_at is None:
        close_account(work, row.name, by)


def _name(work: Work, officer_id: str) -> str:
    """Another one for each account: one that was closed keeps its name."""
    return f"Officer {officer_id[-_SIGNS:]}-{work.new_id()[-_SIGNS:]}"
