"""How the clinicians' pages say days, people and fences."""

from datetime import date, datetime, time, timedelta
from typing import Any

from codes.regime import Regime
from language.moments import day
from monitoring.addresses.grid import Box
from monitoring.addresses.places import places_in
from monitoring.outlines import AROUND_M, METRES_A_DEGREE, Outline, box_of, size_of
from store import Work
from web.clinic.fence_picture import picture_of
from web.words import _

_A_MOMENT = timedelta(seconds=1)
_SEEN_M = 120
"""Of the neighbourhood, around a fence."""


def last_day(ends_at: datetime | None, regime: Regime) -> str:
    """The last day of a case: it ends with the day, at midnight."""
    return day(ends_at - _A_MOMENT, regime) if ends_at else ""


def last_date(ends_at: datetime, regime: Regime) -> date:
    """The same by the calendar of the order."""
    return (ends_at - _A_MOMENT).astimezone(regime.zone).date()


def end_of(last: date, regime: Regime) -> datetime:
    """The end of a case whose last day this is; aware."""
    return datetime.combine(last + timedelta(days=1), time(), regime.zone)


def fence_words(outline: Outline, *, weak: bool) -> str:
    """What counts as home, in metres."""
    size = size_of(outline)
    if weak:
        return _(
            "Weak fence: a circle of {radius} m around a point. Leaving is noticed from {alarm} m on.",
            radius=round(size.wide / 2),
            alarm=round(size.wide / 2) + AROUND_M,
        )
    return _(
        "A building of about {wide} by {high} m, and {around} m around it.",
        wide=max(round(size.wide), 1),
        high=max(round(size.high), 1),
        around=AROUND_M,
    )


def fence_shown(work: Work, outline: Outline, *, weak: bool) -> dict[str, Any]:
    """A fence as a drawing among its neighbours, and in words."""
    west, south, east, north = box_of(outline)
    margin = _SEEN_M / METRES_A_DEGREE
    around = Box(west - 2 * margin, south - margin, east + 2 * margin, north + margin)
    near = [one.outline for one in places_in(work, around) if one.outline]
    return {"picture": picture_of(outline, near, weak=weak), "words": fence_words(outline, weak=weak), "weak": weak}
