"""Limits: so many and no more, counted for the document, free again when their period ends."""

from datetime import UTC, datetime

from sqlalchemy import select

from codes.outcomes import Grant, Refusal, RefusalReason
from codes.quotas import Limit, give_back, take_slots
from store import Store
from store.passes import QuotaSlot
from tests.codes.counter import ANN, BOB, Counter

MIDNIGHT = datetime(2026, 6, 3, 21, 0, tzinfo=UTC)
DAY, WEEK = Limit("all/day", "2026-06-03", 2, MIDNIGHT), Limit("8/week", "2026-W23", 1, MIDNIGHT)
HOLDER = bytes(16)


def taken(store: Store) -> list[tuple[str, int, str]]:
    with store.work() as work:
        return sorted((row.rule, row.slot, row.pass_id) for row in work.rows(select(QuotaSlot)))


def take(store: Store, pass_id: str, *limits: Limit) -> Limit | None:
    with store.work() as work:
        return take_slots(work, HOLDER, pass_id, limits)


def test_places_are_taken_in_order_and_no_more_than_there_are(store: Store) -> None:
    answers = [take(store, pass_id, DAY) for pass_id in "abc"]

    assert answers == [None, None, DAY]
    assert taken(store) == [("all/day", 1, "a"), ("all/day", 2, "b")]


def test_where_one_limit_is_full_no_place_is_taken_under_the_others(store: Store) -> None:
    take(store, "a", DAY, WEEK)

    assert take(store, "b", DAY, WEEK) == WEEK
    assert taken(store) == [("8/week", 1, "a"), ("all/day", 1, "a")]


def test_a_place_given_back_is_taken_again(store: Store) -> None:
    for pass_id in "ab":
        take(store, pass_id, DAY)
    with store.work() as work:
        give_back(work, HOLDER, "a")

    assert take(store, "c", DAY) is None
    assert taken(store) == [("all/day", 1, "c"), ("all/day", 2, "b")]


def test_without_limits_everything_is_free(store: Store) -> None:
    assert take(store, "a") is None and taken(store) == []


def test_two_a_day_and_the_third_from_midnight_on(counter: Counter) -> None:
    first = [counter.ask(ANN, purpose) for purpose in (8, 3, 7)]
    counter.clock.now = MIDNIGHT
    then = counter.ask(ANN, 7)

    assert [type(answer) for answer in (*first, then)] == [Grant, Grant, Refusal, Grant]
    assert isinstance(first[2], Refusal) and (first[2].reason, first[2].next_at) == (RefusalReason.QUOTA, MIDNIGHT)


def test_other_people_have_limits_of_their_own(counter: Counter) -> None:
    for purpose in (8, 3):
        counter.grant(ANN, purpose)

    assert isinstance(counter.ask(BOB, 8), Grant)


def test_one_document_on_two_telephones_is_one_limit(counter: Counter) -> None:
    third = "+79990000003"
    counter.introduce(third, document="9219632506")
    counter.grant(ANN, 8)
    counter.grant(third, 8)

    assert [type(counter.ask(phone, 3)) for phone in (ANN, third)] == [Refusal, Refusal]


def test_without_a_document_the_telephone_is_counted(counter: Counter) -> None:
    third = "+79990000003"
    counter.introduce(third, name="Смирнов Олег")
    for purpose in (8, 3):
        counter.grant(third, purpose)

    assert isinstance(counter.ask(third, 7), Refusal)


def test_a_month_ends_with_its_last_local_day(counter: Counter) -> None:
    counter.clock.now = datetime(2026, 6, 30, 20, 59, tzinfo=UTC)
    counter.grant(ANN, 1)
    refused = counter.ask(BOB, 1), counter.clock.pass_by(seconds=59), counter.ask(ANN, 1)

    again = counter.clock.pass_by(minutes=1), counter.ask(ANN, 1)

    assert isinstance(refused[0], Grant)
    assert isinstance(refused[2], Grant) and refused[2].repeated
    assert isinstance(again[1], Grant) and not again[1].repeated
