"""What operators type, read: telephone numbers, times, days, zones."""

import re
from datetime import date, datetime, time, timedelta

import click

from codes.phones import read_phone
from codes.regime import Regime
from codes.regimes import in_force
from commands.terminal import Failure
from store import Work
from store.phones import Telephone, find_phone

TIMES = "2027-03-01T10:00+03:00, 2027-03-01 10:00, 10:00, tomorrow 10:00 or now"
_CLOCK = re.compile(r"(?:(today|tomorrow|yesterday)[ T]*)?([01]?\d|2[0-3]):([0-5]\d)", re.IGNORECASE)
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_YEARS = range(2000, 2200)
"""Beyond them a date is a slip, and near the ends of the calendar it can't be reckoned with."""


class Words(click.ParamType[str]):
    """Some words, not just blanks."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The words without blanks around them."""
        return value.strip() or self.fail("say something", param, ctx)


def read_number(work: Work, written: str) -> str:
    """A telephone number in any national form, as E.164; raises Failure, also for a short number."""
    region = in_force(work).regime.phone_region
    number = read_phone(written, region)
    if number is None:
        raise Failure(f"{written!r} is no telephone number: write it as +79991234567, or as in {region}")
    return number


def known_phone(work: Work, written: str) -> Telephone:
    """The telephone with this number; raises Failure where nobody ever used it."""
    number = read_number(work, written)
    phone = find_phone(work, number)
    if phone is None:
        raise Failure(f"{number} is not known: it never texted and nobody was registered on it")
    return phone


def read_moment(written: str, regime: Regime, now: datetime) -> datetime:
    """A time as typed, by the clock of the order unless it says its offset; raises Failure."""
    text = written.strip()
    local = now.astimezone(regime.zone)
    if text.casefold() == "now":
        return local
    if found := _CLOCK.fullmatch(text):
        day = local.date() + timedelta(days=_DAYS[(found[1] or "today").lower()])
        return datetime.combine(day, time(int(found[2]), int(found[3])), regime.zone)
    try:
        moment = datetime.fromisoformat(text)
        _want_year(moment)
        return (moment if moment.tzinfo else moment.replace(tzinfo=regime.zone)).astimezone(regime.zone)
    except ValueError:
        raise Failure(f"{written!r} is no time: write it as {TIMES}") from None


def read_day(written: str | None, regime: Regime, now: datetime) -> date:
    """A date as typed, today for None; raises Failure."""
    today = now.astimezone(regime.zone).date()
    if written is None:
        return today
    if written.casefold() in _DAYS:
        return today + timedelta(days=_DAYS[written.casefold()])
    try:
        return _want_year(date.fromisoformat(written))
    except ValueError:
        raise Failure(f"{written!r} is no day: write it as 2027-03-01, today or yesterday") from None


def _want_year(day: date) -> date:
    if day.year not in _YEARS:
        raise ValueError("another age")
    return day


def read_zone(written: str | None, regime: Regime) -> str | None:
    """The key of a zone, by its key or any of its names; raises Failure."""
    if written is None:
        return None
    for zone in regime.zones:
        if written.casefold() in {name.casefold() for name in (zone.key, *zone.name.values())}:
            return zone.key
    known = ", ".join(zone.key for zone in regime.zones)
    raise Failure(f"no zone {written!r} in {regime.name}: " + (f"there are {known}" if known else "it has none"))
