"""May this person have this pass, now? Pure: no store, no clock. Quota comes after, where it cannot be raced."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from codes.applications import Asking
from codes.fields import Field
from codes.outcomes import Refusal, RefusalReason
from codes.passes import LivePass
from codes.regime import Hours, Purpose, Regime
from codes.regimes import Terms

AGAIN = timedelta(minutes=1)
"""The same request within this gets the live pass, not a second one."""


@dataclass(frozen=True, slots=True)
class Span:
    """A pass may be issued for this time; a person decides first where `review`."""

    valid_from: datetime
    valid_until: datetime
    review: bool


@dataclass(frozen=True, slots=True)
class Again:
    """There is one already."""

    live: LivePass


def decide(under: Terms, asking: Asking, now: datetime) -> Span | Again | Refusal:
    """The rules of the order, first to last: blocked, isolation, asked again, booked too far ahead, hours."""
    regime, purpose, holder, start = under.regime, asking.purpose, asking.holder, asking.start
    if asking.phone.blocked or holder.blocked:
        return Refusal(RefusalReason.BLOCKED, purpose.number)
    if holder.open_case and not purpose.isolation:
        return Refusal(RefusalReason.ISOLATION, purpose.number)
    begin = start if start and start > now else now
    for live in holder.live:
        if now - live.issued_at < AGAIN and live.regime_version == under.version and _answers(live, asking, now):
            return Again(live)
    if _days_ahead(regime, now, begin) > purpose.book_ahead_days or (
        start and start > now and not purpose.book_ahead_days
    ):
        return Refusal(RefusalReason.NOT_AHEAD, purpose.number)
    opening = next_opening(regime, purpose, begin)
    if opening != begin:
        return Refusal(RefusalReason.HOURS, purpose.number, opening)
    return Span(begin, valid_until(regime, purpose, begin), purpose.approval == "review")


def _answers(live: LivePass, asking: Asking, now: datetime) -> bool:
    """Whether a live pass is what is asked for: for this, at that time, showing the plate and card that were said."""
    ahead = asking.start is not None and asking.start > now
    # Of two at once the second may have come a moment earlier, and waited.
    timely = live.valid_from == asking.start if ahead else live.valid_from <= max(now, live.issued_at)
    shown = {Field.PLATE: live.face.plate, Field.CARD: live.face.card}
    told = all(asking.fields.get(name, value) == value for name, value in shown.items())
    return live.purpose == asking.purpose.number and timely and told


def _days_ahead(regime: Regime, now: datetime, begin: datetime) -> int:
    return (begin.astimezone(regime.zone).date() - now.astimezone(regime.zone).date()).days


def valid_until(regime: Regime, purpose: Purpose, begin: datetime) -> datetime:
    """When a pass that begins then ends: after so many minutes, or at the local midnight that ends its last day."""
    if purpose.validity.minutes is not None:
        return begin + timedelta(minutes=purpose.validity.minutes)
    last = begin.astimezone(regime.zone).date() + timedelta(days=purpose.validity.days or 1)
    return datetime.combine(last, time(), regime.zone) - timedelta(minutes=1)


def next_opening(regime: Regime, purpose: Purpose, moment: datetime) -> datetime:
    """The first moment from `moment` on at which the purpose's hours are open."""
    local = moment.astimezone(regime.zone)
    if not purpose.hours or any(_open(hours, local.time()) for hours in purpose.hours):
        return moment
    openings = (
        datetime.combine(local.date() + timedelta(days=day), hours.start, regime.zone)
        for day in (0, 1)
        for hours in purpose.hours
    )
    return min(opening for opening in openings if opening > moment)


def _open(hours: Hours, at: time) -> bool:
    if hours.start < hours.until:
        return hours.start <= at < hours.until
    return at >= hours.start or at < hours.until
