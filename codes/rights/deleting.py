"""Somebody asks that what we know of them be deleted: what goes at once, what stands against it, and until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select, update
from sqlmodel import col

from codes.case_telephones import is_of_a_case
from codes.isolation import hold_people
from codes.meeting import Meeting, meet
from codes.people import Holder
from codes.rights.destroying import destroy_people
from codes.rights.emptying import empty_telephone
from codes.rights.keeping_cases import handed_over_until, has_lent_phone
from store import Work
from store.calls import Call, Recording
from store.cases import Appeal
from store.citizens import CitizenSession
from store.employers import OrganisationUser
from store.officers import Officer
from store.outbox import send
from store.passes import Application
from store.people import PersonPhone, Phone
from store.phones import phone_by_id
from store.staff import Agent


class Why(StrEnum):
    """What stands against deleting now."""

    LIVE_PASS = "live_pass"  # noqa: S105 - no password
    OPEN_CASE = "open_case"
    OPEN_APPEAL = "open_appeal"
    ON_A_CALL = "on_a_call"
    BLOCKED = "blocked"
    WORKS_HERE = "works_here"  # an officer's or agent's telephone
    ACTS_FOR = "acts_for"  # an organisation
    HANDED_OVER = "handed_over"  # a file about them went to another authority, which has not answered
    LENT_PHONE = "lent_phone"  # they were lent a telephone
    NOBODY = "nobody"  # there is no such person on the telephone (any more)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One of them; `until` where it ends by itself."""

    why: Why
    until: datetime | None = None


def with_wards(meeting: Meeting, person_id: str) -> list[Holder]:
    """A person of the telephone and whom they care for: nobody is left without who asks for them."""
    return [one for one in meeting.holders if person_id in (one.id, one.guardian_id)]


def obstacles(work: Work, meeting: Meeting, people: Collection[Holder], *, telephone: bool) -> list[Obstacle]:
    """What stands against deleting these people, and the telephone with them."""
    found = [] if people or telephone else [Obstacle(Why.NOBODY)]
    ends = [live.valid_until for one in people for live in one.live]
    found += [Obstacle(Why.LIVE_PASS, max(ends))] if ends else []
    at_home = any(one.open_case for one in people) or (telephone and is_of_a_case(work, meeting.phone.id))
    found += [Obstacle(Why.OPEN_CASE)] if at_home else []
    found += _of_cases(work, [one.id for one in people])
    blocked = any(one.blocked for one in people) or (telephone and meeting.phone.blocked)
    found += [Obstacle(Why.BLOCKED)] if blocked else []
    phone = meeting.phone.id
    checks: list[tuple[Why, Any, bool]] = [
        (Why.OPEN_APPEAL, _of(Appeal, phone, col(Appeal.state) == "open"), True),
        (Why.ON_A_CALL, _of(Call, phone, col(Call.state) != "ended"), True),
        (Why.WORKS_HERE, _of(Officer, phone, col(Officer.left_at).is_(None)), telephone),
        (Why.WORKS_HERE, _of(Agent, phone), telephone),
        (Why.ACTS_FOR, _of(OrganisationUser, phone, col(OrganisationUser.state) != "removed"), telephone),
    ]
    found += [Obstacle(why) for why, there, asked in checks if asked and work.row(there) is not None]
    return list(dict.fromkeys(found))


def _of_cases(work: Work, people: list[str]) -> list[Obstacle]:
    """What closed cases of theirs are needed for still."""
    until = handed_over_until(work, people)
    found = [Obstacle(Why.HANDED_OVER, until)] if until else []
    return [*found, Obstacle(Why.LENT_PHONE)] if has_lent_phone(work, people) else found


def recordings_until(work: Work, people: Collection[Holder], meeting: Meeting) -> datetime | None:
    """Until when recordings are kept that prove how passes were issued; None where there are none."""
    ids = [one.id for one in people]
    kept = select(col(Recording.destroy_at)).join(Call, col(Call.sid) == col(Recording.call_sid))
    theirs = col(Call.person_id).in_(ids) | (col(Call.phone_id) == meeting.phone.id)
    rows = work.rows(kept.where(theirs, col(Recording.data_key).is_not(None)))
    return max((row.destroy_at for row in rows if row.destroy_at), default=None)


def hold(work: Work, phone_id: str, number: str) -> Meeting:
    """The telephone, with all that is decided about its people come to its end, and nothing begun before ours."""
    people = [row.person_id for row in work.rows(_people(phone_id))]
    for row in work.rows(_waiting(people)):
        work.lock(work.keys.blind("application", row.number))
    hold_people(work, people)
    return meet(work, number)


def delete_person(work: Work, meeting: Meeting, person_id: str) -> list[Obstacle]:
    """Deletes a person and whom they care for, and says so by text; or what stands against it. After `hold`."""
    people = with_wards(meeting, person_id)
    found = obstacles(work, meeting, people, telephone=False)
    if not found:
        phones = _phones_of(work, [one.id for one in people]) | {meeting.phone.id}
        destroy_people(work, [one.id for one in people], meeting.phone.actor, with_telephones=True)
        _tell(work, meeting, phones)
    return found


def delete_telephone(work: Work, meeting: Meeting) -> list[Obstacle]:
    """Deletes everybody on the telephone, signs its browsers out, and forgets the number a day later."""
    found = obstacles(work, meeting, meeting.holders, telephone=True)
    if found:
        return found
    phones = _phones_of(work, [one.id for one in meeting.holders]) | {meeting.phone.id}
    destroy_people(work, [one.id for one in meeting.holders], meeting.phone.actor, with_telephones=True)
    empty_telephone(work, meeting.phone)
    phone = col(CitizenSession.phone_id) == meeting.phone.id
    work.run(update(CitizenSession).where(phone, col(CitizenSession.ended_at).is_(None)), ended_at=work.now)
    work.run(update(Phone).where(col(Phone.id) == meeting.phone.id), leaving_at=work.now)
    work.audit(meeting.phone.actor, "phone.leaving", meeting.phone.id)
    _tell(work, meeting, phones)
    return []


def _tell(work: Work, meeting: Meeting, phones: Collection[str]) -> None:
    for phone_id in sorted(phones):
        phone = phone_by_id(work, phone_id)
        language = phone.language or meeting.terms.regime.default_language
        send(work, phone, "data_deleted", language, {}, asked=phone_id == meeting.phone.id)


def _phones_of(work: Work, people: list[str]) -> set[str]:
    theirs = select(col(PersonPhone.phone_id)).where(col(PersonPhone.person_id).in_(people))
    return {row.phone_id for row in work.rows(theirs)}


def _people(phone_id: str) -> Select[Any]:
    return select(col(PersonPhone.person_id)).where(col(PersonPhone.phone_id) == phone_id)


def _waiting(people: list[str]) -> Select[Any]:
    waits = select(col(Application.number)).where(col(Application.person_id).in_(people))
    return waits.where(col(Application.state) == "referred").order_by(col(Application.number))


def _of(model: Any, phone_id: str, *more: Any) -> Select[Any]:
    return select(model.phone_id).where(model.phone_id == phone_id, *more).limit(1)
