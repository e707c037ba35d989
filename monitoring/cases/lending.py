"""Telephones that are handed out to patients: lent, due back, returned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.case_telephones import shut_ways_in
from codes.rights.emptying import empty_lent_telephone
from monitoring.cases.watched import WatchedCase, telephone_of
from store import Work
from store.cases import Case, LentPhone
from store.columns import table
from store.people import PersonPhone
from store.phones import choose_language, ensure_phone

LONGEST_SERIAL: Final = 40
_LENT = table(LentPhone)


@dataclass(frozen=True, slots=True)
class Lent:
    """A telephone that was handed out."""

    id: str
    case_id: str
    number: str
    """E.164."""
    serial: str
    handed_out_at: datetime
    due_at: datetime
    reminded_at: datetime | None
    returned_at: datetime | None


def is_out(work: Work, number: str) -> bool:
    """Whether a telephone is lent to somebody and did not come back: two patients can't have one."""
    rows = work.rows(select(_LENT).where(_LENT.c.returned_at.is_(None)))
    return any(read_lent(work, row).number == number for row in rows)


def lend(work: Work, case: WatchedCase, number: str, serial: str, due_at: datetime, by: str) -> str:
    """Notes that a telephone is handed out; its id. The patient is texted and called there from now on."""
    lent_id, new = work.new_id(), work.keys.new_key()
    phone, before = ensure_phone(work, number), telephone_of(work, case)
    if before is not None and before.language is not None and (phone.language is None or _is_nobodys(work, phone.id)):
        choose_language(work, phone.id, before.language)
    work.insert(
        LentPhone,
        id=lent_id,
        case_id=case.id,
        data_key=new.wrapped,
        epoch=new.epoch,
        number_sealed=new.key.seal(f"lent_phone.number.{lent_id}", number),
        serial_sealed=new.key.seal(f"lent_phone.serial.{lent_id}", serial),
        handed_out_at=work.now,
        handed_out_by=by,
        due_at=due_at,
    )
    work.run(update(Case).where(col(Case.id) == case.id), phone_id=phone.id)
    work.audit(by, "case.phone_lent", case.id, {"lent": lent_id})
    return lent_id


def take_in(work: Work, case: WatchedCase, lent_id: str, by: str) -> bool:
    """Notes that it came back; False where it had. The patient is texted wherever they are known, as before.

    What opened their page from that telephone opens it no more, and what it said and heard goes: the next who is lent
    it finds nothing of the one before.
    """
    one = update(_LENT).where(_LENT.c.id == lent_id, _LENT.c.case_id == case.id, _LENT.c.returned_at.is_(None))
    if not work.run(one, returned_at=work.now, returned_to=by):
        return False
    lent = lent_in(work, case)
    back = next(row for row in lent if row.id == lent_id)
    still_out = next((row for row in lent if row.returned_at is None), None)
    phone_id = ensure_phone(work, still_out.number).id if still_out else None
    work.run(update(Case).where(col(Case.id) == case.id), phone_id=phone_id)
    shut_ways_in(work, case.id, back.handed_out_at)
    empty_lent_telephone(work, ensure_phone(work, back.number))
    work.audit(by, "case.phone_returned", case.id, {"lent": lent_id})
    return True


def _is_nobodys(work: Work, phone_id: str) -> bool:
    return work.row(select(col(PersonPhone.person_id)).where(col(PersonPhone.phone_id) == phone_id)) is None


def lent_in(work: Work, case: WatchedCase) -> list[Lent]:
    """The telephones of a case, the last first."""
    mine = select(_LENT).where(_LENT.c.case_id == case.id).order_by(_LENT.c.id.desc())
    return [read_lent(work, row) for row in work.rows(mine)]


def out_since(work: Work, before: datetime) -> Sequence[Row[Any]]:
    """Rows of telephones that were to be back before then and are not."""
    late = select(_LENT).where(_LENT.c.returned_at.is_(None), _LENT.c.due_at < before)
    return work.rows(late.order_by(_LENT.c.due_at))


def read_lent(work: Work, row: Row[Any]) -> Lent:
    """A row of `LentPhone` as a value."""
    key = work.keys.unwrap(row.data_key, row.epoch)
    number = key.open(f"lent_phone.number.{row.id}", row.number_sealed)
    serial = key.open(f"lent_phone.serial.{row.id}", row.serial_sealed)
    return Lent(row.id, row.case_id, number, serial, row.handed_out_at, row.due_at, row.reminded_at, row.returned_at)
