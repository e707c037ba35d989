"""What a duty officer decides about an alert, and what has to be true first. No machine decides.

A violation rests on two independent facts (`monitoring.duty.weighing`), of each of which the patient was told and had
all the time to answer; it is decided by somebody who did not open the case, by day, while the case goes on, with a
reason. Facts that the patient has time to answer to still neither count nor keep it from being decided. Whatever is
missing is a value that says so: the page shows it before anybody tries.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.regime import Regime
from codes.regimes import in_force
from codes.review.barring import is_their_phone, not_theirs
from codes.review.openers import openers
from codes.review.taking import done
from monitoring.alerts import DOUBTFUL, DOUBTS, facts_of
from monitoring.cases.watched import WatchedCase, held_case, telephone_of
from monitoring.duty.pausing import end_pause
from monitoring.duty.visiting import ask_visit
from monitoring.duty.weighing import has_two, ripe, weigh
from monitoring.patients.telling import tell
from monitoring.quiet import is_quiet
from store import Work
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert

ALERT: Final = "alert"
"""The kind of thing that is taken (`codes.review.taking`)."""
AGAINST: Final = ("warn", "violation")
"""Decisions that are against a patient: only of a doubt, and only after their answer was waited for."""


class Decision(StrEnum):
    """What may come of an alert."""

    NOTHING = "nothing"
    EXCUSED = "excused"
    WARN = "warn"
    VISIT = "visit"
    VIOLATION = "violation"


class WhyNot(StrEnum):
    """Why a decision is not possible, now or for who asks."""

    UNKNOWN = "unknown"  # no such alert
    DECIDED = "decided"  # somebody decided before
    TAKEN = "taken"  # another officer is at it
    OWN = "own"  # it is about themselves
    DESTROYED = "destroyed"  # nothing is left to decide on
    NO_DOUBT = "no_doubt"  # there is nothing to hold against anybody
    NO_REASON = "no_reason"
    NOT_TOLD = "not_told"  # the patient does not know yet
    WAITING = "waiting"  # the patient has time to answer still
    ONE_FACT = "one_fact"  # not two that are independent
    OPENED_CASE = "opened_case"  # who opened the case, or agreed to that, does not decide so
    QUIET = "quiet"  # it is night
    ENDED = "ended"  # the case is over


@dataclass(frozen=True, slots=True)
class Given:
    """A decision as it is given: `reason` is for the record, `words` are sent to the patient with it."""

    decision: Decision
    reason: str
    words: str = ""
    false_alarm: bool = False
    """Whether the telephone was wrong, not the patient."""


@dataclass(frozen=True, slots=True)
class Decided:
    """It is decided; `message_id` is of the text to the patient, None where none goes out."""

    alert_id: str
    message_id: str | None


def why_not(work: Work, alert: Row[Any], case: WatchedCase, decision: Decision, by: str) -> tuple[WhyNot, ...]:
    """Everything that stands in the way of this decision on a row of `Alert`; nothing where it is possible."""
    regime = in_force(work).regime
    found = [*_for_anybody(work, alert, case, by)]
    if decision in AGAINST:
        found += _against(work, alert, decision)
    if decision is Decision.VIOLATION:
        found += _violation(work, alert, case, by, regime)
    if decision in (Decision.VISIT, Decision.VIOLATION) and not case.is_open(work.now):
        found.append(WhyNot.ENDED)
    return tuple(dict.fromkeys(found))


def decide(work: Work, alert_id: str, given: Given, by: str) -> Decided | tuple[WhyNot, ...]:
    """Decides an alert and owes the patient the text; or all reasons why not. `by` is who decides, as in the audit."""
    found = held_alert(work, alert_id)
    if found is None:
        return (WhyNot.UNKNOWN,)
    alert, case = found
    barred = why_not(work, alert, case, given.decision, by)
    if not given.reason.strip():
        barred = (*barred, WhyNot.NO_REASON)
    if barred:
        return barred
    _write(work, alert, case, given, by)
    pause_over = given.decision is not Decision.VISIT and end_pause(work, case.id)
    _settle_checks(work, alert, given.decision)
    if given.decision is Decision.VISIT:
        ask_visit(work, case, by)
    work.audit(by, "alert.decided", alert_id, {"case": case.id, "decision": given.decision})
    done(work, ALERT, alert_id, by)
    return Decided(alert_id, _tell(work, alert, case, given, pause_over=pause_over))


def held_alert(work: Work, alert_id: str) -> tuple[Row[Any], WatchedCase] | None:
    """An alert's row with its case; nobody else changes either to the end of the work."""
    mine = select(table(Alert)).where(col(Alert.id) == alert_id)
    row = work.row(mine)
    case = held_case(work, row.case_id) if row else None
    return (work.row(mine), case) if case else None


