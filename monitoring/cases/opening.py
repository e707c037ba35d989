"""Opening a case: in one transaction passes are revoked, and from now on refused."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from codes.isolation import hold_person, same_person
from codes.revoking import ISOLATION, revoke_passes
from monitoring.cases.circumstances import possible_means
from monitoring.cases.watched import cases_of
from store import Work
from store.case_details import Details, seal_details
from store.cases import Case

ENROL_WITHIN: Final = timedelta(hours=24)
MOST_DAYS: Final = 90
"""A last day that somebody chooses is today or so many days ahead at most."""
_SEED = 16


class NotPossible(ValueError):
    """The case can't be opened as asked."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How somebody is to stay at home, and how that is looked after."""

    kind: str = "suspected"
    """One of `store.cases.CASE_KINDS`."""
    means: str = "link"
    """One of `store.cases.CASE_MEANS`."""
    ends_at: datetime | None = None
    phone_id: str | None = None
    of_case_id: str | None = None
    clinic: str | None = None
    """Whose clinicians see it."""
    address: str = ""
    circumstances: tuple[str, ...] = ()
    note: str = ""


ON_PAPER: Final = Plan()
"""Nothing but that no pass is issued."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case opened; `revoked` passes were withdrawn in the same transaction."""

    case_id: str
    revoked: int


def open_case(work: Work, person_id: str, reason: str, by: str, plan: Plan = ON_PAPER) -> Opened:
    """Opens a case: from now on passes are refused, the live ones are revoked, and their holder is told how to appeal.

    Who named the same document on another telephone is meant too. Raises NotPossible where a case is open already, or
    where its end is past.
    """
    plan = replace(plan, means=possible_means(plan.means, plan.circumstances))
    hold_person(work, person_id)
    people = same_person(work, person_id)
    if cases_of(work, people):
        raise NotPossible("this person has an open case already")
    if plan.ends_at is not None and plan.ends_at <= work.now:
        raise NotPossible("the end of the case is past")
    case_id = _insert(work, person_id, reason, by, plan)
    work.audit(by, "case.opened", case_id, {"kind": plan.kind, "means": plan.means})
    revoked = sum(revoke_passes(work, one, ISOLATION, by, "revoked_case") for one in people)
    return Opened(case_id, revoked)


def _insert(work: Work, person_id: str, reason: str, by: str, plan: Plan) -> str:
    case_id, new = work.new_id(), work.keys.new_key()
    details = Details(reason, plan.address, plan.circumstances, plan.note)
    work.insert(
        Case,
        id=case_id,
        person_id=person_id,
        phone_id=plan.phone_id,
        kind=plan.kind,
        means=plan.means,
        of_case_id=plan.of_case_id,
        opened_at=work.now,
        opened_by=by,
        clinic=plan.clinic,
        ends_at=plan.ends_at,
        enrol_by=work.now + ENROL_WITHIN if plan.means == "link" else None,
        enrolled_at=None,
        data_key=new.wrapped,
        epoch=new.epoch,
        details_sealed=seal_details(new.key, case_id, details),
        seed_sealed=new.key.seal_bytes(f"isolation_case.seed.{case_id}", work.random.randbytes(_SEED)),
    )
    return case_id
