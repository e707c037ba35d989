"""Administrators over accounts: who may change whose, and what only two of them may do together.

One alone hires, gives roles, takes them away, makes a new link, closes. Two together give a role of `TWO_PEOPLE`, and
make a new link for somebody who has one: whoever holds that link is that person from then on.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from store import Work
from store.columns import labelled
from store.staff import Staff, StaffChange
from web.roles import TWO_PEOPLE, Role, RolesRefused, read_roles
from web.signin.accounts import (
    AccountRefused,
    account_row,
    add_account,
    close_account,
    hold_still,
    reset_account,
    row_by_id,
    set_clinic,
    set_roles,
)

WAITS = timedelta(days=3)
"""So long a second administrator has time."""
_CHANGE = select(*labelled(StaffChange, "change"))
_OPEN = _CHANGE.where(col(StaffChange.settled_at).is_(None)).order_by(col(StaffChange.id))


class CloseReason(StrEnum):
    """Why somebody's account ends."""

    LEFT = "left"
    OTHER_WORK = "other_work"
    MISUSE = "misuse"
    MISTAKE = "mistake"


class Became(StrEnum):
    """What came of a wish to change an account."""

    DONE = "done"
    ASKED = "asked"  # a second administrator is to say yes
    DECLINED = "declined"
    NOT_YOURS = "not_yours"  # who asks is no administrator any more
    SELF = "self"
    SAME = "same"  # who asked says yes to themselves
    TAKEN = "taken"  # the name
    CLOSED = "closed"
    LAST = "last"  # administrator
    WAITING = "waiting"  # for a second administrator, over something else
    OVERTAKEN = "overtaken"  # the change was settled, ran out, or fits no longer


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it; `token` is of the link to enrol, to be shown once and kept nowhere."""

    became: Became
    staff_id: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class OpenChange:
    """A change that waits for a second administrator."""

    id: str
    staff_id: str
    kind: str
    roles: tuple[str, ...]
    asked_by: str
    asked_at: datetime


def hire(work: Work, by: str, name: str, roles: Sequence[Role]) -> Answer:
    """A new account, which has those of the roles that one administrator may give; over the others two decide."""
    if not _rules(work, by):
        return Answer(Became.NOT_YOURS)
    if account_row(work, name):
        return Answer(Became.TAKEN)
    at_once = [role for role in roles if role not in TWO_PEOPLE]
    staff_id, token = add_account(work, name, at_once, _actor(by))
    if len(at_once) < len(roles):
        _ask(work, by, staff_id, "roles", roles)
        return Answer(Became.ASKED, staff_id, token)
    return Answer(Became.DONE, staff_id, token)


def give_roles(work: Work, by: str, staff_id: str, roles: Sequence[Role]) -> Answer:
    """These roles in place of the others; where that adds one of `TWO_PEOPLE`, all wait for a second administrator."""

    def act(row: Any) -> Answer:
        if set(roles) & set(TWO_PEOPLE) - set(row.roles.split()):
            return _ask(work, by, staff_id, "roles", roles)
        set_roles(work, row.name, roles, _actor(by))
        return Answer(Became.DONE, staff_id)

    return _changing(work, by, staff_id, act)


def place(work: Work, by: str, staff_id: str, clinic: str) -> Answer:
    """Says at which clinic a clinician works; empty: at none. They see its cases from now on, and no other clinic's."""

    def act(row: Any) -> Answer:
        set_clinic(work, row.name, clinic or None, _actor(by))
        return Answer(Became.DONE, staff_id)

    return _changing(work, by, staff_id, act)


def renew(work: Work, by: str, staff_id: str) -> Answer:
    """A new link in place of password, codes and passkeys; of whoever has a role of `TWO_PEOPLE`, two decide."""

    def act(row: Any) -> Answer:
        if set(row.roles.split()) & set(TWO_PEOPLE):
            return _ask(work, by, staff_id, "reset", row.roles.split())
        return Answer(Became.DONE, *reset_account(work, row.name, _actor(by)))

    return _changing(work, by, staff_id, act)


def dismiss(work: Work, by: str, staff_id: str, why: CloseReason) -> Answer:
    """Ends an account for good, with what waits for it."""

    def act(row: Any) -> Answer:
        close_account(work, row.name, _actor(by), str(why))
        work.run(_settling().where(col(StaffChange.staff_id) == staff_id), settled_at=work.now, settled_by=by)
        return Answer(Became.DONE, staff_id)

    return _changing(work, by, staff_id, act, waiting_matters=False)


