"""Cases: one person's home isolation, from opening to closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, update
from sqlmodel import col

from codes.isolation import hold_person, same_person
from codes.revoking import ISOLATION, revoke_passes
from store import Work
from store.cases import Case


class NotPossible(ValueError):
    """The case can't be opened or closed as asked."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case opened; `revoked` passes were withdrawn in the same transaction."""

    case_id: str
    revoked: int


def open_case(work: Work, person_id: str, reason: str, by: str) -> Opened:
    """Opens a case: from now on passes are refused, the live ones are revoked, and their holder is told how to appeal.

    Who named the same document on another telephone is meant too. Raises NotPossible where a case is open already.
    """
    hold_person(work, person_id)
    people = same_person(work, person_id)
    if work.row(_open(people)):
        raise NotPossible("this person has an open case already")
    case_id = work.new_id()
    work.insert(Case, id=case_id, person_id=person_id, reason=reason, opened_at=work.now, opened_by=by)
    work.audit(by, "case.opened", case_id, {"person": person_id})
    revoked = sum(revoke_passes(work, one, ISOLATION, by, "revoked_case") for one in people)
    return Opened(case_id, revoked)


def close_case(work: Work, person_id: str, reason: str, by: str) -> str:
    """Closes the open case of a person, on whichever telephone; its id. Raises NotPossible where none is open.

    Two are open where they were, and only then one document was named on both telephones.
    """
    rows = work.rows(_open(same_person(work, person_id)))
    if not rows:
        raise NotPossible("this person has no open case")
    for row in rows:
        work.run(update(Case).where(col(Case.id) == row.id), closed_at=work.now, closed_by=by, closed_reason=reason)
        work.audit(by, "case.closed", row.id, {"person": row.person_id})
    return str(rows[0].id)


def _open(people: Sequence[str]) -> Select[Any]:
    return select(Case).where(col(Case.person_id).in_(people), col(Case.closed_at).is_(None)).order_by(col(Case.id))
