"""Officers who work on pages: which account is whose, and what its owner may look at now."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from codes.police.officers import OFFICER, Officer, officer_on_duty
from codes.regimes import Terms
from store import Work
from store.columns import table
from store.officers import Officer as OfficerRow
from store.people import Phone
from store.phones import NUMBER
from store.prepared import Prepared

_SERVING = select(*OFFICER, col(OfficerRow.staff_id).label("staff_id")).where(col(OfficerRow.left_at).is_(None))
_OF_STAFF = Prepared(_SERVING.where(col(OfficerRow.staff_id) == bindparam("staff_id")))
_OF_NUMBER = Prepared(
    _SERVING.join(Phone, col(Phone.id) == col(OfficerRow.phone_id)).where(
        table(Phone).c.number_index == bindparam("number_index")
    )
)


@dataclass(frozen=True, slots=True)
class Serving:
    """An officer who serves, and `store.staff.Staff.id` of their account."""

    officer: Officer
    staff_id: str | None


def officer_of_account(work: Work, under: Terms, staff_id: str) -> Officer | None:
    """The officer whose account this is; None where it is nobody's, or they serve no more."""
    found = _serving(work, under, work.row(_OF_STAFF, staff_id=staff_id))
    return found.officer if found else None


def officer_of_number(work: Work, under: Terms, number: str) -> Serving | None:
    """The officer enrolled with this E.164 number; for a number that nobody has the same work is done."""
    return _serving(work, under, work.row(_OF_NUMBER, number_index=work.keys.blind(NUMBER, number)))


def give_account(work: Work, officer_id: str, staff_id: str, by: str) -> None:
    """Links an officer with their account on pages."""
    work.run(update(OfficerRow).where(col(OfficerRow.id) == officer_id), staff_id=staff_id)
    work.audit(by, "officer.account_given", officer_id, {"staff": staff_id})


def _serving(work: Work, under: Terms, row: Any) -> Serving | None:
    return Serving(officer_on_duty(row, under, work.now), row.staff_id) if row else None
