"""Who is asking: a telephone, the people on it, and what stands open for them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.fields import PERSONAL, Field
from codes.passes import LivePass
from store import DataKey, Work
from store.columns import labelled
from store.people import Document, Person, PersonPhone
from store.phones import Telephone

DOCUMENT = "document"
"""The kind of blind index a document is found by."""
DELETED = "(deleted)"
"""In place of the name of somebody of whom nothing is known any more."""
PERSON = labelled(Person, "person", without=("created_at",))
"""The columns `holder` reads."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person as far as the counter needs to know them."""

    id: str
    key: DataKey
    details: Mapping[Field, str]
    guardian_id: str | None = None
    blocked: bool = False
    destroyed: bool = False
    """All that was known of them is gone; only what they once had points to them still."""
    open_case: bool = False
    """Their own case, or one of somebody who named the same document."""
    live: tuple[LivePass, ...] = ()

    @property
    def name(self) -> str:
        """The name as they wrote it, for lists; of who was destroyed, that they were."""
        return DELETED if self.destroyed else self.details.get(Field.NAME, "")

    @property
    def initials(self) -> str:
        """``И.И.И.``; empty where no name is known."""
        letters = [
            found.group() for part in self.details.get(Field.NAME, "").split() if (found := _LETTER.search(part))
        ]
        return "".join(f"{letter.upper()}." for letter in letters[:3])

    @property
    def document_tail(self) -> str:
        """The last four signs of the document, or nothing."""
        return self.details.get(Field.DOCUMENT, "")[-4:]


def holder(work: Work, row: Row[Any], open_case: bool = False) -> Holder:
    """A row with the columns `PERSON` as a value."""
    key = work.keys.unwrap(row.person_data_key, row.person_epoch)
    known = json.loads(key.open(f"person.details.{row.person_id}", row.person_details_sealed))
    details = {Field(name): value for name, value in known.items()}
    blocked = row.person_blocked_at is not None
    gone = row.person_destroyed_at is not None
    return Holder(row.person_id, key, details, row.person_guardian_id, blocked, gone, open_case)


def personal(fields: Mapping[Field, str]) -> dict[Field, str]:
    """Those of `fields` that are remembered of a person."""
    return {name: value for name, value in fields.items() if name in PERSONAL}


def add_person(
    work: Work, phone: Telephone, fields: Mapping[Field, str], guardian_id: str | None = None, by: str = ""
) -> Holder:
    """A new person on `phone`, named there or `by` somebody else."""
    person_id, new = work.new_id(), work.keys.new_key()
    details = personal(fields)
    work.insert(
        Person,
        id=person_id,
        data_key=new.wrapped,
        epoch=new.epoch,
        details_sealed=new.key.seal(f"person.details.{person_id}", json.dumps(details, ensure_ascii=False)),
        guardian_id=guardian_id,
        created_at=work.now,
    )
    work.insert(PersonPhone, phone_id=phone.id, person_id=person_id, added_at=work.now)
    _add_document(work, person_id, details)
    work.audit(by or phone.actor, "person.registered", person_id, {"fields": sorted(details)})
    return Holder(person_id, new.key, details, guardian_id)


def correct_person(work: Work, phone: Telephone, known: Holder, fields: Mapping[Field, str], by: str = "") -> Holder:
    """`known` with `fields` in place of what was known; unchanged where nothing is new."""
    details = {**known.details, **personal(fields)}
    if details == known.details:
        return known
    work.run(
        update(Person).where(col(Person.id) == known.id),
        details_sealed=known.key.seal(f"person.details.{known.id}", json.dumps(details, ensure_ascii=False)),
    )
    document = details.get(Field.DOCUMENT)
    if document and work.keys.blind(DOCUMENT, document) not in _documents(work, known.id):
        _add_document(work, known.id, details)
    changed = sorted(name for name in details if details[name] != known.details.get(name))
    work.audit(by or phone.actor, "person.corrected", known.id, {"fields": changed})
    return replace(known, details=details)


def _add_document(work: Work, person_id: str, details: Mapping[Field, str]) -> None:
    number = details.get(Field.DOCUMENT)
    if number is not None:
        index = work.keys.blind(DOCUMENT, number)
        work.insert(Document, person_id=person_id, document_index=index, added_at=work.now)


def _documents(work: Work, person_id: str) -> set[bytes]:
    named = select(col(Document.document_index)).where(col(Document.person_id) == person_id)
    return {row.document_index for row in work.rows(named)}
