"""Patterns that would keep every text waiting are found before anything else uses them."""

import time

import pytest

from codes.regime import read_regime
from codes.regimes import preset, preset_names
from language.proofreading import check
from language.proofreading.patterns import LIMIT_S, is_slow

SLOW = (r"([A-Z0-9]+)+-", r"(A|A)*B", r"(?:\d+[A-Z]?)+-", r"(\d|\d\d)*X", r".*.*.*.*.*.*.*.*.*-")


@pytest.mark.parametrize("pattern", SLOW)
def test_a_pattern_that_doubles_is_slow_and_no_longer_tried_than_the_limit(pattern: str) -> None:
    begun = time.perf_counter()

    assert is_slow(pattern, "HA123456")
    assert time.perf_counter() - begun < LIMIT_S * 3


@pytest.mark.parametrize("name", preset_names())
def test_the_patterns_of_presets_are_not(name: str) -> None:
    order = read_regime(preset(name))

    assert not is_slow(order.document_pattern, order.document_example)


def test_nothing_else_is_looked_at_with_such_a_pattern() -> None:
    text = preset("example-en").replace(r"[A-Z]{2}\d{6}", SLOW[0])

    [finding] = check(text)

    assert "avoid a repetition within a repetition" in str(finding)


@pytest.mark.parametrize("pattern", ["A" * 201, "a{99999999999}", "("])
def test_a_pattern_that_is_too_long_or_none_is_told(pattern: str) -> None:
    assert check(preset("example-en").replace(r"[A-Z]{2}\d{6}", pattern))
