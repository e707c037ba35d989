"""What the patient's page shows, in words."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import col

from codes.people import PERSON, holder
from codes.regime import Regime
from codes.regimes import in_force
from language.examples import name_in
from language.moments import ending, when
from monitoring.alerts import Fact
from monitoring.cases.changing import changes_of
from monitoring.cases.fences import allowed_elsewhere
from monitoring.cases.watched import WatchedCase
from monitoring.home.reporting import wants_fixes
from monitoring.home.standing import Standing, facts_behind, open_facts, standing, wants_answer
from monitoring.patients.devices import KnownDevice, apps_of
from monitoring.patients.words import ANSWERED_WITHIN
from monitoring.quiet import is_quiet, next_quiet
from store import Work
from store.cases import Case
from store.people import Person
from web.appeals import ALERTS
from web.patient.wording import DECISIONS, KINDS, MEANS, NEXT, SAID, STATES, outcome_words
from web.visitor import AtHome
from web.words import _, spoken


def shown_home(work: Work, case: WatchedCase, home: AtHome) -> dict[str, Any]:
    """All of the page."""
    regime, stands = in_force(work).regime, standing(work, case)
    isolation = regime.isolation
    return {
        "who": initials(work, case.id),
        "others": _others(work, case, home),
        "kind": _(KINDS[case.kind]),
        "means": _(MEANS[case.means]),
        "by_link": case.means == "link",
        "until": ending(case.ends_at, regime, work.now) if case.ends_at else "",
        "over": not case.is_open(work.now),
        "agreed": stands.agreed,
        "enrolled": case.enrolled_at is not None,
        "quiet": _quiet(work, regime),
        "paused": _paused(work, regime, case),
        "calm": _calm(work, case, stands),
        "elsewhere": _elsewhere(work, regime, case),
        "moved": _moved(work, regime, case),
        "place": {"case": case.id, "now": round(work.now.timestamp() * 1000)} if wants_fixes(work, case) else None,
        "apps": [_app(one, regime, work.now) for one in apps_of(work, case)],
        "check": shown_check(work, regime, stands.check) if stands.check else None,
        "checks": [shown_check(work, regime, one) for one in stands.checks],
        "alerts": [shown_alert(work, regime, one) for one in stands.alerts],
        "words": _words(regime, stands),
        "most_a_day": isolation.checks_a_day,
        "window": isolation.window_minutes,
        "sos": isolation.sos_number,
        "number": regime.number,
        "authority": name_in(isolation.authority, spoken(), regime),
        "news": name_in(isolation.news, spoken(), regime),
        "at": when(work.now, regime, work.now),
    }


def initials(work: Work, case_id: str) -> str:
    """Whose page it is, for a household that shares a telephone; never a whole name."""
    of_case = select(*PERSON).join(Case, col(Case.person_id) == col(Person.id)).where(col(Case.id) == case_id)
    row = work.row(of_case)
    return holder(work, row).initials if row else ""


def shown_check(work: Work, regime: Regime, check: Row[Any]) -> dict[str, Any]:
    """One presence check."""
    until = check.window_ends_at
    return {
        "id": check.id,
        "asked": when(check.asked_at, regime),
        "waits": check.state == "asked" and until is not None and work.now < until,
        "until": when(until, regime, work.now) if until else "",
        "state": _(STATES[check.state]),
        "why": outcome_words(check.outcome) if check.state not in ("asked", "passed") else "",
        "received": when(check.answered_at, regime, work.now) if check.answered_at else "",
        "missed": check.state == "missed",
    }


def shown_alert(work: Work, regime: Regime, alert: Row[Any]) -> dict[str, Any]:
    """Something that was noticed and told."""
    waits = {one.id: one.answer_by for one in open_facts(alert, work.now)}
    behind = [(fact, row) for fact, row in facts_behind(work, alert) if fact.id in waits and not _is_void(fact, row)]
    return {
        "id": alert.id,
        "what": _(ALERTS[alert.kind]) if alert.kind in ALERTS else _("Something has to be looked at"),
        "told": when(alert.told_at, regime),
        "waits": [_waits(work, regime, fact, row) for fact, row in behind],
        "wants": bool(behind) and wants_answer(alert, work.now),
        "answered": when(alert.answered_at, regime, work.now) if alert.answered_at else "",
        "decision": _(DECISIONS[alert.decision]) if alert.decision else "",
        "decided": when(alert.decided_at, regime) if alert.decided_at else "",
        "overturned": alert.overturned_at is not None,
    }


def _is_void(fact: Fact, row: Row[Any]) -> bool:
    """Whether a check does not count any more, so that there is nothing to answer."""
    return fact.what == "check" and row.state == "excused"


def _waits(work: Work, regime: Regime, fact: Fact, row: Row[Any]) -> dict[str, str]:
    """One thing that can be answered still: what it is, in a few words, and until when."""
    left = fact.what == "departure"
    at = when(row.left_at if left else row.asked_at or row.planned_at, regime, work.now)
    what = _("Your telephone at about {moment}", moment=at) if left else _("The check of {moment}", moment=at)
    return {"what": what, "until": when(fact.answer_by, regime, work.now) if fact.answer_by else ""}


def _others(work: Work, case: WatchedCase, home: AtHome) -> list[dict[str, str]]:
    """The other patients in this browser."""
    rest = [one.case_id for one in home.sessions if one.case_id != case.id]
    return [{"case": one, "who": initials(work, one)} for one in rest]


def _app(one: KnownDevice, regime: Regime, now: datetime) -> dict[str, str]:
    """An app that reports for the patient."""
    heard = when(one.last_heard_at, regime, now) if one.last_heard_at else ""
    return {"id": one.id, "model": one.model, "since": when(one.added_at, regime, now), "heard": heard}


def _quiet(work: Work, regime: Regime) -> dict[str, Any]:
    begins, ends = next_quiet(regime, work.now)
    return {"now": is_quiet(regime, work.now), "from": when(begins, regime, work.now), "until": when(ends, regime)}


def _elsewhere(work: Work, regime: Regime, case: WatchedCase) -> dict[str, str] | None:
    """From when until when another place counts as well."""
    span = allowed_elsewhere(work, case.id) if case.is_open(work.now) else None
    return {"from": when(span[0], regime, work.now), "until": ending(span[1], regime, work.now)} if span else None


def _moved(work: Work, regime: Regime, case: WatchedCase) -> str:
    """When a clinician last said that home is elsewhere."""
    last = next((one for one in changes_of(work, case) if one.kind == "home"), None)
    return when(last.changed_at, regime) if last else ""


def _paused(work: Work, regime: Regime, case: WatchedCase) -> dict[str, str] | None:
    if case.paused_at is None:
        return None
    answered = when(case.paused_at + ANSWERED_WITHIN, regime, work.now)
    why = _(SAID[case.pause_kind]) if case.pause_kind else ""
    return {"since": when(case.paused_at, regime, work.now), "until": answered, "why": why}


def _calm(work: Work, case: WatchedCase, stands: Standing) -> str:
    """Where nothing waits for the patient: how they will hear of what does; empty where something does."""
    doubted = any(not one.decision and not one.answered_at for one in stands.alerts)
    return "" if stands.check or doubted or not case.is_watched(work.now) else _(NEXT[case.means])


def _words(regime: Regime, stands: Standing) -> list[dict[str, str]]:
    return [{"at": when(one.said_at, regime), "what": _(SAID[one.kind])} for one in stands.words]
