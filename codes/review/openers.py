"""Who had a hand in that somebody has to stay at home: they decide no violation and answer no appeal about it."""

from typing import Any, Final

from sqlalchemy import Row, select
from sqlmodel import col

from codes.review.barring import who_did
from store import Work
from store.cases import Case, CaseChange, CaseProposal
from store.columns import table

AGREED: Final = "case.agreed"
"""What the audit says of whoever confirmed the list that a case was opened by, beside that it was opened."""
_WIDER: Final = ("plan", "reopened")


def openers(work: Work, case_id: str) -> frozenset[str]:
    """Whoever opened a case, agreed to the list it stood on, or wanted it opened again, or agreed to that."""
    row = work.row(select(table(Case)).where(col(Case.id) == case_id))
    if row is None:
        return frozenset()
    again = select(col(CaseProposal.proposed_by), col(CaseProposal.decided_by)).where(
        col(CaseProposal.case_id) == case_id, col(CaseProposal.state) == "confirmed"
    )
    two = {one for proposal in work.rows(again) for one in proposal}
    return _known({row.opened_by, who_did(work, AGREED, case_id, row.opened_at), *two})


def orderers(work: Work, row: Row[Any]) -> frozenset[str]:
    """Of a row of `Case`: its openers, and whoever ordered something else since, such as another last day."""
    changed = select(col(CaseChange.changed_by)).where(
        col(CaseChange.case_id) == row.id, col(CaseChange.kind).in_(_WIDER)
    )
    return openers(work, row.id) | _known({one.changed_by for one in work.rows(changed)})


def _known(people: set[str | None]) -> frozenset[str]:
    return frozenset(one for one in people if one)
