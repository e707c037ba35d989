"""The public sees no number under ten, and none can be worked out from what it sees, on whatever day one looks."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.counts.counting import Figure
from codes.counts.hours import count_hours, days_hours
from codes.counts.publishing import LEAST, PublicDay, public_day, publish, published, together
from codes.counts.tallies import Tally
from codes.regimes import in_force
from store import Store
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.codes.days import Day, lived

DAY, MOSCOW = date(2026, 6, 2), ZoneInfo("Europe/Moscow")
_NOT_SEEN = {"hidden_under", "percent", "days", "answer_p50_ms", "answer_p95_ms"}
_COUNTS = st.one_of(st.integers(0, LEAST - 1), st.integers(0, 3000))
_DAYS = st.lists(
    st.fixed_dictionaries(
        {
            "passes": _COUNTS,
            "understood": _COUNTS,
            "not_understood": _COUNTS,
            "refused": st.dictionaries(st.sampled_from(["quota", "hours", "isolation"]), _COUNTS),
            "inspections": st.dictionaries(st.sampled_from(["valid", "expired", "unknown"]), _COUNTS),
        }
    ),
    min_size=1,
    max_size=5,
)
Counts = dict[str, Any]


def told(days: list[Counts]) -> list[PublicDay]:
    return [public_day(DAY + timedelta(days=place), tallied(one)) for place, one in enumerate(days)]


def tallied(one: Counts) -> Tally:
    kinds = {"at_once": one["understood"], "not_understood": one["not_understood"]}
    inspected = {f"{verdict}/text": count for verdict, count in one["inspections"].items()}
    counts = {Figure.PASSES: {"1/1/text": one["passes"]}, Figure.TEXTS_IN: kinds}
    return Tally(days_hours(DAY, MOSCOW), {**counts, Figure.REFUSED: one["refused"], Figure.INSPECTED: inspected}, {})


def document(days: list[Counts]) -> str:
    seen = told(days)
    return json.dumps([asdict(together(seen)), *map(asdict, seen)], sort_keys=True)


def numbers(document: Any, name: str = "") -> Iterator[int]:
    """Every count in a document."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from numbers(value, key)
    elif isinstance(document, list):
        for value in document:
            yield from numbers(value, name)
    elif isinstance(document, int) and not isinstance(document, bool) and name not in _NOT_SEEN:
        yield document


def with_others(count: Any, chosen: Iterator[int]) -> Any:
    """The same numbers, but others where they are hidden."""
    if isinstance(count, dict):
        return {key: with_others(one, chosen) for key, one in count.items()}
    return next(chosen) if count < LEAST else count


@settings(deadline=None)
@given(_DAYS)
def test_no_number_under_ten_is_published(days: list[Counts]) -> None:
    assert all(one >= LEAST for one in numbers(json.loads(document(days))))


@settings(deadline=None)
@given(_DAYS, st.randoms(use_true_random=False))
def test_the_document_is_the_same_whatever_the_hidden_numbers_are(days: list[Counts], random: Random) -> None:
    chosen = iter(lambda: random.randrange(LEAST), None)
    others = [with_others(one, chosen) for one in days]

    assert document(others) == document(days)


@settings(deadline=None)
@given(_DAYS)
def test_what_is_seen_is_true(days: list[Counts]) -> None:
    seen = told(days)
    whole = together(seen)

    assert all(one.passes in (None, true["passes"]) for one, true in zip(seen, days, strict=True))
    assert (whole.passes or 0) <= sum(one["passes"] for one in days)
    for share, mine in [(one.share_understood, [true]) for one, true in zip(seen, days, strict=True)] + [
        (whole.share_understood, days)
    ]:
        understood = sum(one["understood"] for one in mine)
        texts = understood + sum(one["not_understood"] for one in mine)
        assert share is None or share.percent <= 100 * understood / texts
        assert share is None or share.at_least or share.percent == 100 * understood // texts


@pytest.fixture
def town(counter: Counter, clock: Clock) -> Store:
    """A store in which something happened two days ago and yesterday."""
    zone = zone_of(counter.store)
    for back in (2, 1):
        span = days_hours(clock.now.date() - timedelta(days=back), zone)
        lived(counter.store, span, Random(back), many=60)
    return counter.store


def zone_of(store: Store) -> Any:
    with store.reading() as work:
        return in_force(work).regime.zone


def seen(store: Store) -> dict[str, Any]:
    with store.reading() as work:
        found = published(work)
    assert found is not None
    return found


def test_it_is_made_once_an_hour(town: Store, clock: Clock) -> None:
    count_hours(town)

    assert publish(town)
    assert not publish(town)
    clock.pass_by(hours=1)
    assert publish(town)

    assert [day["date"] for day in seen(town)["days"]][-1] == "2026-06-02"
    assert seen(town)["latest_day"]["passes"] >= LEAST


def test_a_day_that_was_published_never_changes(town: Store, clock: Clock) -> None:
    count_hours(town)
    publish(town)
    before = seen(town)["days"]
    late = Day(town, Random(5))
    for _ in range(4):
        late.pass_(clock.now - timedelta(hours=20), 1, "text")
    late.write()
    clock.pass_by(days=1)
    count_hours(town)

    publish(town)

    assert seen(town)["days"][: len(before)] == before


def test_a_day_is_published_an_hour_after_its_end(town: Store, clock: Clock) -> None:
    zone = zone_of(town)
    midnight = days_hours(clock.now.date(), zone).end
    for minutes, newest in ((59, "2026-06-02"), (61, "2026-06-03")):
        clock.now = midnight + timedelta(minutes=minutes)
        count_hours(town)
        publish(town)
        assert seen(town)["latest_day"]["date"] == newest


def test_without_an_order_nothing_is_published(store: Store) -> None:
    assert not publish(store)
