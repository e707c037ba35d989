"""Admitting a patient: one transaction in which they are known, have to stay at home, agreed, and are told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from codes.fields import Field
from codes.isolation import hold_people, same_person
from codes.meeting import Meeting, meet
from codes.people import Holder
from codes.registering import settle_person, too_many, whom_fields_mean
from monitoring.cases.consent import Agreed, keep_consent
from monitoring.cases.fences import set_home
from monitoring.cases.opening import Opened, Plan, open_case
from monitoring.cases.watched import WatchedCase, cases_of, watched_case
from monitoring.outlines import Outline
from monitoring.patients.telling import tell_opened
from store import Work
from store.phones import choose_language


class Trouble(StrEnum):
    """Why nobody is admitted."""

    OPEN = "open"  # they have an open case, on this telephone or another
    PAST = "past"  # the end is past
    CROWDED = "crowded"  # too many people are on this telephone


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody has to stay."""

    outline: Outline
    weak: bool


@dataclass(frozen=True, slots=True)
class Admission:
    """Whom, why and how; `plan.phone_id` is the telephone of `number` (E.164)."""

    number: str
    fields: Mapping[Field, str]
    language: str
    reason: str
    plan: Plan
    home: Home | None = None
    consent: Agreed | None = None


def admit(work: Work, admission: Admission, by: str, public_url: str) -> Opened | Trouble:
    """Opens a case for whoever has this document on this telephone, known or new; passes are revoked with it."""
    meeting = meet(work, admission.number)
    known = whom_fields_mean(meeting.holders, admission.fields)
    if known is None and too_many(meeting.holders):
        return Trouble.CROWDED
    ends_at = admission.plan.ends_at
    if ends_at is not None and ends_at <= work.now:
        return Trouble.PAST
    if known and _at_home(work, known):
        return Trouble.OPEN
    person = settle_person(work, meeting, known, admission.fields, _guardian(meeting, admission), by)
    if known is None and _at_home(work, person):
        return Trouble.OPEN
    if not meeting.phone.language_chosen:
        choose_language(work, meeting.phone.id, admission.language)
    opened = open_case(work, person.id, admission.reason, by, replace(admission.plan, phone_id=meeting.phone.id))
    case = watched_case(work, opened.case_id)
    assert case is not None
    _furnish(work, case, admission, by)
    tell_opened(work, meeting.terms.regime, case, public_url)
    return opened


def _at_home(work: Work, person: Holder) -> bool:
    hold_people(work, [person.id])
    return bool(cases_of(work, same_person(work, person.id)))


def _guardian(meeting: Meeting, admission: Admission) -> str | None:
    """A child without a document counts for whoever has the telephone."""
    if Field.DOCUMENT in admission.fields or "minor" not in admission.plan.circumstances:
        return None
    return next((one.id for one in meeting.holders if one.guardian_id is None), None)


def _furnish(work: Work, case: WatchedCase, admission: Admission, by: str) -> None:
    if admission.home:
        set_home(work, case, admission.home.outline, weak=admission.home.weak, by=by)
    if admission.consent:
        keep_consent(work, case, admission.consent, by)
