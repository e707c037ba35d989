"""What a page of figures reads: counted hours and nothing else, for a day or a week and for the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from codes.counts.districts import Districts, by_district
from codes.counts.figures import Span
from codes.counts.hours import days_hours
from codes.counts.tallies import Tally, counted_until, hours, tally, waiting_at_end
from codes.regime import Regime
from codes.regimes import in_force, terms
from language.examples import purpose_name
from store import Work
from web.figures.numbers import short_day
from web.words import spoken

WEEK = 7
_HOUR = timedelta(hours=1)


class Length(StrEnum):
    """How much of the time is shown."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Bin:
    """An hour of a day or a day of a week; `tally` is None where it is not counted yet."""

    key: str
    """ISO 8601, local."""
    label: str
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that is shown of a day or a week."""

    day: date
    """The day, or the last one of the week."""
    length: Length
    today: date
    bins: Sequence[Bin]
    whole: Tally
    before: Tally
    """Of the day or week before."""
    as_of: datetime | None
    """Local."""
    waiting: int
    oldest: timedelta
    waiting_by_bin: Sequence[int | None]
    purposes: Sequence[tuple[str, str]]
    """Part of `Figure.PASSES` before its channel, and the purpose's name; those with most passes first."""
    districts: Districts | None


def see(work: Work, day: date, length: Length) -> Seen:
    """The figures of a local day, or of the week that ends with it."""
    regime = in_force(work).regime
    many = 1 if length is Length.DAY else WEEK
    first = day - timedelta(days=many - 1)
    span = _span(first, many, regime)
    whole, before = tally(work, span), tally(work, _span(first - timedelta(days=many), many, regime))
    bins = _hours(work, span, regime) if length is Length.DAY else _days(work, first, regime)
    as_of = counted_until(work, span)
    waiting, oldest = waiting_at_end(work, span)
    by_bin = [waiting_at_end(work, one.tally.span)[0] if one.tally else None for one in bins]
    today = work.now.astimezone(regime.zone).date()
    told = as_of.astimezone(regime.zone) if as_of else None
    rest = (waiting, oldest, by_bin, _purposes(work, whole), by_district(work, whole))
    return Seen(day, length, today, bins, whole, before, told, *rest)


def _span(first: date, many: int, regime: Regime) -> Span:
    return Span(days_hours(first, regime.zone).start, days_hours(first + timedelta(days=many - 1), regime.zone).end)


def _hours(work: Work, span: Span, regime: Regime) -> list[Bin]:
    """Those that are counted, and those to come up to midnight."""
    known = [(one.span.start, one) for one in hours(work, span)]
    bins: list[tuple[datetime, Tally | None]] = []
    if known:
        begin = span.start
        while begin < known[0][0]:
            bins.append((begin, None))
            begin += _HOUR
    bins += known
    begin = known[-1][1].span.end if known else span.start
    while begin < span.end:
        bins.append((begin, None))
        begin += _HOUR
    local = [(begin.astimezone(regime.zone), one) for begin, one in bins]
    return [Bin(begin.isoformat(timespec="minutes"), f"{begin:%H:%M}", one) for begin, one in local]


def _days(work: Work, first: date, regime: Regime) -> list[Bin]:
    days = [first + timedelta(days=ahead) for ahead in range(WEEK)]
    tallies = [(day, tally(work, days_hours(day, regime.zone))) for day in days]
    return [Bin(day.isoformat(), short_day(day), one if one.counts else None) for day, one in tallies]


def _purposes(work: Work, whole: Tally) -> list[tuple[str, str]]:
    counts = sorted(whole.by_purpose().items(), key=lambda one: (-one[1], one[0]))
    return [(part, _purpose(work, part)) for part, _ in counts]


def _purpose(work: Work, part: str) -> str:
    version, number = part.split("/")
    return purpose_name(int(number), spoken(), terms(work, int(version)).regime)
