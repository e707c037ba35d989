"""Somebody whom rows can belong to, where nobody looks at them."""

from store import Work
from store.officers import Officer
from store.people import Person
from store.phones import ensure_phone


def officer_and_person(work: Work) -> tuple[str, str]:
    """The ids of an officer and of a person."""
    officer_id, person_id = work.new_id(), work.new_id()
    phone_id = ensure_phone(work, f"+7999{int(officer_id[-6:], 16):08d}"[:12]).id
    given = {"unit": "1", "pin_index": b"", "wrong_pins": 0, "unknown_codes": 0}
    work.insert(Officer, id=officer_id, phone_id=phone_id, **given, enrolled_at=work.now)
    sealed = {"data_key": b"", "epoch": "x", "details_sealed": b""}
    work.insert(Person, id=person_id, **sealed, created_at=work.now)
    return officer_id, person_id
