"""Who asks, and for which case or draft: what is none of theirs is not there."""

from flask import abort

from codes.looking import note_look
from monitoring.cases.clinics import ClinicCase, Clinician, clinician, own_case
from monitoring.cases.drafts import Draft, open_draft
from monitoring.cases.watched import held_case
from store import Work
from web.visitor import visitor


def acting(work: Work) -> Clinician:
    """The clinician who asks for this page."""
    return clinician(work, visitor().id)


def the_draft(work: Work, draft_id: str) -> Draft:
    """A draft of theirs, or 404."""
    return open_draft(work, draft_id, visitor().id) or abort(404)


def seen_case(work: Work, case_id: str, at: str) -> ClinicCase:
    """A case of theirs, looked at: noted, as each look at somebody's data; or 404."""
    found = own_case(work, acting(work), case_id) or abort(404)
    note_look(work, found.case.person_id, visitor().actor, "case", at)
    return found


def held_own_case(work: Work, case_id: str, *, still_open: bool = True) -> ClinicCase:
    """A case of theirs that is open and that nobody else changes to the end of the work; or 404."""
    held_case(work, case_id)
    found = own_case(work, acting(work), case_id) or abort(404)
    if still_open and found.case.closed_at is not None:
        abort(404)
    return found
