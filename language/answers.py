"""Which sentence answers what was decided; the written and the spoken one have the same name."""

from datetime import datetime

from codes.outcomes import Grant, Referral, RefusalReason
from codes.regime import Regime


def answer_to(grant: Grant, now: datetime) -> str:
    """The sentence that answers a request with a pass."""
    if grant.extended:
        return "extended"
    return "granted_ahead" if grant.valid_from > now else "granted_again" if grant.repeated else "granted"


def standing_of(grant: Grant, now: datetime) -> str:
    """The sentence about a pass among others."""
    return "status_ahead" if grant.valid_from > now else "status_live"


def refusal(reason: RefusalReason, next_at: datetime | None) -> str:
    """Some reasons have one sentence with the next possible time and one without."""
    if next_at is None:
        return f"refused_{reason}_now" if reason in {RefusalReason.QUOTA, RefusalReason.HOURS} else f"refused_{reason}"
    return f"refused_{reason}_at" if reason is RefusalReason.NOT_AHEAD else f"refused_{reason}"


def referral(outcome: Referral, regime: Regime) -> str:
    """Whether somebody only waits, or has to add papers first."""
    purpose = regime.by_number.get(outcome.purpose)
    needed = purpose is not None and purpose.papers is not None and purpose.papers.need == "required"
    return "referred_papers" if needed else "referred"
