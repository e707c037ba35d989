"""Accounts of organisations: opened by whoever signed in, confirmed by a reviewer, closed again.

A stranger may know somebody's tax number, so that asking first wins nothing: one for each is only among the confirmed.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, func, select, update

from codes.regime import Purpose, Regime
from store import DataKey, Work
from store.columns import table
from store.employers import Organisation as OrganisationRow
from store.employers import OrganisationUser
from store.phones import Telephone

TAX_NUMBER = "tax_number"
"""The kind of blind index an organisation is found by."""
ROWS_A_DAY: Final = 500
"""Passes a day, unless the reviewer says another number."""
MOST_ROWS_A_DAY: Final = 10_000
MOST_ACCOUNTS: Final = 5
"""Of one telephone."""
_ROW, _USER = table(OrganisationRow), table(OrganisationUser)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An account; its words are empty once it is closed."""

    id: str
    state: str
    key: DataKey | None
    rows_a_day: int
    asked_at: datetime
    decided_at: datetime | None
    name: str = ""
    tax_number: str = ""
    contact: str = ""
    reason: str = ""
    """Why it was refused, or closed by a reviewer."""
    used_on: str | None = None
    used: int = 0

    @property
    def actor(self) -> str:
        """Who asks for its workers' passes, in the audit."""
        return f"organisation:{self.id}"

    @property
    def opened(self) -> DataKey:
        """Its data key; it is not closed."""
        assert self.key is not None, "a closed organisation has no rows to open"
        return self.key

    def left_today(self, regime: Regime, now: datetime) -> int:
        """How many passes it may ask for on this local day still."""
        return self.rows_a_day - (self.used if self.used_on == local_day(regime, now) else 0)


class Opened(StrEnum):
    """What became of asking for an account."""

    ASKED = "asked"
    TOO_MANY = "too_many"  # of this telephone
    WAITING = "waiting"  # this telephone asked for the same tax number before


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of an organisation: the tax number normalised, its check digits right."""

    name: str
    tax_number: str
    contact: str
    reason: str = field(default="")


def local_day(regime: Regime, now: datetime) -> str:
    """The day that a limit counts: ``2026-11-26``."""
    return f"{now.astimezone(regime.zone):%Y-%m-%d}"


def employer_purposes(regime: Regime) -> tuple[Purpose, ...]:
    """What organisations may ask for."""
    return tuple(one for one in regime.purposes if one.employer)


def open_account(work: Work, phone: Telephone, details: Details) -> Opened:
    """Asks for an account; `phone` is its first user's, and is held to the end of the work."""
    work.lock(phone.index)
    mine = [one for one in organisations_of(work, phone.id) if one.state in ("asked", "confirmed")]
    if len(mine) >= MOST_ACCOUNTS:
        return Opened.TOO_MANY
    if any(one.tax_number == details.tax_number for one in mine):
        return Opened.WAITING
    organisation_id, new = work.new_id(), work.keys.new_key()
    work.insert(
        OrganisationRow,
        id=organisation_id,
        state="asked",
        tax_index=work.keys.blind(TAX_NUMBER, details.tax_number),
        details_sealed=sealed_details(organisation_id, new.key, details),
        data_key=new.wrapped,
        epoch=new.epoch,
        asked_at=work.now,
        rows_a_day=ROWS_A_DAY,
        revoking=False,
        used=0,
    )
    active = {"organisation_id": organisation_id, "phone_id": phone.id, "state": "active", "changed_at": work.now}
    work.insert(OrganisationUser, **active)
    work.audit(phone.actor, "organisation.asked", organisation_id)
    return Opened.ASKED


def organisations_of(work: Work, phone_id: str, states: Collection[str] = ("active",)) -> list[Organisation]:
    """Those a telephone acts for (or is ``invited`` to), the oldest first; closed ones too."""
    theirs = select(_ROW).join(_USER, _USER.c.organisation_id == _ROW.c.id).where(_USER.c.phone_id == phone_id)
    rows = work.rows(theirs.where(_USER.c.state.in_(states)).order_by(_ROW.c.id))
    return [organisation(work, row) for row in rows]


def organisation_for(work: Work, phone_id: str, organisation_id: str) -> Organisation | None:
    """The organisation of this id, where the telephone acts for it."""
    theirs = select(_ROW).join(_USER, _USER.c.organisation_id == _ROW.c.id)
    mine = (_ROW.c.id == organisation_id, _USER.c.phone_id == phone_id, _USER.c.state == "active")
    row = work.row(theirs.where(*mine))
    return organisation(work, row) if row else None


def find_organisation(work: Work, organisation_id: str) -> Organisation | None:
    """The organisation of this id, for whoever decides and for the jobs."""
    row = work.row(select(_ROW).where(_ROW.c.id == organisation_id))
    return organisation(work, row) if row else None


def organisations_in(work: Work, states: Collection[str], most: int = 200) -> list[Organisation]:
    """Those in these states, the oldest first."""
    return [
        organisation(work, row)
        for row in work.rows(select(_ROW).where(_ROW.c.state.in_(states)).order_by(_ROW.c.id).limit(most))
    ]


def waiting(work: Work) -> int:
    """How many wait for a decision."""
    return work.count(select(func.count()).select_from(_ROW).where(_ROW.c.state == "asked"))


def use_one(work: Work, found: Organisation, regime: Regime) -> bool:
    """Counts one pass asked for today; False where the day's limit is reached. Holds the organisation's row."""
    today = local_day(regime, work.now)
    mine = update(_ROW).where(_ROW.c.id == found.id, _ROW.c.state == "confirmed")
    if work.run(mine.where(_ROW.c.used_on == today, _ROW.c.used < _ROW.c.rows_a_day).values(used=_ROW.c.used + 1)):
        return True
    fresh = mine.where((_ROW.c.used_on != today) | _ROW.c.used_on.is_(None))
    return work.run(fresh, used_on=today, used=1) > 0


def organisation(work: Work, row: Row[Any]) -> Organisation:
    """A row as a value."""
    plain = Organisation(
        row.id,
        row.state,
        None,
        row.rows_a_day,
        row.asked_at,
        row.decided_at,
        used_on=row.used_on,
        used=row.used,
    )
    if row.data_key is None:
        return plain
    key = work.keys.unwrap(row.data_key, row.epoch)
    return replace(plain, key=key, **json.loads(key.open(_place(row.id), row.details_sealed)))


def sealed_details(organisation_id: str, key: DataKey, details: Details) -> bytes:
    """What is said of it, for its row."""
    kept = {
        "name": details.name,
        "tax_number": details.tax_number,
        "contact": details.contact,
        "reason": details.reason,
    }
    return key.seal(_place(organisation_id), json.dumps(kept, ensure_ascii=False))


def _place(organisation_id: str) -> str:
    return f"organisation.details.{organisation_id}"
