"""Moments as people read them in a text, local to the regime. Every language here writes the day first, with a dot."""

from datetime import datetime, time, timedelta

from codes.regime import Regime

_DAY = timedelta(days=1)


def when(moment: datetime, regime: Regime, now: datetime | None = None) -> str:
    """``15:40`` on the day of `now`, else ``23.11 10:00``; without `now` always with the date. Moments are aware."""
    local = moment.astimezone(regime.zone)
    clock = f"{local.hour:02}:{local.minute:02}"
    if now is not None and local.date() == now.astimezone(regime.zone).date():
        return clock
    return f"{local.day:02}.{local.month:02} {clock}"


def ending(moment: datetime, regime: Regime, now: datetime | None = None) -> str:
    """As `when`, for the end of something: midnight is 24:00 of the day that ends."""
    if moment.astimezone(regime.zone).time() != time():
        return when(moment, regime, now)
    return when(moment - _DAY, regime, now).replace("00:00", "24:00")


def ending_after(start: datetime, moment: datetime, regime: Regime) -> str:
    """The end of what begins at `start`, whose date is already named: the time alone within a day of it."""
    text = ending(moment, regime, start)
    return text[-len("24:00") :] if moment - start <= _DAY else text


def day(moment: datetime, regime: Regime) -> str:
    """A date with its year: ``23.12.2026``."""
    local = moment.astimezone(regime.zone)
    return f"{local.day:02}.{local.month:02}.{local.year}"
