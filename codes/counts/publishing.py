"""What the public sees: the figures of each of the last thirty days, and of all of them together.

**No number under ten, and none that can be worked out.** A number of a day under ten (nought too) is hidden. Everything
else that is published is made of the numbers of days that are not hidden, and of nothing besides: sums say "at least",
no total stands beside its parts, and a share of which one side is hidden says "at least" too. So the document is the
same whatever a hidden number was. A day is published an hour after its end and never changes afterwards: else what came
late could be told from two documents.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, func, select
from sqlmodel import col

from codes.counts.counting import Figure
from codes.counts.figures import Span
from codes.counts.hours import AGAIN, days_hours
from codes.counts.tallies import Tally, tally
from codes.regimes import NoRegime, in_force
from store import Store, Work
from store.figures import CountedHour, Published

LEAST = 10
DAYS = 30
ENOUGH_FOR_MEDIAN, ENOUGH_FOR_P95 = 2 * LEAST, 20 * LEAST
"""Answers, so that ten at least were slower than the time that is told."""
RIPE = AGAIN[1]
"""After its end a day is published."""
UNDERSTOOD = ("at_once", "after_questions", "asked")
_NAME = "daily"
_PUBLISHING = b"figures.publish"


@dataclass(frozen=True, slots=True)
class Share:
    """Whole percent; `at_least` where one side of it is hidden."""

    percent: int
    at_least: bool


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A local day, or all of them (`days` of them). None is hidden; what is not in a mapping is hidden too."""

    date: str | None
    days: int
    passes: int | None
    texts_understood: int | None
    texts_not_understood: int | None
    share_understood: Share | None
    answer_p50_ms: int | None
    answer_p95_ms: int | None
    refused: Mapping[str, int]
    inspections: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """The document."""

    made_at: str
    hidden_under: int
    latest_day: PublicDay | None
    """Yesterday, from one in the morning on."""
    last_30_days: PublicDay | None
    days: tuple[PublicDay, ...]
    """The oldest first."""


def publish(store: Store) -> bool:
    """Makes the document anew once an hour; whether it did. On several hosts, one does."""
    with store.reading() as work:
        if not _is_due(work):
            return False
    with store.work() as work:
        work.lock(_PUBLISHING)
        if not _is_due(work):
            return False
        try:
            document = public_figures(work, _known_days(work))
        except NoRegime:
            return False
        work.run(delete(Published).where(col(Published.name) == _NAME))
        work.insert(Published, name=_NAME, document=json.dumps(asdict(document)), made_at=work.now)
    return True


def published(work: Work) -> dict[str, Any] | None:
    """The document as JSON has it; None before the first one."""
    row = work.row(select(col(Published.document)).where(col(Published.name) == _NAME))
    found: dict[str, Any] | None = json.loads(row.document) if row else None
    return found


def public_figures(work: Work, known: Mapping[str, PublicDay]) -> PublicFigures:
    """The document as of now; days that are `known` stay as they are."""
    zone = in_force(work).regime.zone
    today = work.now.astimezone(zone).date()
    days = []
    for day in (today - timedelta(days=back) for back in range(DAYS, 0, -1)):
        span = days_hours(day, zone)
        if day.isoformat() in known:
            days.append(known[day.isoformat()])
        elif _is_ripe(work, span):
            days.append(public_day(day, tally(work, span)))
    made_at = work.now.astimezone(zone).isoformat(timespec="minutes")
    return PublicFigures(made_at, LEAST, days[-1] if days else None, together(days) if days else None, tuple(days))


def _is_due(work: Work) -> bool:
    row = work.row(select(col(Published.made_at)).where(col(Published.name) == _NAME))
    return row is None or _hour(row.made_at) != _hour(work.now)


def _known_days(work: Work) -> dict[str, PublicDay]:
    kept = (published(work) or {}).get("days", ())
    days = [PublicDay(**{**one, "share_understood": _read_share(one["share_understood"])}) for one in kept]
    return {day.date: day for day in days if day.date}


def _read_share(kept: Mapping[str, Any] | None) -> Share | None:
    return Share(**kept) if kept else None


def _is_ripe(work: Work, span: Span) -> bool:
    """Whether it was counted, all of it, when nothing of it was on its way any more."""
    begins_at = col(CountedHour.begins_at)
    mine = begins_at >= span.start, begins_at < span.end
    late = func.sum(case((col(CountedHour.counted_at) < span.end + RIPE, 1), else_=0))
    last = work.row(select(func.max(col(CountedHour.ends_at)).label("end"), func.count().label("hours")).where(*mine))
    if not last.hours or last.end < span.end:
        return False
    recent = begins_at >= span.end - timedelta(hours=1)
    return work.count(select(func.coalesce(late, 0)).where(*mine, recent)) == 0


def public_day(day: date, whole: Tally) -> PublicDay:
    """A day, without what must not be seen."""
    kinds = whole.of(Figure.TEXTS_IN)
    understood = _seen(sum(kinds[one] for one in UNDERSTOOD))
    not_understood = _seen(kinds["not_understood"])
    answers = whole.total(Figure.ANSWERED)
    return PublicDay(
        day.isoformat(),
        1,
        _seen(whole.total(Figure.PASSES)),
        understood,
        not_understood,
        _share([understood], [not_understood]),
        whole.time(Figure.ANSWERED, 0.5) if answers >= ENOUGH_FOR_MEDIAN else None,
        whole.time(Figure.ANSWERED, 0.95) if answers >= ENOUGH_FOR_P95 else None,
        _all_seen(whole.of(Figure.REFUSED)),
        _all_seen(whole.by(Figure.INSPECTED, 0)),
    )


def together(days: Sequence[PublicDay]) -> PublicDay:
    """All days, made of what is seen of each: so nothing hidden can be worked out. Numbers are at least so high."""
    understood, not_understood = [one.texts_understood for one in days], [one.texts_not_understood for one in days]
    return PublicDay(
        None,
        len(days),
        _sum(one.passes for one in days),
        _sum(understood),
        _sum(not_understood),
        _share(understood, not_understood),
        _median([one.answer_p50_ms for one in days]),
        _median([one.answer_p95_ms for one in days]),
        _sums(one.refused for one in days),
        _sums(one.inspections for one in days),
    )


def _seen(count: int) -> int | None:
    return count if count >= LEAST else None


def _all_seen(counts: Mapping[str, int]) -> dict[str, int]:
    return {part: counts[part] for part in sorted(counts) if counts[part] >= LEAST}


def _share(understood: Sequence[int | None], not_understood: Sequence[int | None]) -> Share | None:
    """Of what is seen; a hidden number of those not understood may have been nine."""
    seen, others = _sum(understood), _sum(not_understood) or 0
    if seen is None:
        return None
    hidden = sum(one is None for one in not_understood)
    return Share(100 * seen // (seen + others + hidden * (LEAST - 1)), hidden > 0 or None in understood)


def _sum(numbers: Iterable[int | None]) -> int | None:
    seen = [one for one in numbers if one is not None]
    return sum(seen) if seen else None


def _sums(every: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in every:
        for part, count in one.items():
            found[part] = found.get(part, 0) + count
    return dict(sorted(found.items()))


def _median(times: Iterable[int | None]) -> int | None:
    """That of the day in the middle."""
    seen = sorted(one for one in times if one is not None)
    return seen[(len(seen) - 1) // 2] if seen else None


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
