"""Cases as people who run the service see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import col

from codes.people import PERSON, holder
from store import Work
from store.cases import Case
from store.columns import labelled
from store.people import Person, PersonPhone, Phone
from store.phones import PHONE, telephone

_CASES = (
    select(*labelled(Case, "case"), *PERSON)
    .join(Person, col(Person.id) == col(Case.person_id))
    .order_by(col(Case.opened_at).desc(), col(Case.id).desc())
)
_PHONES = select(*PHONE, col(PersonPhone.person_id)).join(PersonPhone, col(PersonPhone.phone_id) == col(Phone.id))


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case with the person it is about, opened; `phones` are E.164."""

    id: str
    person_id: str
    holder_name: str
    document_tail: str
    phones: tuple[str, ...]
    reason: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str | None
    closed_reason: str | None


def listed_cases(work: Work, *, open_only: bool) -> list[ListedCase]:
    """Cases, the newest first."""
    chosen = _CASES.where(col(Case.closed_at).is_(None)) if open_only else _CASES
    concerned = select(col(Case.person_id))
    phones: dict[str, list[str]] = {}
    for row in work.rows(_PHONES.where(col(PersonPhone.person_id).in_(concerned)).order_by(col(PersonPhone.added_at))):
        phones.setdefault(row.person_id, []).append(telephone(work, row).number)
    return [_listed(work, row, tuple(phones.get(row.person_id, ()))) for row in work.rows(chosen)]


def _listed(work: Work, row: Row[Any], phones: tuple[str, ...]) -> ListedCase:
    known = holder(work, row)
    return ListedCase(
        row.case_id,
        row.person_id,
        known.name,
        known.document_tail,
        phones,
        row.case_reason,
        row.case_opened_at,
        row.case_opened_by,
        row.case_closed_at,
        row.case_closed_by,
        row.case_closed_reason,
    )
