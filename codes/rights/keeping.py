"""How long what is known of people is kept: every rule in one place, as jobs carry them out.

`store.retention` and the jobs have their spans from there or from the order; here they are named for who is told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from codes.regime import Regime
from codes.rights.keeping_cases import FACTS_FOR, MOST_HELD, case_ends, has_lent_phone
from codes.rights.keeping_photos import PHOTO_FOR
from store import Work
from store.cases import Case
from store.passes import Application, Pass
from store.people import Person
from store.retention import FORGET_CODES, FORGET_DRAFTS, FORGET_FAILED, FORGET_SENT, FORGET_SESSIONS, FORGET_STEPS


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of what is kept. `rule`: since when `days` count, or how it ends otherwise."""

    kind: str
    rule: str
    days: int | None = None


def rules(regime: Regime) -> tuple[Kept, ...]:
    """What is kept, and how long under this order."""
    days = regime.retention_days
    return (
        Kept("person", "after_last_use", days),
        Kept("passes", "with_person"),
        Kept("applications", "with_person"),
        Kept("papers", "after_decision", days),
        Kept("recordings", "after_call", days),
        Kept("notes_of_calls", "after_call", days),
        Kept("texts_sent", "after_delivery", 0),
        Kept("texts_unproved", "after_sending", FORGET_SENT.days),
        Kept("texts_lost", "after_failure", FORGET_FAILED.days),
        Kept("answers_to_texts", "with_last_person"),
        Kept("answers_on_calls", "after_call", FORGET_STEPS.days),
        Kept("appeals", "with_last_person"),
        Kept("e_mail_addresses", "after_sending", 0),
        Kept("drafts", "after_change", FORGET_DRAFTS.days),
        Kept("sign_in_codes", "after_sending", FORGET_CODES.days),
        Kept("sign_ins", "after_opening", FORGET_SESSIONS.days),
        Kept("case", "after_appeal_term", FACTS_FOR.days),
        Kept("answer_photos", "after_look", PHOTO_FOR.days),
        Kept("reference_photo", "with_case"),
        Kept("positions", "half_an_hour"),
        Kept("lent_phone", "until_returned", MOST_HELD.days),
        Kept("number", "asked"),
        Kept("limits", "nameless"),
        Kept("inspections", "nameless"),
        Kept("audit", "for_ever"),
    )


def destroyed_on(work: Work, regime: Regime, person_id: str) -> datetime | None:
    """When all that is known of a person is destroyed if nothing happens before; None while something stands open."""
    row = work.row(_last_use(person_id))
    if row.waiting or row.open_case or row.blocked_at is not None:
        return None
    used = (row.created_at, row.valid_until, row.asked_at, row.decided_at, row.closed_at)
    last: datetime = max(moment for moment in used if moment is not None)
    end = last + timedelta(days=regime.retention_days)
    return _with_cases(work, regime, person_id, end) if row.closed_at else end


def _with_cases(work: Work, regime: Regime, person_id: str, end: datetime) -> datetime | None:
    """Not before their cases are; None while they have a telephone of ours."""
    if has_lent_phone(work, [person_id]):
        return None
    theirs = select(col(Case.id)).where(col(Case.person_id) == person_id, col(Case.destroyed_at).is_(None))
    ends = case_ends(work, regime, [row.id for row in work.rows(theirs)]).values()
    return max((end, *(max(one.at, one.held_until or one.at) for one in ends)))


def _last_use(person_id: str) -> Any:
    passes, asked, cases = col(Pass.person_id), col(Application.person_id), col(Case.person_id)
    open_cases = select(func.count()).where(cases == person_id, col(Case.closed_at).is_(None))
    waiting = select(func.count()).where(asked == person_id, col(Application.state) == "referred")
    return select(
        col(Person.created_at),
        col(Person.blocked_at),
        select(func.max(col(Pass.valid_until))).where(passes == person_id).scalar_subquery().label("valid_until"),
        select(func.max(col(Application.asked_at))).where(asked == person_id).scalar_subquery().label("asked_at"),
        select(func.max(col(Application.decided_at))).where(asked == person_id).scalar_subquery().label("decided_at"),
        select(func.max(col(Case.closed_at))).where(cases == person_id).scalar_subquery().label("closed_at"),
        open_cases.scalar_subquery().label("open_case"),
        waiting.scalar_subquery().label("waiting"),
    ).where(col(Person.id) == person_id)
