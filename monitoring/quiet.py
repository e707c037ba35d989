"""Quiet hours: at night nothing is asked and nothing is told, by the clock of the order."""

from datetime import datetime, time, timedelta

from codes.regime import Regime


def is_quiet(regime: Regime, moment: datetime) -> bool:
    """Whether this moment lies in quiet hours. The night's end is not quiet, its beginning is."""
    local = moment.astimezone(regime.zone).time()
    return local >= regime.isolation.quiet_from or local < regime.isolation.quiet_until


def next_quiet(regime: Regime, moment: datetime) -> tuple[datetime, datetime]:
    """The quiet hours that go on at this moment, or the next ones: from and until, aware."""
    local = moment.astimezone(regime.zone)
    day = local.date()
    if local.time() < regime.isolation.quiet_until:
        day -= timedelta(days=1)
    begins = _at(regime, datetime.combine(day, regime.isolation.quiet_from))
    ends = _at(regime, datetime.combine(day + timedelta(days=1), regime.isolation.quiet_until))
    return begins, ends


def after_quiet(regime: Regime, moment: datetime) -> datetime:
    """This moment, or the end of the quiet hours it lies in."""
    return next_quiet(regime, moment)[1] if is_quiet(regime, moment) else moment


def _at(regime: Regime, wall: datetime) -> datetime:
    """A wall clock's time as a moment; one that a change of clocks leaves out is taken as an hour later."""
    return datetime.combine(wall.date(), time(wall.hour, wall.minute), tzinfo=regime.zone)