def settle_change(work: Work, by: str, change_id: str, *, yes: bool) -> Answer:
    """A second administrator lets a change be made, or not. Who asked for it may take it back."""
    if not _rules(work, by):
        return Answer(Became.NOT_YOURS)
    row = work.row(_OPEN.where(col(StaffChange.id) == change_id))
    if row is None:
        return Answer(Became.OVERTAKEN)
    if row.change_staff_id == by:
        return Answer(Became.SELF, by)
    if yes and row.change_asked_by == by:
        return Answer(Became.SAME, row.change_staff_id)
    work.run(_settling().where(col(StaffChange.id) == change_id), settled_at=work.now, settled_by=by)
    if not yes:
        work.audit(_actor(by), "staff.change_declined", row.change_staff_id, {"change": change_id})
        return Answer(Became.DECLINED, row.change_staff_id)
    return _make(work, by, row)


def open_changes(work: Work) -> list[OpenChange]:
    """Those that wait, the oldest first."""
    return [
        OpenChange(
            row.change_id,
            row.change_staff_id,
            row.change_kind,
            tuple(row.change_roles.split()),
            row.change_asked_by,
            row.change_asked_at,
        )
        for row in work.rows(_OPEN.where(col(StaffChange.asked_at) > work.now - WAITS))
    ]


def _make(work: Work, by: str, change: Any) -> Answer:
    """Does what was asked, if it still fits: who asked administrates, the account is open, the roles go together."""
    row = row_by_id(work, change.change_staff_id)
    late = change.change_asked_at <= work.now - WAITS
    if late or row.closed_at is not None or not _administrates(work, change.change_asked_by):
        return Answer(Became.OVERTAKEN, row.id)
    work.audit(_actor(by), "staff.change_confirmed", row.id, {"change": change.change_id, "by": change.change_asked_by})
    if change.change_kind == "reset":
        return Answer(Became.DONE, *reset_account(work, row.name, _actor(by)))
    try:
        set_roles(work, row.name, read_roles(change.change_roles.split()), _actor(by))
    except (RolesRefused, AccountRefused):
        return Answer(Became.OVERTAKEN, row.id)
    return Answer(Became.DONE, row.id)


def _changing(
    work: Work, by: str, staff_id: str, act: Callable[[Any], Answer], *, waiting_matters: bool = True
) -> Answer:
    """What `act` makes of somebody's account, where `by` may change it."""
    if not _rules(work, by):
        return Answer(Became.NOT_YOURS)
    row = row_by_id(work, staff_id)
    if row is None or row.closed_at is not None:
        return Answer(Became.CLOSED, staff_id)
    if staff_id == by:
        work.audit(_actor(by), "staff.refused", staff_id, {"why": str(Became.SELF)})
        return Answer(Became.SELF, staff_id)
    if waiting_matters and any(one.staff_id == staff_id for one in open_changes(work)):
        return Answer(Became.WAITING, staff_id)
    try:
        return act(row)
    except AccountRefused:
        return Answer(Became.LAST, staff_id)


def _rules(work: Work, by: str) -> bool:
    """Whether `by` administrates now; nobody else changes accounts until this transaction ends."""
    hold_still(work)
    return _administrates(work, by)


def _administrates(work: Work, staff_id: str) -> bool:
    row = work.row(select(col(Staff.roles)).where(col(Staff.id) == staff_id, col(Staff.closed_at).is_(None)))
    return row is not None and Role.ADMINISTRATOR in row.roles.split()


def _ask(work: Work, by: str, staff_id: str, kind: str, roles: Collection[str]) -> Answer:
    past = (col(StaffChange.staff_id) == staff_id, col(StaffChange.asked_at) <= work.now - WAITS)
    work.run(_settling().where(*past), settled_at=work.now)
    change_id = work.new_id()
    asked = {"kind": kind, "roles": " ".join(roles), "asked_by": by, "asked_at": work.now}
    work.insert(StaffChange, id=change_id, staff_id=staff_id, **asked)
    work.audit(_actor(by), "staff.change_asked", staff_id, {"change": change_id, "kind": kind, "roles": list(roles)})
    return Answer(Became.ASKED, staff_id)


def _settling() -> Any:
    return update(StaffChange).where(col(StaffChange.settled_at).is_(None))


def _actor(staff_id: str) -> str:
    return f"staff:{staff_id}"
