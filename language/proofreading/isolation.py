"""Contradictions in what is asked of people at home, and words that some of them could not read."""

from collections.abc import Iterator
from datetime import time

from codes.regime import Regime
from language.proofreading.findings import Finding, found

_SPOKEN = ("authority", "news")


def find_isolation_trouble(regime: Regime) -> Iterator[Finding]:
    """Checks that a day has no room for; texts that are not in each language of the order, or in others."""
    isolation = regime.isolation
    waking = _minutes(isolation.quiet_from) - _minutes(isolation.quiet_until)
    wanted = max(isolation.checks_a_day - 1, 0) * isolation.gap_minutes + isolation.window_minutes
    if isolation.checks_a_day and wanted > waking:
        what = "{checks} checks, {gap} minutes apart, and {window} to answer don't fit into {day} minutes"
        numbers = {"gap": isolation.gap_minutes, "window": isolation.window_minutes, "day": waking}
        yield found("isolation, checks_a_day", what, checks=isolation.checks_a_day, **numbers)
    for name in _SPOKEN:
        yield from _words(regime, name)


def _words(regime: Regime, name: str) -> Iterator[Finding]:
    texts = getattr(regime.isolation, name)
    for language in regime.languages if texts else ():
        if not texts.get(language, "").strip():
            what = "there is no text in {language}, which patients may read; write one, or strike the others"
            yield found(f"isolation, {name}", what, language=language)
    for language in texts:
        if language not in regime.languages:
            what = "{language} is not among languages; add it there, or strike it here"
            yield found(f"isolation, {name}, {language}", what, language=language)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
