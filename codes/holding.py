"""What somebody may do with a pass they hold: have it again, make it longer, give it back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, func, select, text, update
from sqlmodel import col

from codes.decisions import valid_until
from codes.issuing import granted
from codes.outcomes import Grant, Refusal, RefusalReason
from codes.passes import LivePass
from codes.people import Holder
from codes.quotas import give_back
from codes.regimes import Terms, terms
from store import Work
from store.officers import Inspection
from store.passes import Pass
from store.phones import Telephone

QUOTA_BACK_WITHIN = timedelta(minutes=10)
QUOTA_BACK_A_DAY = 2
_HOLD = (
    select(col(Pass.valid_until), col(Pass.extended), col(Pass.revoked_at))
    .where(col(Pass.id) == bindparam("pass_id"))
    .with_for_update()
)
"""An inspection in progress holds its passes too, less tightly: it comes to its end before, or begins after."""


class Withdrawal(StrEnum):
    """Why a holder's own pass was withdrawn; kept as its reason."""

    CANCELLED = "cancelled"
    NOT_ME = "not_me"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A pass given back; `quota_back` says whether its places are free again."""

    code: str
    quota_back: bool


def newest(live: tuple[LivePass, ...], now: datetime) -> LivePass | None:
    """The pass that is meant when none is named: the one in use, else the next, newest issued first."""
    running = [one for one in live if one.valid_from <= now]
    return max(running or live, key=lambda one: one.issued_at, default=None)


def extend_pass(work: Work, phone: Telephone, holder: Holder, known: LivePass, actor: str) -> Grant | Refusal:
    """Makes a holder's live pass longer, as often as the order it was issued under allows; `phone` asks."""
    if phone.blocked or holder.blocked:
        return Refusal(RefusalReason.BLOCKED, known.purpose)
    live = _held(work, known)
    if live is None:
        return Refusal(RefusalReason.NOTHING_LIVE)
    regime = terms(work, live.regime_version).regime
    purpose = regime.by_number[live.purpose]
    if live.extended >= regime.extension.times:
        return Refusal(RefusalReason.NOT_EXTENDABLE, live.purpose)
    span = regime.extension.minutes
    length = timedelta(minutes=span) if span else valid_until(regime, purpose, live.valid_from) - live.valid_from
    until = live.valid_until + length
    work.run(update(Pass).where(col(Pass.id) == live.id), valid_until=until, extended=live.extended + 1)
    work.audit(actor, "pass.extended", live.id, {"until": until.isoformat()})
    longer = replace(live, valid_until=until, extended=live.extended + 1)
    return granted(regime, longer, extended=True)


def cancel_pass(work: Work, under: Terms, known: LivePass, why: Withdrawal, actor: str) -> Cancelled | Refusal:
    """Withdraws a holder's own pass, unless somebody did meanwhile.

    Its places come back within ten minutes of issue, never looked at, twice a day.
    """
    work.lock(known.quota_holder)  # two telephones with one document count one after the other
    live = _held(work, known)
    if live is None:
        return Refusal(RefusalReason.NOTHING_LIVE)
    back = _quota_comes_back(work, under, live)
    mine = update(Pass).where(col(Pass.id) == live.id)
    work.run(mine, revoked_at=work.now, revoked_reason=str(why), quota_back=back)
    if back:
        give_back(work, live.quota_holder, live.id)
    work.audit(actor, f"pass.{why}", live.id, {"quota_back": back})
    regime = terms(work, live.regime_version).regime
    return Cancelled(granted(regime, live).code, back)


def _held(work: Work, known: LivePass) -> LivePass | None:
    """The pass as it stands now, which nobody changes before this work ends; None where it was withdrawn.

    Who holds it may have it on another telephone too, and officials withdraw it without asking that telephone's lock.
    """
    row = work.row(_HOLD, pass_id=known.id)
    if row is None or row.revoked_at is not None:
        return None
    return replace(known, valid_until=row.valid_until, extended=row.extended)


def _quota_comes_back(work: Work, under: Terms, live: LivePass) -> bool:
    if work.now - live.issued_at > QUOTA_BACK_WITHIN:
        return False
    if work.row(select(col(Inspection.id)).where(col(Inspection.pass_id) == live.id).limit(1)):
        return False
    midnight = under.regime.midnight(work.now)
    given_back = select(func.count()).where(
        col(Pass.quota_holder) == live.quota_holder,
        col(Pass.revoked_at) >= midnight,
        text("quota_back"),  # as the index has it
    )
    return work.count(given_back) < QUOTA_BACK_A_DAY
