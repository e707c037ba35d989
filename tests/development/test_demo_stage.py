"""Stories on the stage: in the order of the day, each answer to the one who asked, never too many at once."""

import time
from itertools import pairwise

import pytest

from development.demo.stage import MOST_A_SECOND, OPENS, Stage, Step, Story

AT_ONCE = 1e9


def test_stories_are_played_by_the_clock_of_the_day() -> None:
    heard: list[str] = []

    def story(name: str, *pauses: float) -> Story:
        for pause in pauses:
            heard.append((yield Step(pause, lambda: name)))

    stage = Stage(AT_ONCE)
    stage.add(story("early", 10, 50))
    stage.add(story("late", 30, 60))
    stage.play()

    assert heard == ["early", "late", "early", "late"] and stage.minute == OPENS + 90


def test_an_answer_goes_to_the_one_who_asked() -> None:
    heard: list[tuple[str, str]] = []

    def story(name: str) -> Story:
        heard.append((name, (yield Step(1, lambda: f"answer to {name}"))))

    stage = Stage(AT_ONCE)
    for name in ("one", "two", "three"):
        stage.add(story(name))
    stage.play()

    assert sorted(heard) == [(name, f"answer to {name}") for name in ("one", "three", "two")]


def test_acts_begin_no_faster_than_the_machine_likes() -> None:
    begun: list[float] = []
    stage = Stage(AT_ONCE)

    def act() -> str:
        begun.append(time.monotonic())
        return ""

    def story() -> Story:
        yield Step(0, act)

    for _ in range(5):
        stage.add(story())
    stage.play()

    assert all(later - sooner > 0.5 / MOST_A_SECOND for sooner, later in pairwise(begun))


def test_what_goes_wrong_in_an_act_is_raised() -> None:
    def fails() -> str:
        raise LookupError("no such telephone")

    def story() -> Story:
        yield Step(0, fails)

    stage = Stage(AT_ONCE)
    stage.add(story())

    with pytest.raises(LookupError):
        stage.play()
