"""Counted hours are what counting directly comes to, on days of 23, 24 and 25 hours, however late one counts."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from codes.counts.counting import Figure, time_class
from codes.counts.figures import Span, figures
from codes.counts.hours import AGAIN, STEP, count_hours, days_hours, due_after
from codes.counts.tallies import Tally, counted_until, hours, tally, waiting_at_end
from codes.regimes import activate, preset
from store import Store
from store.figures import CountedHour
from store.messages import InboundMessage, OutboxMessage
from tests.clock import Clock
from tests.codes.days import Day, lived

LONDON = ZoneInfo("Europe/London")
SPRING, SUMMER, AUTUMN = date(2026, 3, 29), date(2026, 6, 3), date(2026, 10, 25)


@pytest.fixture
def in_london(store: Store, clock: Clock) -> Store:
    clock.now = datetime(2026, 1, 1, tzinfo=UTC)
    with store.work() as work:
        activate(work, preset("example-en"), clock.now, "tests")
    return store


def counted(store: Store, day: date, zone: ZoneInfo = LONDON) -> Tally:
    with store.reading() as work:
        return tally(work, days_hours(day, zone))


@pytest.mark.parametrize(("day", "hours_of_it"), [(SPRING, 23), (SUMMER, 24), (AUTUMN, 25)])
def test_a_day_of_hours_is_the_day_counted_at_once(
    in_london: Store, clock: Clock, day: date, hours_of_it: int, database_url: str
) -> None:
    random = Random(f"{day} {database_url[:6]}")  # other days on the other database
    span = days_hours(day, LONDON)
    truth = lived(in_london, span, random)
    clock.now = span.start
    while clock.now < span.end + timedelta(hours=2):
        clock.pass_by(minutes=random.choice([20, 61, 200]))
        count_hours(in_london)
    clock.pass_by(days=4)
    count_hours(in_london)

    found = counted(in_london, day)

    assert {figure: +found.of(figure) for figure in truth.counts} == truth.counts
    assert (found.amount(Figure.TEXTS_IN), found.amount(Figure.TEXTS_OUT)) == (truth.segments_in, truth.segments_out)
    with in_london.reading() as work:
        assert len(hours(work, span)) == hours_of_it


@pytest.mark.parametrize("day", [SPRING, SUMMER, AUTUMN])
def test_hours_agree_with_the_figures_of_the_command_line(in_london: Store, clock: Clock, day: date) -> None:
    lived(in_london, days_hours(day, LONDON), Random(f"{day}"))
    clock.now = days_hours(day, LONDON).end + timedelta(days=5)
    count_hours(in_london)

    with in_london.reading() as work:
        told = figures(work, day, LONDON)
    found = counted(in_london, day)

    kinds = found.of(Figure.TEXTS_IN)
    assert (told.texts_in, told.understood_at_once) == (kinds.total(), kinds["at_once"])
    assert (told.after_questions, told.asked, told.not_understood) == tuple(
        kinds[name] for name in ("after_questions", "asked", "not_understood")
    )
    assert Counter(told.refused) == found.of(Figure.REFUSED)
    assert told.passes == found.total(Figure.PASSES)
    assert told.segments == found.amount(Figure.TEXTS_IN) + found.amount(Figure.TEXTS_OUT)
    assert told.answer_p50_ms is not None and told.answer_p99_ms is not None
    assert found.time(Figure.ANSWERED, 0.5) == time_class(told.answer_p50_ms)
    assert found.time(Figure.ANSWERED, 0.99) == time_class(told.answer_p99_ms)


def test_what_happened_before_the_first_count_is_caught_up_without_a_gap(in_london: Store, clock: Clock) -> None:
    span = days_hours(SUMMER, LONDON)
    lived(in_london, span, Random(1))
    clock.now = span.end + timedelta(days=1)

    assert count_hours(in_london) > 24
    assert count_hours(in_london) == 0

    with in_london.reading() as work:
        chain = hours(work, Span(span.start - timedelta(days=1), clock.now))
        assert counted_until(work, span) == span.end
    assert all(one.span.end == after.span.start for one, after in pairwise(chain))


def test_a_half_hour_zone_has_hours_of_its_own(store: Store, clock: Clock) -> None:
    with store.work() as work:
        activate(work, preset("india-epass"), clock.now, "tests")
    clock.now = datetime(2026, 6, 3, 9, 10, tzinfo=UTC)
    span = Span(clock.now, clock.now + timedelta(hours=2))
    lived(store, span, Random(1))
    clock.now += timedelta(hours=2)
    count_hours(store)

    with store.reading() as work:
        minutes = [one.span.start.minute for one in hours(work, Span(span.start - timedelta(hours=1), clock.now))]

    assert set(minutes[1:]) == {30}


def test_the_hour_that_goes_on_is_counted_every_five_minutes(in_london: Store, clock: Clock) -> None:
    span = days_hours(SUMMER, LONDON)
    lived(in_london, span, Random(1))
    clock.now = span.start + timedelta(hours=9, minutes=7)
    count_hours(in_london)

    with in_london.reading() as work:
        first = counted_until(work, span)
    clock.pass_by(minutes=1)
    assert count_hours(in_london) == 0
    clock.pass_by(minutes=2)
    assert count_hours(in_london) == 1

    with in_london.reading() as work:
        assert first and counted_until(work, span) == first + timedelta(minutes=3)


def test_what_changes_late_is_counted_again_and_then_never(in_london: Store, clock: Clock) -> None:
    span = days_hours(SUMMER, LONDON)
    truth = lived(in_london, span, Random(1))
    clock.now = span.end
    count_hours(in_london)
    with in_london.work() as work:
        work.run(update(OutboxMessage).values(state="delivered"))
    clock.pass_by(days=1, hours=1)
    count_hours(in_london)

    assert set(counted(in_london, SUMMER).by(Figure.TEXTS_OUT, -1)) <= {"delivered"}
    clock.pass_by(days=4)
    count_hours(in_london)
    with in_london.work() as work:
        work.run(update(InboundMessage).values(intent="x:unclear"))
    clock.pass_by(days=4)
    count_hours(in_london)

    assert counted(in_london, SUMMER).of(Figure.TEXTS_IN) == truth.counts[Figure.TEXTS_IN]


def test_counting_twice_at_once_keeps_one_hour_and_the_later_count(in_london: Store, clock: Clock) -> None:
    span = days_hours(SUMMER, LONDON)
    lived(in_london, span, Random(1))
    clock.now = span.end + timedelta(days=5)
    count_hours(in_london)
    before = counted(in_london, SUMMER)
    with in_london.work() as work:
        work.run(update(CountedHour).values(due_at=work.now))

    count_hours(in_london)

    assert counted(in_london, SUMMER) == before
    with in_london.reading() as work:
        mine = col(CountedHour.begins_at) < span.end
        assert not work.count(select(func.count()).where(col(CountedHour.due_at).is_not(None), mine))


def test_applications_that_wait_are_told_as_they_stood_then(in_london: Store, clock: Clock) -> None:
    span = days_hours(SUMMER, LONDON)
    made = Day(in_london, Random(1))
    made.application(span.start + timedelta(hours=1), state="referred")
    made.application(span.start + timedelta(hours=2), state="granted", decided_at=span.end + timedelta(hours=3))
    made.application(span.start + timedelta(hours=3), state="refused", decided_at=span.start + timedelta(hours=4))
    made.write()
    clock.now = span.end + timedelta(days=6)
    count_hours(in_london)

    with in_london.reading() as work:
        assert waiting_at_end(work, span) == (2, timedelta(hours=23))
        assert waiting_at_end(work, Span(span.start, span.start + timedelta(hours=2))) == (1, timedelta(hours=1))


def test_due_goes_by_fives_and_then_ever_more_seldom() -> None:
    span = Span(datetime(2026, 6, 3, 9, tzinfo=UTC), datetime(2026, 6, 3, 10, tzinfo=UTC))
    now, seen = span.start, []
    while (due := due_after(span, now)) is not None:
        assert due > now
        seen.append(due - span.start)
        now = due

    hour = timedelta(hours=1)
    assert seen == [*(STEP * one for one in range(1, 13)), *(hour + one for one in AGAIN)]


@pytest.mark.parametrize("seed", range(20))
def test_classes_of_times_keep_the_order_and_a_tenth(seed: int) -> None:
    random = Random(seed)
    one, other = sorted(random.randrange(10 ** random.randint(1, 6)) for _ in range(2))

    assert time_class(one) <= time_class(other)
    assert one <= time_class(one) <= one * 1.1 + 1
