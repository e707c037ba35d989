"""A reviewer decides on an organisation: it may ask for passes, so many a day; or not; or no more.

Whoever acts for it by a telephone that we know as theirs does not decide it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from codes.employers.accounts import TAX_NUMBER, Details, Organisation, find_organisation, sealed_details
from codes.regimes import in_force
from store import Work
from store.columns import table
from store.employers import Organisation as OrganisationRow
from store.employers import OrganisationUser
from store.outbox import send
from store.phones import phone_by_id
from store.staff import Agent

_ROW, _USER = table(OrganisationRow), table(OrganisationUser)
_ASKED, _OPEN = ("asked",), ("asked", "confirmed", "refused")


class Decided(StrEnum):
    """What became of a reviewer's decision."""

    DONE = "done"
    OWN = "own"  # they act for it or work there
    OVER = "over"  # it was decided before, or closed
    TAKEN = "taken"  # another one with this tax number is confirmed


def confirm(work: Work, organisation_id: str, rows_a_day: int, by: str) -> Decided:
    """Lets it ask for passes, so many a day, and says so by text. `by` is as in the audit: ``staff:ID``."""
    found = _to_decide(work, organisation_id, by, _ASKED)
    if isinstance(found, Decided):
        return found
    index = work.keys.blind(TAX_NUMBER, found.tax_number)
    work.lock(index)
    if work.row(select(_ROW.c.id).where(_ROW.c.tax_index == index, _ROW.c.state == "confirmed")):
        return Decided.TAKEN
    _change(work, found, state="confirmed", rows_a_day=rows_a_day, decided_at=work.now, decided_by=by)
    work.audit(by, "organisation.confirmed", found.id, {"rows_a_day": rows_a_day})
    tell_users(work, found, "organisation_confirmed", {})
    return Decided.DONE


def refuse(work: Work, organisation_id: str, reason: str, by: str) -> Decided:
    """Does not let it ask for passes, and says why by text."""
    found = _to_decide(work, organisation_id, by, _ASKED)
    if isinstance(found, Decided):
        return found
    sealed = sealed_details(found.id, found.opened, Details(found.name, found.tax_number, found.contact, reason))
    _change(work, found, state="refused", decided_at=work.now, decided_by=by, details_sealed=sealed)
    work.audit(by, "organisation.refused", found.id)
    tell_users(work, found, "organisation_refused", {"reason": reason})
    return Decided.DONE


def limit(work: Work, organisation_id: str, rows_a_day: int, by: str) -> Decided:
    """Another number of passes a day for a confirmed organisation."""
    found = _to_decide(work, organisation_id, by, ("confirmed",))
    if isinstance(found, Decided):
        return found
    _change(work, found, rows_a_day=rows_a_day)
    work.audit(by, "organisation.limited", found.id, {"rows_a_day": rows_a_day})
    return Decided.DONE


def stop(work: Work, organisation_id: str, reason: str, by: str) -> Decided:
    """Closes its account, withdraws its workers' passes, and says why by text."""
    found = _to_decide(work, organisation_id, by, _OPEN)
    if isinstance(found, Decided):
        return found
    if not close(work, found, by, revoking=True):
        return Decided.OVER
    tell_users(work, found, "organisation_closed", {"reason": reason})
    return Decided.DONE


def close(work: Work, found: Organisation, by: str, *, revoking: bool = False) -> bool:
    """Ends an account: its rows are destroyed by a job, its workers' passes withdrawn where `revoking`.

    Whether this was what ended it.
    """
    mine = update(_ROW).where(_ROW.c.id == found.id, _ROW.c.state.in_(_OPEN))
    if not work.run(mine, state="closing", revoking=revoking, closed_at=work.now):
        return False
    work.audit(by, "organisation.closed", found.id, {"revoking": revoking})
    return True


def concerned(work: Work, organisation_id: str, by: str) -> bool:
    """Whether a reviewer acts for an organisation, by the telephone on which they take calls: what can be known."""
    theirs = select(_USER.c.phone_id).join(Agent, col(Agent.phone_id) == _USER.c.phone_id)
    mine = (_USER.c.organisation_id == organisation_id, _USER.c.state != "removed")
    return bool(work.row(theirs.where(*mine, col(Agent.staff_id) == by.removeprefix("staff:"))))


def tell_users(work: Work, found: Organisation, template: str, fields: Mapping[str, str]) -> None:
    """Owes everybody who acts for it a text."""
    language = in_force(work).regime.default_language
    acting = select(_USER.c.phone_id).where(_USER.c.organisation_id == found.id, _USER.c.state == "active")
    for row in work.rows(acting):
        phone = phone_by_id(work, row.phone_id)
        send(work, phone, template, phone.language or language, {"organisation": found.name, **fields})


def _to_decide(work: Work, organisation_id: str, by: str, states: tuple[str, ...]) -> Organisation | Decided:
    """An organisation in one of these states, held to the end of the work; or why they can't decide it."""
    work.lock(work.keys.blind("organisation", organisation_id))
    found = find_organisation(work, organisation_id)
    if found is None or found.state not in states:
        return Decided.OVER
    if concerned(work, organisation_id, by):
        work.audit(by, "organisation.decision_refused", organisation_id, {"why": "they act for it"})
        return Decided.OWN
    return found


def _change(work: Work, found: Organisation, **values: Any) -> None:
    work.run(update(_ROW).where(_ROW.c.id == found.id).values(**values))
