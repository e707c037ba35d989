"""The officers enrolled, and their leaving."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from codes.police.officers import UNKNOWN_CODES, Officer, officer_on_duty
from codes.regimes import Terms
from store import Work
from store.columns import labelled
from store.officers import Officer as OfficerRow
from store.people import Phone
from store.phones import PHONE, Telephone, telephone

_ENROLLED = (
    select(*labelled(OfficerRow, "officer"), *PHONE)
    .join(Phone, col(Phone.id) == col(OfficerRow.phone_id))
    .where(col(OfficerRow.left_at).is_(None))
    .order_by(col(OfficerRow.unit), col(OfficerRow.id))
)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An officer with telephone and unit; `shift_until` is past or None where no shift is open."""

    officer: Officer
    phone: str
    """E.164."""
    unit: str
    home_zone: str | None
    shift_until: datetime | None
    enrolled_at: datetime


@dataclass(frozen=True, slots=True)
class Locked:
    """A locked officer; `unknown_codes` are those that locked them, 0 where the wrong PINs did."""

    id: str
    phone: str
    """E.164."""
    unit: str
    since: datetime
    wrong_pins: int
    unknown_codes: int


def roster(work: Work, under: Terms) -> list[Enrolled]:
    """Everybody enrolled, by unit."""
    return [
        Enrolled(
            officer_on_duty(row, under, work.now),
            telephone(work, row).number,
            row.officer_unit,
            row.officer_zone,
            row.officer_shift_until,
            row.officer_enrolled_at,
        )
        for row in work.rows(_ENROLLED)
    ]


def leave(work: Work, phone: Telephone, by: str) -> bool:
    """The officer on this telephone serves no more and is answered like everybody; False where there is none."""
    row = work.row(
        select(col(OfficerRow.id)).where(col(OfficerRow.phone_id) == phone.id, col(OfficerRow.left_at).is_(None))
    )
    if row is None:
        return False
    work.run(update(OfficerRow).where(col(OfficerRow.id) == row.id), left_at=work.now, shift_until=None)
    work.audit(by, "officer.left", row.id)
    return True


def locked_officers(work: Work) -> list[Locked]:
    """Who can't look anything up, or open no shift, until a supervisor unlocks them; by unit."""
    return [
        Locked(
            row.officer_id,
            telephone(work, row).number,
            row.officer_unit,
            row.officer_locked_at,
            row.officer_wrong_pins,
            row.officer_unknown_codes if row.officer_unknown_codes >= UNKNOWN_CODES else 0,
        )
        for row in work.rows(_ENROLLED.where(col(OfficerRow.locked_at).is_not(None)))
    ]
