"""Photos that mean harm: none breaks the process, takes long, or takes much memory."""

import pytest

from monitoring.selfie.reading import SECONDS
from tests.monitoring.selfie.hostile import bombs, tried

MOST_MB = 512


@pytest.mark.timeout(400)
def test_of_a_thousand_mutated_photos_none_does_harm() -> None:
    told = tried(2590, 1000)

    assert told["photos"] == 1000 and set(told["came_of_it"]) <= {"face", "no_face", "unreadable", "large"}
    assert min(told["came_of_it"]["face"], told["came_of_it"]["unreadable"]) > 20
    assert told["memory_mb"] < MOST_MB and told["longest_s"] < SECONDS


def test_a_bomb_takes_neither_time_nor_memory() -> None:
    told = tried()

    assert told["photos"] == len([*bombs()])
    assert told["memory_mb"] < MOST_MB and told["longest_s"] < SECONDS
