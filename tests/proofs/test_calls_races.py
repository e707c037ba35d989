"""The same step, hang-up or guess many times at one moment, on both databases: done once, and never too often."""

from collections import Counter

import pytest
from sqlalchemy import select

from store import Store
from store.calls import Call, CallStep
from store.columns import table
from store.messages import OutboxMessage
from tests.proofs.posting import Poster, at_once
from tests.proofs.races import SORRY, passes, register, unsound
from tests.proofs.ringing import Ringing, call_of

PHONE = "+79990000001"
TIMES = 12
RIGHT = "2506"


def told(heard: list[str]) -> set[str]:
    """The different answers, but for those of a crowded machine."""
    return {one for one in heard if SORRY not in one and "Ошибка у нас" not in one}


def owed(store: Store) -> list[str]:
    outbox = table(OutboxMessage)
    with store.reading() as work:
        return [row.state for row in work.rows(select(outbox.c.state).where(outbox.c.template == "call_back"))]


def wrong(store: Store) -> int:
    calls = table(Call)
    with store.reading() as work:
        return sum(row.wrong_proofs for row in work.rows(select(calls.c.wrong_proofs)))


def test_one_step_many_times_at_once_is_one_pass_and_one_answer(crowd: Poster, in_force: Store) -> None:
    register(crowd, PHONE)
    call = call_of(crowd, PHONE)
    call.step(0)
    call.step(1, "8")

    heard = at_once(TIMES, lambda _: call.step(2, RIGHT))

    assert len(told(heard)) == 1 and passes(in_force) == 1 and unsound(in_force) == []


def test_one_ring_many_times_at_once_is_one_call(crowd: Poster, in_force: Store) -> None:
    call = call_of(crowd, PHONE)

    heard = at_once(TIMES, lambda _: call.step(0))

    with in_force.reading() as work:
        assert len(work.rows(select(table(Call).c.sid))) == 1
    assert len(told(heard)) == 1


def test_different_steps_of_one_call_at_once_do_each_thing_once(crowd: Poster, in_force: Store) -> None:
    register(crowd, PHONE)
    call = call_of(crowd, PHONE)
    call.step(0)
    call.step(1, "8")

    at_once(TIMES, lambda step: call.step(2 + step % 4, RIGHT))

    with in_force.reading() as work:
        steps = Counter(row.step for row in work.rows(select(table(CallStep).c.step)))
    assert set(steps.values()) == {1} and passes(in_force) == 1 and unsound(in_force) == []


def test_guesses_in_many_calls_at_once_are_five_a_day(crowd: Poster, in_force: Store) -> None:
    register(crowd, PHONE)
    calls = [call_of(crowd, PHONE) for _ in range(TIMES)]
    for call in calls:
        call.step(0)
        call.step(1, "8")

    heard = at_once(TIMES, lambda number: calls[number].step(2, f"{1000 + number}"))

    assert wrong(in_force) <= 5 and sum("не те четыре" in one for one in heard) <= 5
    after = calls[0].step(3, RIGHT)
    assert "Ваш код" not in after


def test_hang_ups_at_once_are_one_call_back(crowd: Poster, in_force: Store) -> None:
    calls = [call_of(crowd, PHONE) for _ in range(TIMES)]
    for call in calls:
        call.step(0)

    taken = at_once(2 * TIMES, lambda number: calls[number % TIMES].ends())

    assert owed(in_force) == ["created"] and set(taken) <= {204, 503}


def test_the_end_of_one_call_many_times_at_once_is_one_call_back(crowd: Poster, in_force: Store) -> None:
    call = call_of(crowd, PHONE)
    call.step(0)

    at_once(TIMES, lambda _: call.ends())

    assert owed(in_force) == ["created"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_another_telephone_that_names_a_proved_call_hears_nothing_of_it(poster: Poster, store: Store) -> None:
    register(poster, PHONE)
    register(poster, "+79990000002", "9219632599")
    call = call_of(poster, PHONE)
    call.step(0)
    call.step(1, "8")
    code = call.step(2, RIGHT)
    assert "Ваш код" in code

    for stranger in ("+79990000002", "+79990000003", "anonymous", "", "2590"):
        forged = Ringing(poster, stranger, call.sid)
        for heard in (forged.step(3, "*"), forged.step(2, RIGHT), forged.step(0), forged.step(4, speech="повтор")):
            assert "Ваш код" not in heard and "2 5 0 6" not in heard

    assert "Ваш код" in call.step(3, "*") and passes(store) == 1
