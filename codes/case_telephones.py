"""Where a patient at home is reached, seen from below: what changes there when a telephone is theirs no more."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import col

from store import Work
from store.cases import Case
from store.checks import PresenceCheck
from store.columns import table
from store.patients import Device, PatientLink
from store.people import PersonPhone
from store.phones import Telephone, phone_by_id


def shut_ways_in(work: Work, case_id: str, since: datetime | None = None) -> None:
    """Links to a patient's page, and browsers that came by one, open nothing from now on; of those since a moment."""
    links = update(PatientLink).where(col(PatientLink.case_id) == case_id, col(PatientLink.ends_at) > work.now)
    devices = update(Device).where(col(Device.case_id) == case_id, col(Device.ended_at).is_(None))
    if since is not None:
        links, devices = links.where(col(PatientLink.made_at) >= since), devices.where(col(Device.added_at) >= since)
    work.run(links, ends_at=work.now)
    work.run(devices, ended_at=work.now)


def reached_on(work: Work, case: Row[Any], wrote_from: Telephone) -> Telephone | None:
    """Where to answer who wrote about a row of `Case`: there, unless that telephone was lent and came back since."""
    if case.phone_id:
        return phone_by_id(work, case.phone_id)
    links = select(col(PersonPhone.phone_id)).order_by(col(PersonPhone.added_at))
    if work.row(links.where(col(PersonPhone.phone_id) == wrote_from.id)) is not None:
        return wrote_from
    theirs = work.row(links.where(col(PersonPhone.person_id) == case.person_id))
    return phone_by_id(work, theirs.phone_id) if theirs else None


def is_of_a_case(work: Work, phone_id: str) -> bool:
    """Whether somebody who stays at home is reached on a telephone: one that was lent is on nobody's file else."""
    return work.row(_open_cases().where(col(Case.phone_id) == phone_id)) is not None


def move_cases(work: Work, people: Collection[str], old: str, new: str) -> list[str]:
    """Open cases of people go along to another telephone; their ids.

    Whoever has the old one gets in no more. What was just asked there counts for nothing: it may not have reached them.
    """
    theirs = _open_cases().where(col(Case.person_id).in_(people))
    there = (col(Case.phone_id) == old) | col(Case.phone_id).is_(None)
    moved = [str(row.id) for row in work.rows(theirs.where(there))]
    for case_id in moved:
        work.lock(work.keys.blind("case", case_id))
        work.run(update(Case).where(col(Case.id) == case_id), phone_id=new)
        shut_ways_in(work, case_id)
        asked = update(PresenceCheck).where(col(PresenceCheck.case_id) == case_id, col(PresenceCheck.state) == "asked")
        by_telephone = asked.where(col(PresenceCheck.means) != "visit")
        work.run(by_telephone, state="excused", outcome="no_phone", settled_at=work.now, due_at=None)
    return moved


def _open_cases() -> Any:
    return select(table(Case).c.id).where(col(Case.closed_at).is_(None))
