"""Who has to stay at home, by document: whoever names one on a new telephone is the same person."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from codes.people import DOCUMENT
from store import Work
from store.cases import Case
from store.people import Document
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
