"""Who has to stay at home, by document: whoever names one on a new telephone is the same person."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlmodel import col

from codes.people import DOCUMENT
from store import Work
from store.cases import Case
from store.people import Document, PersonPhone, Phone
from store.prepared import Prepared

_AT_HOME = Prepared(
    select(col(Case.id))
    .join(Document, col(Document.person_id) == col(Case.person_id))
    .where(col(Document.document_index) == bindparam("index"), col(Case.closed_at).is_(None))
    .limit(1)
)


def at_home(work: Work, document: str) -> bool:
    """Whether somebody who named this document, on whichever telephone, has an open case; none is opened meanwhile."""
    index = work.keys.blind(DOCUMENT, document)
    work.lock(index)
    return work.row(_AT_HOME, index=index) is not None


def hold_person(work: Work, person_id: str) -> None:
    """Lets every text of this person that is being answered come to its end, and none begin before ours.

    A pass issued meanwhile would not be seen by who opens a case, and the case not by who issues.
    """
    hold_people(work, [person_id])


def hold_people(work: Work, ids: Collection[str]) -> None:
    """As `hold_person`, for several at once."""
    people = {one for person_id in ids for one in same_person(work, person_id)}
    mine = select(col(Phone.number_index)).join(PersonPhone, col(PersonPhone.phone_id) == col(Phone.id))
    for phone in work.rows(mine.where(col(PersonPhone.person_id).in_(people)).order_by(col(Phone.number_index))):
        work.lock(phone.number_index)
    named = select(col(Document.document_index)).where(col(Document.person_id).in_(ids)).distinct()
    for document in work.rows(named.order_by(col(Document.document_index))):
        work.lock(document.document_index)
    work.flush()


def same_person(work: Work, person_id: str) -> list[str]:
    """The ids of all who named one of the documents of this person, themselves among them."""
    sharing = select(col(Document.person_id)).where(col(Document.document_index).in_(_documents(person_id))).distinct()
    return sorted({person_id, *(row.person_id for row in work.rows(sharing))})


def _documents(person_id: str) -> Select[Any]:
    return select(col(Document.document_index)).where(col(Document.person_id) == person_id)
