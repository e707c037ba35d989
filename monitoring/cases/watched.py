"""A case as a value: everything that checks, fences and people at the duty desk need to know of it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlmodel import col

from store import DataKey, Keyring, Work
from store.case_details import Details, open_details
from store.cases import Case
from store.columns import table
from store.people import PersonPhone, Phone
from store.phones import PHONE, Telephone, phone_by_id, telephone


@dataclass(frozen=True, slots=True)
class Watched:
    """What whoever judges fixes needs to know of a case. `key` is gone once it was destroyed."""

    id: str
    means: str
    ends_at: datetime | None
    enrolled_at: datetime | None
    paused_at: datetime | None
    closed_at: datetime | None
    key: DataKey | None

    def is_open(self, now: datetime) -> bool:
        """Whether anything may be asked of this patient at all: neither closed nor past its end."""
        return self.closed_at is None and (self.ends_at is None or now < self.ends_at)

    def is_watched(self, now: datetime) -> bool:
        """Whether silence or absence means anything: open, enrolled and not paused."""
        enrolled = self.enrolled_at is not None and self.enrolled_at <= now
        return self.is_open(now) and enrolled and self.paused_at is None


@dataclass(frozen=True, slots=True)
class WatchedCase(Watched):
    """One case. `details` are gone with the key; both are missing in cases of before there were keys."""

    person_id: str
    phone_id: str | None
    kind: str
    of_case_id: str | None
    opened_at: datetime
    opened_by: str
    clinic: str | None
    enrol_by: datetime | None
    reminded_at: datetime | None
    pause_kind: str | None
    closing: str | None
    closed_by: str | None
    destroyed_at: datetime | None
    details: Details
    seed: bytes

    def opened(self, place: str, sealed: bytes | None) -> str:
        """What is sealed under the key of this case at `place`; empty where it, or the key, is gone."""
        return self.key.open(place, sealed) if self.key and sealed else ""


_PLAIN: Final = tuple(one.name for one in fields(WatchedCase) if one.name not in ("key", "details", "seed"))
WATCHED: Final = [
    table(Case).c[name]
    for name in ("id", "means", "ends_at", "enrolled_at", "paused_at", "closed_at", "data_key", "epoch")
]
"""The columns that `read_watched` reads."""


def watched_case(work: Work, case_id: str) -> WatchedCase | None:
    """The case with this id, whatever its state."""
    row = work.row(select(table(Case)).where(col(Case.id) == case_id))
    return read_case(work, row) if row else None


def held_case(work: Work, case_id: str) -> WatchedCase | None:
    """As `watched_case`; nobody else changes it, or what belongs to it, to the end of the work."""
    work.lock(work.keys.blind("case", case_id))
    return watched_case(work, case_id)


def cases_of(work: Work, people: Sequence[str]) -> list[WatchedCase]:
    """The cases that are not closed of these people, oldest first."""
    return [read_case(work, row) for row in work.rows(open_rows().where(col(Case.person_id).in_(people)))]


def cases_on(work: Work, phone: Telephone) -> list[WatchedCase]:
    """The cases that are not closed of whoever is on a telephone, or that name it; oldest first."""
    return [read_case(work, row) for row in work.rows(open_rows().where(is_on(work, [phone.id])))]


def is_on(work: Work, phone_ids: Sequence[str], people: Sequence[str] = ()) -> ColumnElement[bool]:
    """Whether a case is of somebody on one of these telephones, or names it, or is of one of these people.

    The people are looked up first: in one query PostgreSQL would look through all cases.
    """
    on_phones = select(col(PersonPhone.person_id)).where(col(PersonPhone.phone_id).in_(phone_ids))
    found = [*people, *(row.person_id for row in work.rows(on_phones))]
    return or_(col(Case.person_id).in_(found), col(Case.phone_id).in_(phone_ids))


def open_rows() -> Select[Any]:
    """A query of the rows of cases that are not closed."""
    return select(table(Case)).where(col(Case.closed_at).is_(None)).order_by(col(Case.id))


def telephone_of(work: Work, case: WatchedCase) -> Telephone | None:
    """Where the patient is texted and called: the telephone of the case, else the first they are known on."""
    if case.phone_id:
        return phone_by_id(work, case.phone_id)
    theirs = select(*PHONE).join(PersonPhone, col(PersonPhone.phone_id) == col(Phone.id))
    row = work.row(theirs.where(col(PersonPhone.person_id) == case.person_id).order_by(col(PersonPhone.added_at)))
    return telephone(work, row) if row else None


def read_case(work: Work, row: Row[Any]) -> WatchedCase:
    """A row of `Case` as a value."""
    key, details = open_details(work.keys, row)
    seed = key.open_bytes(f"isolation_case.seed.{row.id}", row.seed_sealed) if key and row.seed_sealed else b""
    given = {name: getattr(row, name) for name in _PLAIN}
    return WatchedCase(**given, key=key, details=details, seed=seed)


def read_watched(keys: Keyring, row: Row[Any]) -> Watched:
    """The same of a row of `WATCHED`, of which nothing but the key is opened."""
    key = keys.unwrap(row.data_key, row.epoch) if row.data_key else None
    return Watched(row.id, row.means, row.ends_at, row.enrolled_at, row.paused_at, row.closed_at, key)
