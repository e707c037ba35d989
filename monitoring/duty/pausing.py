"""The end of a pause: once a person answered, and nothing else of the patient waits for one."""

from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from store import Work
from store.audit import SERVICE
from store.cases import Case
from store.duty import Alert

_HOLDING: Final = ("pause", "visit")
"""While an alert of these kinds waits for a person, a pause goes on."""


def end_pause(work: Work, case_id: str) -> bool:
    """Ends the pause of a case that is held, whose alert was just decided; False where there is none, or it goes on."""
    holding = select(col(Alert.id)).where(
        col(Alert.case_id) == case_id, col(Alert.kind).in_(_HOLDING), col(Alert.decided_at).is_(None)
    )
    if work.row(holding.limit(1)) is not None:
        return False
    paused = update(Case).where(col(Case.id) == case_id, col(Case.paused_at).is_not(None))
    if not work.run(paused, paused_at=None, pause_kind=None):
        return False
    work.audit(SERVICE, "case.resumed", case_id)
    return True
