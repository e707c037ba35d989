"""Checks by telephone: a number is spoken and keyed. It shows that somebody hears us there, and proves no place."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import update
from sqlmodel import col

from codes.regime import Regime
from monitoring.cases.watched import WatchedCase
from monitoring.checks.settling import held_check, settle
from store import Work
from store.checks import PresenceCheck
from store.messages import PRESENCE
from store.outbox import called_for, owe_call
from store.phones import Telephone

DIGITS: Final = 4
"""Of the number that is spoken: enough that nobody keys it without hearing it."""


class Keyed(StrEnum):
    """What came of a number that was keyed."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # the check ended before


@dataclass(frozen=True, slots=True)
class CheckCall:
    """What a patient is called about; `number` is to be keyed, empty where they are to open their link."""

    check_id: str
    case: WatchedCase
    number: str
    until: datetime


def new_number(work: Work, case: WatchedCase, check_id: str) -> bytes:
    """A random number for a check, sealed under the case's key."""
    assert case.key is not None, "who is asked has a key"
    return case.key.seal(_place(check_id), f"{work.random.randrange(10**DIGITS):0{DIGITS}}")


def ring(work: Work, check_id: str, phone: Telephone, regime: Regime, until: datetime) -> str:
    """Owes the patient a call about a check, now and not after `until`; the row's id."""
    language = phone.language or regime.default_language
    return owe_call(work, phone, PRESENCE, language, {"check": check_id}, work.now, until)


def called_about(work: Work, message_id: str, phone: Telephone) -> str | None:
    """The id of the check that a call of ours is about; None where it is about something else."""
    return called_for(work, message_id, phone, PRESENCE, "check")


def check_call(work: Work, check_id: str) -> CheckCall | None:
    """What is to be said on a call about a check; None where it is over. Holds the case."""
    held = held_check(work, check_id)
    if held is None or held[1].state != "asked" or not held[0].is_watched(work.now):
        return None
    case, check = held
    number = case.opened(_place(check.id), check.number_sealed) if check.means == "call" else ""
    return CheckCall(check.id, case, number, check.window_ends_at)


def key_number(work: Work, check_id: str, keyed: str, by: str) -> Keyed:
    """Somebody keyed a number on a call; `by` is their telephone, as in the audit. The right one settles the check."""
    call = check_call(work, check_id)
    held = held_check(work, check_id)
    if call is None or held is None or not call.number:
        return Keyed.OVER
    attempts = held[1].attempts + 1
    mine = update(PresenceCheck).where(col(PresenceCheck.id) == check_id)
    if not hmac.compare_digest(keyed.encode(), call.number.encode()):
        work.run(mine, attempts=attempts)
        return Keyed.WRONG
    settle(work, held[1], "passed", "keyed", by=by, attempts=attempts, answered_at=work.now)
    return Keyed.RIGHT


def _place(check_id: str) -> str:
    return f"presence_check.number.{check_id}"
