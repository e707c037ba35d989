"""Whose cases a clinician sees: those of their clinic, and those that they opened; nobody else's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlmodel import col

from codes.people import DOCUMENT, PERSON, Holder, holder
from monitoring.cases.watched import WatchedCase, is_on, read_case, watched_case
from store import Work
from store.cases import Case
from store.columns import table
from store.people import Document, Person
from store.phones import find_phone
from store.staff import Staff

_PERSON = [column for column in PERSON if column.name != "person_id"]
"""The case's row has that one itself."""
MOST_LISTED = 500
"""Open cases on one page; whoever has more looks for one."""
MOST_SEARCHED = 10_000
"""Open cases among which one is looked for by name: names lie sealed, so that each is opened."""


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody who opens cases."""

    id: str
    clinic: str | None

    @property
    def actor(self) -> str:
        """Who they are in the audit."""
        return f"staff:{self.id}"


@dataclass(frozen=True, slots=True)
class ClinicCase:
    """A case with the person it is about."""

    case: WatchedCase
    person: Holder


def clinician(work: Work, staff_id: str) -> Clinician:
    """Somebody of the staff, with the clinic they work at."""
    row = work.row(select(col(Staff.clinic)).where(col(Staff.id) == staff_id))
    return Clinician(staff_id, row.clinic if row else None)


def sees(who: Clinician, case: WatchedCase) -> bool:
    """Whether a case is theirs to look after."""
    return case.opened_by == who.actor or (who.clinic is not None and case.clinic == who.clinic)


def own_case(work: Work, who: Clinician, case_id: str) -> ClinicCase | None:
    """A case of theirs, open or not; None where it is none of theirs."""
    case = watched_case(work, case_id)
    if case is None or not sees(who, case):
        return None
    row = work.row(select(*PERSON).where(col(Person.id) == case.person_id))
    return ClinicCase(case, holder(work, row))


def open_cases(work: Work, who: Clinician, most: int = MOST_LISTED) -> list[ClinicCase]:
    """Their open cases, those that end first at first."""
    by_end = col(Case.ends_at).is_(None), col(Case.ends_at), col(Case.id)
    rows = work.rows(_theirs(who).where(col(Case.closed_at).is_(None)).order_by(*by_end).limit(most))
    return [_read(work, row) for row in rows]


def cases_with(work: Work, who: Clinician, numbers: Collection[str], documents: Collection[str]) -> list[ClinicCase]:
    """Their cases, open or not, of whoever has one of these numbers (E.164) or documents."""
    phones = [phone.id for number in numbers if (phone := find_phone(work, number))]
    indexes = [work.keys.blind(DOCUMENT, document) for document in documents]
    named = select(col(Document.person_id)).where(col(Document.document_index).in_(indexes))
    people = [row.person_id for row in work.rows(named)]
    rows = work.rows(_theirs(who).where(is_on(work, phones, people)).order_by(col(Case.id).desc()).limit(MOST_LISTED))
    return [_read(work, row) for row in rows]


def called(cases: Sequence[ClinicCase], name: str) -> list[ClinicCase]:
    """Those of whose person every word of a name is one, or the beginning of one."""
    words = _words(name)
    return [one for one in cases if words and all(_is_begun(word, _words(one.person.name)) for word in words)]


def household(work: Work, who: Clinician, case: WatchedCase) -> list[ClinicCase]:
    """The cases of contacts and of the household that belong to a case, and the one that it belongs to."""
    related = [col(Case.of_case_id) == case.id]
    if case.of_case_id:
        related += [col(Case.id) == case.of_case_id]
    rows = work.rows(_theirs(who).where(or_(*related), col(Case.id) != case.id).order_by(col(Case.id)))
    return [_read(work, row) for row in rows]


def _theirs(who: Clinician) -> Select[Any]:
    mine = col(Case.opened_by) == who.actor
    ours = or_(mine, col(Case.clinic) == who.clinic) if who.clinic is not None else mine
    return select(table(Case), *_PERSON).join(Person, col(Person.id) == col(Case.person_id)).where(ours)


def _read(work: Work, row: Row[Any]) -> ClinicCase:
    return ClinicCase(read_case(work, row), holder(work, row))


def _words(name: str) -> list[str]:
    return name.casefold().replace("ё", "е").replace(".", " ").split()


def _is_begun(word: str, names: Sequence[str]) -> bool:
    return any(name.startswith(word) for name in names)
