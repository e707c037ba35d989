"""Visits: where neither a link nor a call is right, somebody goes there, and notes what they found."""

from monitoring.checks.settling import check_row, settle
from store import Work


def note_visit(work: Work, check_id: str, *, met: bool, by: str) -> bool:
    """Notes whether the patient was met; False where there is no such visit to note. Not to be met is a doubt.

    `by` is who went there, or who was told by them.
    """
    check = check_row(work, check_id)
    if check is None or check.means != "visit" or check.state != "asked":
        return False
    if met:
        return settle(work, check, "passed", "met", by=by, answered_at=work.now)
    return settle(work, check, "missed", "not_met", by=by)
