"""What we hold about one case of somebody at home, for the page that their link opens: a part of `held`, made alike."""

from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from codes.looking import looks_of
from codes.meeting import Meeting
from codes.review.appeals import own_appeals
from codes.rights.held_cases import told_case
from codes.rights.held_people import told_look
from codes.rights.held_telephone import told_appeal
from codes.rights.keeping import rules
from store import Work
from store.columns import table
from store.duty import Alert

Told = dict[str, Any]
OF_CASES: Final = frozenset({"case", "answer_photos", "reference_photo", "positions", "lent_phone", "appeals", "audit"})
"""Of what is kept, what belongs to cases."""


def what_we_hold_of_case(work: Work, meeting: Meeting, case_id: str, person_id: str, *, whole: bool) -> Told:
    """All of a case, who looked at its patient, and the appeals about it; where not `whole` as in `held_cases`.

    `meeting` is of the telephone on which the patient is texted.
    """
    regime, alerts = meeting.terms.regime, select(table(Alert).c.id).where(col(Alert.case_id) == case_id)
    about = {case_id, *(row.id for row in work.rows(alerts))}
    told = told_case(work, regime, case_id, whole=whole)
    mine = [one for one in own_appeals(work, meeting.phone) if one.about is not None and one.about.id in about]
    return {
        "made_at": work.now.isoformat(),
        "whole": whole,
        "isolation": [told] if told else [],
        "appeals": [told_appeal(work, one) for one in mine],
        "looks": [told_look(work, row) for row in looks_of(work, person_id)],
        "kept": [asdict(one) for one in rules(regime) if one.kind in OF_CASES],
    }
