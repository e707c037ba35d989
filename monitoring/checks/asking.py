"""Asking: each check that is due goes one step on, in a transaction of its own, so that each step happens once.

    planned -> asked (link, call or visit) -> reminder -> call -> second link -> missed, excused
                                           -> answered -> passed, failed, unclear

Whoever dies in between leaves a row that is due; who comes later or twice finds it moved on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from codes.regime import Regime
from codes.regimes import in_force
from monitoring.alerts import Fact, raise_alert
from monitoring.cases.watched import WatchedCase, telephone_of
from monitoring.checks.calls import new_number, ring
from monitoring.checks.settling import settle
from monitoring.outages import excusing, outage_now
from monitoring.patients.links import link_address, new_link
from monitoring.quiet import next_quiet
from store import Work
from store.audit import SERVICE
from store.checks import PresenceCheck
from store.outbox import send
from store.phones import Telephone

LINK, REMINDER, CALL, SECOND_LINK, PERSON = range(1, 6)
"""Rungs of the ladder; a visit begins at the last."""
SOON: Final = timedelta(minutes=10)
"""A challenge that can't be asked during an outage is tried again after so long."""
_TODAY = select(col(PresenceCheck.asked_at), col(PresenceCheck.state)).where(
    col(PresenceCheck.case_id) == bindparam("of_case"),
    col(PresenceCheck.id) != bindparam("but"),
    col(PresenceCheck.asked_at) >= bindparam("since", type_=UTCDateTime()),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One check whose next step is due, with all that the step looks at. Its case is held."""

    work: Work
    case: WatchedCase
    check: Row[Any]
    regime: Regime
    public_url: str

    @property
    def window(self) -> timedelta:
        """How long an answer is waited for."""
        return timedelta(minutes=self.regime.isolation.window_minutes)

    def change(self, **values: Any) -> None:
        """Writes columns of the check."""
        self.work.run(update(PresenceCheck).where(col(PresenceCheck.id) == self.check.id), **values)

    def end(self, state: str, outcome: str) -> None:
        """Settles the check."""
        settle(self.work, self.check, state, outcome)

    def text(self, phone: Telephone, template: str, until: datetime, **fields: str) -> str:
        """Owes the patient a text that says something until `until`; the message's id."""
        language = phone.language or self.regime.default_language
        return send(self.work, phone, template, language, {**fields, "until": until}, not_after=until)

    def link(self, until: datetime) -> str:
        """The address of a new link that opens this check."""
        return link_address(self.public_url, new_link(self.work, self.case, "check", until, self.check.id))


def step_of(work: Work, case: WatchedCase, check: Row[Any], public_url: str) -> Step:
    """A step under the order in force."""
    return Step(work, case, check, in_force(work).regime, public_url)


def hindrance(case: WatchedCase, now: datetime) -> str | None:
    """Why a patient can't be asked, or their silence means nothing, as an outcome."""
    if not case.is_open(now):
        return "case_closed"
    if case.paused_at is not None:
        return case.pause_kind or "other"
    return None if case.is_watched(now) and case.key else "not_enrolled"


def ask(step: Step) -> None:
    """Asks a planned check now, later, or never."""
    scheduled, now = step.check.origin == "schedule", step.work.now
    why_not = hindrance(step.case, now) or (_not_by_schedule(step) if scheduled else None)
    later = None if why_not else _later(step)
    if later is not None and not scheduled:
        step.change(due_at=later[1])
    elif why_not or later:
        step.end("excused", why_not or (later[0] if later else ""))
    else:
        _ask_now(step)


def _not_by_schedule(step: Step) -> str | None:
    """Why a check of the schedule is left out: we are late, or the patient was asked enough."""
    now, isolation = step.work.now, step.regime.isolation
    if now > step.check.planned_at + step.window:
        return "outage"
    midnight = step.regime.midnight(now)
    lately = min(midnight, now - timedelta(minutes=isolation.gap_minutes))
    others = step.work.rows(_TODAY, of_case=step.case.id, but=step.check.id, since=lately)
    if any(one.state == "asked" or one.asked_at > now - timedelta(minutes=isolation.gap_minutes) for one in others):
        return "too_soon"
    return "enough" if sum(one.asked_at >= midnight for one in others) >= isolation.checks_a_day else None


def _later(step: Step) -> tuple[str, datetime] | None:
    """Why it can't be asked at this moment, and when it could."""
    now = step.work.now
    begins, ends = next_quiet(step.regime, now)
    if now + (timedelta(0) if step.case.means == "visit" else step.window) > begins:
        return "quiet", ends
    if step.case.ends_at is not None and now + step.window > step.case.ends_at:
        return "case_closed", step.case.ends_at
    return ("outage", now + SOON) if outage_now(step.work, excusing(step.case.means)) else None


def _ask_now(step: Step) -> None:
    means, now = step.case.means, step.work.now
    if means == "visit":
        _visit(step)
        return
    phone = telephone_of(step.work, step.case)
    if phone is None or phone.stopped or phone.blocked:
        step.end("excused", "no_phone")
        raise_alert(step.work, step.case, "no_contact")
        return
    until = now + step.window
    asked = {"state": "asked", "means": means, "step": LINK, "asked_at": now, "window_ends_at": until}
    if means == "call":
        sealed = new_number(step.work, step.case, step.check.id)
        call = ring(step.work, step.check.id, phone, step.regime, until)
        step.change(**asked, number_sealed=sealed, message_id=call, due_at=now + step.window / 2)
    else:
        told = step.text(phone, "check_due", until, link=step.link(until))
        step.change(**asked, message_id=told, due_at=now + step.window / 2)
    step.work.audit(SERVICE, "check.asked", step.check.id, {"case": step.case.id, "means": means})


def _visit(step: Step) -> None:
    """Somebody is to go there; what they found is noted by `monitoring.checks.visits`. Nothing ends by itself."""
    ends = next_quiet(step.regime, step.work.now)[0]
    alert_id = raise_alert(step.work, step.case, "visit", [Fact("check", step.check.id)])
    asked = {"state": "asked", "means": "visit", "step": PERSON, "asked_at": step.work.now, "window_ends_at": ends}
    step.change(**asked, due_at=None, alert_id=alert_id)
    step.work.audit(SERVICE, "check.asked", step.check.id, {"case": step.case.id, "means": "visit"})
