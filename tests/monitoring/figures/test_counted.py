"""What is counted of a month, and that nothing is told of fewer than ten people."""

from datetime import timedelta
from typing import Any

from monitoring.figures import counted
from monitoring.figures.counted import Count
from monitoring.figures.hiding import beside_their_whole, together
from tests.monitoring.figures.town import Town


def seen(town: Town, what: Any) -> Any:
    with town.store.reading() as work:
        return what(work, work.now - timedelta(days=2), work.now + timedelta(days=1))


def test_checks_are_counted_by_how_they_ended_and_by_people(town: Town) -> None:
    cases = town.patients(12)
    town.all_checked(cases, "passed", "")
    town.all_checked(cases[:3], "missed", "no_answer", times=5)

    states = seen(town, counted.states)

    assert states == {"passed": Count(12, 12), "missed": Count(15, 3)}
    assert (states["passed"].shown, states["missed"].shown) == (12, None)
    assert together(states) == 12


def test_what_appeals_overturned_is_counted_beside_the_decisions(town: Town) -> None:
    cases = town.patients(14)
    town.all_decided(cases[:11], "warn", overturned_at=town.clock.now)
    town.all_decided(cases[11:], "warn")

    assert seen(town, counted.decisions) == {"warn": (Count(14, 14), Count(11, 11))}


def test_readings_that_a_person_saw_nothing_in_are_overturned(town: Town) -> None:
    cases = town.patients(5)
    town.all_read(cases[:3], "no_match", "excused")
    town.all_read(cases[3:], "no_match", "warn")

    assert seen(town, counted.readings) == {"no_match": (Count(5, 5), Count(3, 3), Count(0, 0))}


def test_false_alarms_go_by_kind_of_telephone_and_rare_kinds_are_one(town: Town) -> None:
    cases = town.patients(13)
    town.all_decided(cases[:10], "nothing", model="Android 10", false_alarm=True)
    town.all_decided(cases[10:], "warn", model="iOS 17")

    found = seen(town, counted.false_alarms)

    assert found["Android 10"] == (Count(10, 10), Count(10, 10), Count(10, 10))
    assert found[""] == (Count(3, 3), Count(3, 3), Count())


def test_times_are_rough_and_told_only_of_many(town: Town) -> None:
    cases = town.patients(10)
    town.all_decided(cases, "nothing")

    times = seen(town, counted.times)

    assert (times["doubt"].median, times["doubt"].most) == (31, 31)
    assert set(times) == {"doubt"}


def test_what_is_hidden_can_not_be_worked_out_from_the_whole() -> None:
    alone = {"a": Count(40, 40), "b": Count(12, 12), "c": Count(4, 4)}
    few = {"a": Count(40, 40), "b": Count(12, 12), "c": Count(4, 4), "d": Count(2, 2)}
    many = {"a": Count(40, 40), "b": Count(9, 9), "c": Count(8, 8)}

    assert beside_their_whole(alone) == {"a": 40, "b": None, "c": None}
    assert beside_their_whole(few) == {"a": 40, "b": None, "c": None, "d": None}
    assert beside_their_whole(many) == {"a": 40, "b": None, "c": None}
