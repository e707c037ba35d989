"""Cases as people who run the service see them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from codes.people import PERSON, Holder, holder
from monitoring.cases.watched import WatchedCase, read_case
from store import Work
from store.cases import Case
from store.columns import table
from store.patience import take_time
from store.people import Person, PersonPhone, Phone
from store.phones import PHONE, telephone

_CASES = select(table(Case)).order_by(col(Case.opened_at).desc(), col(Case.id).desc())
_PHONES = select(*PHONE, col(PersonPhone.person_id)).join(PersonPhone, col(PersonPhone.phone_id) == col(Phone.id))


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case with the person it is about, opened; `phones` are E.164."""

    case: WatchedCase
    person: Holder
    phones: tuple[str, ...]


def listed_cases(work: Work, *, open_only: bool) -> list[ListedCase]:
    """Cases, the newest first."""
    take_time(work.connection)
    chosen = _CASES.where(col(Case.closed_at).is_(None)) if open_only else _CASES
    concerned = select(col(Case.person_id))
    phones: dict[str, list[str]] = {}
    for row in work.rows(_PHONES.where(col(PersonPhone.person_id).in_(concerned)).order_by(col(PersonPhone.added_at))):
        phones.setdefault(row.person_id, []).append(telephone(work, row).number)
    people = work.rows(select(*PERSON).where(col(Person.id).in_(concerned)))
    known = {row.person_id: holder(work, row) for row in people}
    cases = (read_case(work, row) for row in work.rows(chosen))
    return [ListedCase(case, known[case.person_id], tuple(phones.get(case.person_id, ()))) for case in cases]
