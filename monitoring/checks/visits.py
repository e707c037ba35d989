"""Visits: where neither a link nor a call is right, somebody goes there, and notes what they found."""

from monitoring.checks.settling import check_row, settle
from monitoring.outages import excusing, outage_between
from store import Work


def note_visit(work: Work, check_id: str, *, met: bool, by: str) -> bool:
    """Notes whether the patient was met; False where there is no such visit to note. Not to be met is a doubt.

    `by` is who went there, or who was told by them. When they stood at the door nobody notes: what was out between the
    asking and now, and may have kept the patient from hearing them, excuses.
    """
    check = check_row(work, check_id)
    if check is None or check.means != "visit" or check.state != "asked":
        return False
    if met:
        return settle(work, check, "passed", "met", by=by, answered_at=work.now)
    if outage_between(work, check.asked_at, work.now, excusing(check.means)):
        return settle(work, check, "excused", "outage", by=by)
    return settle(work, check, "missed", "not_met", by=by)
