"""Who acts for an organisation: telephones that are invited by number, agree by signing in, and are removed again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select, text, update
from sqlalchemy.sql.expression import bindparam
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from codes.employers.accounts import Organisation
from codes.regimes import in_force
from store import Work
from store.columns import table
from store.employers import OrganisationUser
from store.outbox import send
from store.phones import ensure_phone, phone_by_id

MOST_USERS: Final = 10
INVITATIONS_A_DAY: Final = 5
_USER = table(OrganisationUser)
_INVITE = text(
    "INSERT INTO organisation_user (organisation_id, phone_id, state, changed_at) "
    "VALUES (:organisation_id, :phone_id, 'invited', :now) ON CONFLICT (organisation_id, phone_id) DO UPDATE SET "
    "state = 'invited', changed_at = excluded.changed_at WHERE organisation_user.state = 'removed' RETURNING phone_id"
).bindparams(bindparam("now", type_=UTCDateTime()))


class Invited(StrEnum):
    """What became of inviting somebody."""

    DONE = "done"
    KNOWN = "known"  # they act for it already, or were invited
    TOO_MANY = "too_many"  # users, or invitations today


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who acts for an organisation, or was invited to."""

    phone_id: str
    number: str
    """E.164."""
    state: str


def users(work: Work, organisation_id: str) -> list[User]:
    """Who acts for it and who is invited, by when it began."""
    there = select(_USER).where(_USER.c.organisation_id == organisation_id, _USER.c.state != "removed")
    rows = work.rows(there.order_by(_USER.c.changed_at, _USER.c.phone_id))
    return [User(row.phone_id, phone_by_id(work, row.phone_id).number, row.state) for row in rows]


def invite(work: Work, found: Organisation, number: str, by: str) -> Invited:
    """Asks the owner of an E.164 number by text whether they will act for it; `by` is as in the audit."""
    work.lock(work.keys.blind("organisation", found.id))
    since = work.now.replace(hour=0, minute=0, second=0, microsecond=0)
    mine = _USER.c.organisation_id == found.id
    there = work.count(select(func.count()).select_from(_USER).where(mine, _USER.c.state != "removed"))
    lately = work.count(select(func.count()).select_from(_USER).where(mine, _USER.c.changed_at >= since))
    if there >= MOST_USERS or lately > INVITATIONS_A_DAY:
        return Invited.TOO_MANY
    phone = ensure_phone(work, number)
    work.flush()
    if not work.row(_INVITE, organisation_id=found.id, phone_id=phone.id, now=work.now):
        return Invited.KNOWN
    work.audit(by, "organisation.user_invited", found.id, {"phone": phone.id})
    language = phone.language or in_force(work).regime.default_language
    send(work, phone, "organisation_invited", language, {"organisation": found.name})
    return Invited.DONE


def answer_invitation(work: Work, phone_id: str, organisation_id: str, *, agreed: bool) -> bool:
    """The invited telephone agrees or not; False where there is no invitation."""
    mine = (_USER.c.organisation_id == organisation_id, _USER.c.phone_id == phone_id, _USER.c.state == "invited")
    state = "active" if agreed else "removed"
    if not work.run(update(_USER).where(*mine), state=state, changed_at=work.now):
        return False
    action = "organisation.user_agreed" if agreed else "organisation.user_declined"
    work.audit(f"phone:{phone_id}", action, organisation_id, {"phone": phone_id})
    return True


def remove(work: Work, organisation_id: str, phone_id: str, by: str) -> bool:
    """Somebody acts for it no more; False for the last one, or where there is nobody like this."""
    work.lock(work.keys.blind("organisation", organisation_id))
    there = users(work, organisation_id)
    others = [one for one in there if one.phone_id != phone_id and one.state == "active"]
    if not others or phone_id not in {one.phone_id for one in there}:
        return False
    mine = (col(OrganisationUser.organisation_id) == organisation_id, col(OrganisationUser.phone_id) == phone_id)
    work.run(update(_USER).where(*mine), state="removed", changed_at=work.now)
    work.audit(by, "organisation.user_removed", organisation_id, {"phone": phone_id})
    return True
