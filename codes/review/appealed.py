"""What an appeal may be about: what people, not rules, lately decided against whoever is on its telephone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, select
from sqlmodel import col

from codes.looking import looks_of
from codes.outcomes import RefusalReason
from codes.regime import Regime
from codes.regimes import terms
from codes.review.barring import who_did
from codes.review.openers import openers, orderers
from store import Work
from store.cases import Case
from store.columns import table
from store.duty import Alert
from store.passes import Application, Pass
from store.people import PersonPhone

CASE: Final = "case"
ALERT: Final = "alert"
APPEALABLE: Final = ("warn", "visit", "violation")
"""Decisions about an alert that people appeal from; the others bring no harm."""
LOOKED_BACK: Final = timedelta(days=30)
"""Before the appeal was filed: of what was decided earlier people don't mean to speak any more."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One thing that was decided."""

    what: str
    """refused: an application; revoked: a pass; isolation: a case opened; alert: what was noticed of one."""
    at: datetime
    by: str
    """An actor; empty where a rule did."""
    purpose: int | None = None
    regime: Regime | None = None
    others: frozenset[str] = frozenset()
    """Who else had a hand in it, as in the audit: who opened the case, who was at the alert."""
    decision: str = ""
    """Of an alert: what was decided."""

    def concerns(self, by: str) -> bool:
        """Whether somebody decided it, or had a hand in it."""
        return by == self.by or by in self.others


@dataclass(frozen=True, slots=True)
class About:
    """One decision that somebody appeals from: ``application``, ``pass``, `CASE` or `ALERT`, and its id."""

    what: str
    id: str


def decided_about(work: Work, about: About) -> Decided | None:
    """The decision that an appeal names; None where nothing of it was decided by anybody we know."""
    if about.what in (CASE, ALERT):
        return _at_home(work, about)
    if about.what == "application":
        row = work.row(select(table(Application)).where(col(Application.id) == about.id))
        what, at, by = "refused", row.decided_at or row.asked_at, row.decided_by
    else:
        row = work.row(select(table(Pass)).where(col(Pass.id) == about.id))
        what, at = "revoked", row.revoked_at
        by = who_did(work, "pass.revoked", row.id, at) if at else None
    regime = terms(work, row.regime_version).regime
    return Decided(what, at, by or "", row.purpose, regime) if at else None


def _at_home(work: Work, about: About) -> Decided | None:
    """That somebody has to stay at home, or what was decided of an alert about them."""
    if about.what == CASE:
        row = work.row(select(table(Case)).where(col(Case.id) == about.id))
        return _isolation(work, row) if row else None
    row = work.row(select(table(Alert)).where(col(Alert.id) == about.id, col(Alert.decided_at).is_not(None)))
    return _decided_alert(work, row) if row else None


def _isolation(work: Work, row: Row[Any]) -> Decided:
    return Decided("isolation", row.opened_at, row.opened_by, others=orderers(work, row))


def _decided_alert(work: Work, row: Row[Any]) -> Decided:
    """Whoever took an alert looked at the patient, with the alert as the reason: by that they are known."""
    case = work.row(select(col(Case.person_id)).where(col(Case.id) == row.case_id))
    looks = looks_of(work, case.person_id) if case else ()
    at_it = {look.actor for look in looks if row.id in (look.details or "")}
    others = openers(work, row.case_id) | {row.opened_by, *at_it}
    return Decided("alert", row.decided_at, row.decided_by, others=others, decision=row.decision)


def decided_lately(work: Work, phone_id: str, before: datetime) -> list[Decided]:
    """What it may be about, the newest first."""
    since = before - LOOKED_BACK
    found = [*_refused(work, phone_id, since), *_revoked(work, phone_id, since), *_cases(work, phone_id, since)]
    found += _alerts(work, phone_id, since)
    return sorted((one for one in found if one.at <= before), key=lambda one: one.at, reverse=True)


def _refused(work: Work, phone_id: str, since: datetime) -> list[Decided]:
    theirs = select(table(Application)).where(
        col(Application.state) == "refused",
        col(Application.person_id).in_(_people(phone_id)),
        col(Application.phone_id) == phone_id,
        col(Application.refusal) == RefusalReason.REVIEW,
    )
    return [
        Decided("refused", row.decided_at, row.decided_by, row.purpose, terms(work, row.regime_version).regime)
        for row in work.rows(theirs.where(col(Application.decided_at) > since))
    ]


def _revoked(work: Work, phone_id: str, since: datetime) -> list[Decided]:
    """By the audit, since a pass does not say who revoked it."""
    theirs = select(table(Pass)).where(col(Pass.person_id).in_(_people(phone_id)), col(Pass.phone_id) == phone_id)
    return [
        Decided("revoked", row.revoked_at, by, row.purpose, terms(work, row.regime_version).regime)
        for row in work.rows(theirs.where(col(Pass.revoked_at) > since))
        if (by := who_did(work, "pass.revoked", row.id, row.revoked_at))
    ]


def _cases(work: Work, phone_id: str, since: datetime) -> list[Decided]:
    theirs = select(table(Case)).where(col(Case.person_id).in_(_people(phone_id)), col(Case.opened_at) > since)
    return [_isolation(work, row) for row in work.rows(theirs)]


def _alerts(work: Work, phone_id: str, since: datetime) -> list[Decided]:
    theirs = select(table(Alert)).join(Case, col(Case.id) == col(Alert.case_id))
    against = col(Alert.decision).in_(APPEALABLE), col(Alert.decided_at) > since
    rows = work.rows(theirs.where(col(Case.person_id).in_(_people(phone_id)), *against))
    return [_decided_alert(work, row) for row in rows]


def _people(phone_id: str) -> Select[Any]:
    return select(col(PersonPhone.person_id)).where(col(PersonPhone.phone_id) == phone_id)
