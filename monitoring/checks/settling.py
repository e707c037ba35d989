"""Settling: the one place that ends a presence check. The patient hears what came of it, a person where need be."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.regimes import in_force
from monitoring.alerts import DOUBTFUL, Fact, raise_alert
from monitoring.cases.watched import WatchedCase, held_case, telephone_of
from monitoring.departures.noticing import departures_behind, put_before, settled_departure
from monitoring.patients.telling import tell
from monitoring.photo_ends import end_photos
from monitoring.quiet import after_quiet
from store import Work
from store.audit import SERVICE
from store.checks import OPEN_CHECKS, Photo, PresenceCheck
from store.columns import table
from store.outbox import send
from store.phones import Telephone

FAULTS_OF_OURS: Final = ("outage", "not_delivered")
"""Outcomes of a check that was asked and can't count, for no fault of the patient's: they are told so."""
AT_ONCE: Final = timedelta(minutes=30)
"""A receipt that follows an answer so soon is an answer to it, and goes out at night too."""
WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no_match": "check_no_match",
        "another_face": "check_no_match",
        "likeness": "check_no_match",
        "no_face": "check_quality",
        "quality": "check_quality",
        "challenge": "check_challenge",
        "incomplete": "check_challenge",
        "reused": "check_reused",
        "outside": "check_outside",
        "no_position": "check_no_position",
        "mock": "check_no_position",
    }
)
"""What was wrong, by outcome, as the receipt says it; of any other it says that a person looks."""


def check_row(work: Work, check_id: str) -> Row[Any] | None:
    """The row of a check."""
    row: Row[Any] | None = work.row(select(table(PresenceCheck)).where(col(PresenceCheck.id) == check_id))
    return row


def held_check(work: Work, check_id: str) -> tuple[WatchedCase, Row[Any]] | None:
    """A check with its case; nobody else changes either to the end of the work."""
    row = check_row(work, check_id)
    case = held_case(work, row.case_id) if row else None
    row = check_row(work, check_id) if case else None
    return (case, row) if case and row else None


def settle(work: Work, check: Row[Any], state: str, outcome: str, *, by: str = SERVICE, **found: Any) -> bool:
    """Ends an open check: `state` of `store.checks.CHECK_STATES`, `outcome` why, in a word. False where it had ended.

    `found` are further columns to keep, such as `position_kind`. Who answered by a link gets a receipt; a doubt is put
    before the duty desk with the departure it was asked after, and so is a departure that goes on while we could not
    ask. Of both the patient is told by `monitoring.duty.telling`. Of a departure that is put before nobody they are
    told here that it counts for nothing. Photos that were not read are seen by nobody, and destroyed.
    """
    case = held_case(work, check.case_id)
    mine = update(PresenceCheck).where(col(PresenceCheck.id) == check.id, col(PresenceCheck.state).in_(OPEN_CHECKS))
    ended = {"state": state, "outcome": outcome, "settled_at": work.now, "due_at": None}
    if case is None or not work.run(mine, **ended, **found):
        return False
    work.audit(by, "check.settled", check.id, {"case": case.id, "state": state, "outcome": outcome})
    end_photos(work, by, col(Photo.check_id) == check.id, col(Photo.state) == "waiting")
    if state in DOUBTFUL:
        behind = departures_behind(work, check.id)
        alert_id = raise_alert(work, case, state, [*behind, Fact("check", check.id)])
        work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check.id), alert_id=alert_id)
        put_before(work, behind, alert_id)
    elif outcome in FAULTS_OF_OURS and (behind := departures_behind(work, check.id, open_only=True)):
        put_before(work, behind, raise_alert(work, case, "departure", behind))
    _tell(work, case, check, state, outcome)
    left_at = settled_departure(work, check.id)
    if left_at is not None and case.is_open(work.now):
        tell(work, in_force(work).regime, case, "departure_settled", {"starts": left_at})
    return True


def tell_excused(work: Work, case: WatchedCase, check: Row[Any]) -> None:
    """Tells a patient that a check they were asked does not count."""
    phone = telephone_of(work, case)
    if phone is not None and check.asked_at is not None:
        _send(work, phone, "check_excused", {"asked": check.asked_at})


def _tell(work: Work, case: WatchedCase, check: Row[Any], state: str, outcome: str) -> None:
    if state == "excused":
        if outcome in FAULTS_OF_OURS and check.means == "link":
            tell_excused(work, case, check)
        return
    phone = telephone_of(work, case)
    if phone is None or check.means != "link" or check.answered_at is None:
        return  # on a call the patient heard it; of a miss they are told with how to answer
    template = "check_passed" if state == "passed" else WORDS.get(outcome, "check_looked")
    answers = work.now - check.answered_at <= AT_ONCE
    _send(work, phone, template, {"received": check.answered_at}, asked=answers)


def _send(work: Work, phone: Telephone, template: str, fields: Mapping[str, Any], *, asked: bool = False) -> None:
    regime = in_force(work).regime
    due_at = work.now if asked else after_quiet(regime, work.now)
    send(work, phone, template, phone.language or regime.default_language, fields, asked=asked, due_at=due_at)