def template_of(alert: Row[Any], decision: Decision) -> str:
    """The sentence that a decision is told by."""
    lifts = alert.kind == "pause" and decision in (Decision.NOTHING, Decision.EXCUSED)
    return "pause_over" if lifts else f"alert_{decision}"


def fields_of(work: Work, decision: Decision, words: str, regime: Regime) -> dict[str, Any]:
    """What that sentence is filled with."""
    until = {"until": work.now + timedelta(days=regime.isolation.appeal_days)}
    return {"text": words, **(until if decision is Decision.VIOLATION else {})}


def is_told(alert: Row[Any], given: Given) -> bool:
    """Whether the patient gets a text: of what they knew of or that does something, and wherever words are sent."""
    mild = given.decision in (Decision.NOTHING, Decision.EXCUSED)
    return not mild or bool(given.words) or alert.kind in (*DOUBTS, "pause")


def _for_anybody(work: Work, alert: Row[Any], case: WatchedCase, by: str) -> list[WhyNot]:
    found = []
    if alert.decided_at is not None:
        found.append(WhyNot.DECIDED)
    if not_theirs(work, ALERT, alert.id, by):
        found.append(WhyNot.TAKEN)
    phone = telephone_of(work, case)
    if phone is not None and is_their_phone(work, phone.id, by):
        found.append(WhyNot.OWN)
    if case.key is None:
        found.append(WhyNot.DESTROYED)
    return found


def _against(work: Work, alert: Row[Any], decision: Decision) -> list[WhyNot]:
    """A violation waits for the whole time even of who answered: they may think of more. Each fact has its own."""
    if alert.kind not in DOUBTS:
        return [WhyNot.NO_DOUBT]
    facts = facts_of(alert)
    if not any(one.told_at for one in facts):
        return [WhyNot.NOT_TOLD]
    answered = alert.answered_at is not None and decision is not Decision.VIOLATION
    return [] if answered or any(one.is_over(work.now) for one in facts) else [WhyNot.WAITING]


def _violation(work: Work, alert: Row[Any], case: WatchedCase, by: str, regime: Regime) -> list[WhyNot]:
    found = []
    if by == alert.opened_by or by in openers(work, case.id):
        found.append(WhyNot.OPENED_CASE)
    weighed = weigh(work, case, facts_of(alert), regime)
    if not has_two(weighed):
        found.append(WhyNot.ONE_FACT)
    elif alert.told_at is not None and not has_two(ripe(weighed, work.now)):
        found.append(WhyNot.WAITING)
    if is_quiet(regime, work.now):
        found.append(WhyNot.QUIET)
    return found


def _write(work: Work, alert: Row[Any], case: WatchedCase, given: Given, by: str) -> None:
    assert case.key is not None
    sealed = case.key.seal(f"alert.reason.{alert.id}", given.reason)
    words = case.key.seal(f"alert.words.{alert.id}", given.words) if given.words else None
    decided = {"decision": str(given.decision), "decided_at": work.now, "decided_by": by}
    more = {"reason_sealed": sealed, "words_sealed": words, "false_alarm": given.false_alarm}
    work.run(update(Alert).where(col(Alert.id) == alert.id), **decided, **more)


def _settle_checks(work: Work, alert: Row[Any], decision: Decision) -> None:
    """What is excused counts no more, anywhere; a visit that was not made is called off."""
    ids = [fact.id for fact in facts_of(alert) if fact.what == "check"]
    mine = update(PresenceCheck).where(col(PresenceCheck.id).in_(ids))
    if decision is Decision.EXCUSED:
        work.run(mine.where(col(PresenceCheck.state).in_(DOUBTFUL)), state="excused")
    open_visit = mine.where(col(PresenceCheck.state) == "asked", col(PresenceCheck.means) == "visit")
    work.run(open_visit, state="excused", outcome="called_off", settled_at=work.now)


def _tell(work: Work, alert: Row[Any], case: WatchedCase, given: Given, *, pause_over: bool) -> str | None:
    if not (is_told(alert, given) or pause_over):
        return None
    regime = in_force(work).regime
    fields = fields_of(work, given.decision, given.words, regime)
    return tell(work, regime, case, template_of(alert, given.decision), fields)
