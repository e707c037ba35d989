"""One person who was known twice: all that is theirs goes to the record that stays.

What is sealed is bound to a person's key, so that a pass or application that moves is sealed anew.
"""

from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from codes.people import PERSON, Holder, holder
from store import Work
from store.cases import Case
from store.passes import Application, Pass
from store.people import Document, Person, PersonPhone


def join_people(work: Work, gone: Holder, stays_id: str, by: str) -> None:
    """From now on whoever asked for `gone` asks for the other; a block or an open case of either binds."""
    stays = holder(work, work.row(select(*PERSON).where(col(Person.id) == stays_id)))
    _move_sealed(work, Pass, "pass", ("face", "fields"), gone, stays)
    _move_sealed(work, Application, "application", ("fields",), gone, stays)
    _move_case(work, gone, stays)
    _move_documents(work, gone, stays)
    _move_telephones(work, gone, stays)
    theirs = update(Person).where(col(Person.guardian_id) == gone.id, col(Person.id) != stays.id)
    work.run(theirs, guardian_id=stays.id)
    if gone.blocked and not stays.blocked:
        work.run(update(Person).where(col(Person.id) == stays.id), blocked_at=work.now)
    work.audit(by, "person.joined", gone.id, {"with": stays.id})


def _move_sealed(
    work: Work, model: type[Pass | Application], kind: str, names: tuple[str, ...], gone: Holder, stays: Holder
) -> None:
    for row in work.rows(select(model).where(col(model.person_id) == gone.id)):
        values: dict[str, Any] = {"person_id": stays.id}
        for name in names:
            sealed = getattr(row, f"{name}_sealed")
            place = f"{kind}.{name}.{row.id}"
            values[f"{name}_sealed"] = sealed and stays.key.seal(place, gone.key.open(place, sealed))
        work.run(update(model).where(col(model.id) == row.id), **values)


def _move_case(work: Work, gone: Holder, stays: Holder) -> None:
    """Where both have an open one, each keeps it: it binds both through their document."""
    theirs = aliased(Case)
    open_there = (
        select(col(theirs.id)).where(col(theirs.person_id) == stays.id, col(theirs.closed_at).is_(None)).exists()
    )
    movable = or_(col(Case.closed_at).is_not(None), ~open_there)
    work.run(update(Case).where(col(Case.person_id) == gone.id, movable), person_id=stays.id)


def _move_documents(work: Work, gone: Holder, stays: Holder) -> None:
    """Copied: also a case that could not move binds by them."""
    named = select(Document).where(col(Document.person_id).in_((gone.id, stays.id)))
    rows = work.rows(named)
    known = {row.document_index for row in rows if row.person_id == stays.id}
    for row in rows:
        if row.document_index not in known:
            work.insert(Document, person_id=stays.id, document_index=row.document_index, added_at=row.added_at)


def _move_telephones(work: Work, gone: Holder, stays: Holder) -> None:
    rows = work.rows(select(PersonPhone).where(col(PersonPhone.person_id).in_((gone.id, stays.id))))
    there = {row.phone_id for row in rows if row.person_id == stays.id}
    for row in rows:
        mine = col(PersonPhone.phone_id) == row.phone_id, col(PersonPhone.person_id) == gone.id
        if row.phone_id not in there:
            work.run(update(PersonPhone).where(*mine), person_id=stays.id)
        elif row.person_id == gone.id:
            work.run(delete(PersonPhone).where(*mine))
