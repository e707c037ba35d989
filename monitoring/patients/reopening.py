"""What a second clinician confirmed is done: a closed case opens again, a list of people is admitted one by one."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import structlog
from sqlalchemy import update
from sqlmodel import col

from codes.fields import Field
from codes.isolation import hold_people, same_person
from codes.regime import Regime
from codes.review.openers import AGREED
from codes.revoking import ISOLATION, revoke_passes
from monitoring.cases.changing import note_change
from monitoring.cases.consent import Agreed
from monitoring.cases.opening import ENROL_WITHIN, Opened, Plan
from monitoring.cases.proposals import Proposal, confirmed_lists, held_list, keep_rest
from monitoring.cases.watched import cases_of, held_case, watched_case
from monitoring.outlines import read_wkb
from monitoring.patients.admitting import Admission, Home, admit
from monitoring.patients.telling import tell_opened
from store import Store, Work
from store.audit import SERVICE
from store.cases import Case

LISTS: Final = 5
_log = structlog.get_logger("cases")


class Reopened(StrEnum):
    """What came of opening a case again."""

    DONE = "done"
    GONE = "gone"  # destroyed, or open
    OTHER = "other"  # this person has another open case
    PAST = "past"


def reopen(work: Work, regime: Regime, proposal: Proposal, by: str, public_url: str) -> Reopened:
    """Opens a closed case again until the day that was proposed; passes go, the patient is told."""
    case_id, ends_at = str(proposal.case_id), datetime.fromisoformat(proposal.content["ends_at"])
    case = held_case(work, case_id)
    if case is None or case.key is None or case.closed_at is None:
        return Reopened.GONE
    hold_people(work, [case.person_id])
    people = same_person(work, case.person_id)
    if cases_of(work, people):
        return Reopened.OTHER
    if ends_at <= work.now:
        return Reopened.PAST
    enrol_by = work.now + ENROL_WITHIN if case.means == "link" else None
    again = {"closing": None, "closed_at": None, "closed_by": None, "ends_at": ends_at, "enrol_by": enrol_by}
    fresh = {"enrolled_at": None, "reminded_at": None, "paused_at": None, "pause_kind": None}
    work.run(update(Case).where(col(Case.id) == case_id), **again, **fresh)
    note_change(work, case, "reopened", proposal.content["reason"], by, {"proposed_by": proposal.proposed_by})
    for one in people:
        revoke_passes(work, one, ISOLATION, by, "revoked_case")
    opened = watched_case(work, case_id)
    assert opened is not None
    tell_opened(work, regime, opened, public_url)
    return Reopened.DONE


def open_confirmed(store: Store, public_url: str) -> int:
    """Goes on with lists that were confirmed, a row a transaction; how many rows were tried."""
    with store.reading() as work:
        waiting = confirmed_lists(work, LISTS)
    return sum(_open_all(store, proposal_id, public_url) for proposal_id in waiting)


def _open_all(store: Store, proposal_id: str, public_url: str) -> int:
    tried = 0
    while True:
        try:
            with store.work() as work:
                more = _open_next(work, proposal_id, public_url)
        except Exception as error:
            # What we can't do for one must not stop the others.
            _log.error("row_failed", error=type(error).__name__)
            with store.work() as work:
                more = _open_next(work, proposal_id, "")
        if not more:
            return tried
        tried += 1


def _open_next(work: Work, proposal_id: str, public_url: str) -> bool:
    """The next row and that it is off the list, in one transaction; without an address of ours it is left out."""
    proposal = held_list(work, proposal_id)
    if proposal is None:
        return False
    first, *rest = proposal.content["rows"]
    outcome: object = "failed"
    if public_url:
        outcome = admit(work, admission_of(proposal, first), proposal.proposed_by, public_url)
    if isinstance(outcome, Opened):
        work.audit(str(proposal.decided_by), AGREED, outcome.case_id, {"proposal": proposal_id})
    else:
        work.audit(SERVICE, "case.row_left_out", proposal_id, {"line": first["line"], "why": str(outcome)})
    keep_rest(work, proposal, rest)
    return True


def admission_of(proposal: Proposal, row: dict[str, Any]) -> Admission:
    """A row of a list as it is admitted."""
    plan = Plan(
        kind=row["kind"],
        means=row["means"],
        ends_at=datetime.fromisoformat(row["ends_at"]),
        clinic=proposal.content["clinic"],
        address=row["address"],
    )
    fields = {Field(name): value for name, value in row["fields"].items()}
    home = Home(read_wkb(bytes.fromhex(row["wkb"])), row["weak"]) if row["wkb"] else None
    consent = Agreed(**row["consent"]) if row["consent"] else None
    return Admission(row["number"], fields, row["language"], row["reason"], plan, home, consent)
