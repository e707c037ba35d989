"""What a clinic has to know at once of its cases: decided elsewhere, or left waiting there."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import select
from sqlmodel import col

from codes.review.overturning import KIND
from monitoring.duty.queue import is_overdue
from store import Work
from store.duty import Alert


class Mark(StrEnum):
    """Why a case that is open needs somebody of the clinic."""

    IN_ERROR = "in_error"  # an appeal was upheld: it should not have been opened
    UNANSWERED = "unanswered"  # the patient said why not now, and nobody answered by when they were told


def marks_of(work: Work, case_ids: Collection[str]) -> dict[str, Mark]:
    """The mark of each of these cases that has one; what was opened in error comes before what waits."""
    if not case_ids:
        return {}
    mine = select(col(Alert.case_id), col(Alert.kind)).where(col(Alert.case_id).in_(case_ids))
    late = {row.case_id: Mark.UNANSWERED for row in work.rows(mine.where(is_overdue(work.now)))}
    wrong = {row.case_id: Mark.IN_ERROR for row in work.rows(mine.where(col(Alert.kind) == KIND))}
    return late | wrong
