"""Published texts and keywords, sent through the real parser."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from codes.regime import Purpose, Regime, Zone
from language.proofreading.findings import Finding, found
from language.proofreading.words import CARRIER_WORDS, named_parts
from language.understanding import describe, understand

_NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A moment to read "tomorrow 10:00" by."""


def find_example_trouble(regime: Regime) -> Iterator[Finding]:
    """Examples not understood as they say, purposes without one, keywords that alone mean something else."""
    for index, example in enumerate(regime.examples, 1):
        where = f"example {index}"
        if example.text.strip().casefold() in CARRIER_WORDS:
            yield found(where, "carriers keep the word {word} for themselves; publish another", word=example.text)
        understood = meaning(example.text, regime, officer=example.officer)
        if understood != example.meaning:
            what = (
                "{text!r} is understood as {understood}, not as {meaning}; change the text, the meaning or the keywords"
            )
            yield found(where, what, text=example.text, understood=understood, meaning=example.meaning)
    asked = {example.meaning for example in regime.examples}
    for number in regime.by_number:
        if f"request {number}" not in asked:
            yield found(f"purpose {number}", "no example asks for it; add one under [[examples]]")
    yield from _keywords(regime)


def meaning(text: str, regime: Regime, *, officer: bool = False) -> str:
    """What `text` is understood as, in the notation of examples."""
    return describe(understand(text, regime, officer=officer, now=_NOON).intent)


def _keywords(regime: Regime) -> Iterator[Finding]:
    for where, part in named_parts(regime):
        if isinstance(part, Zone):
            continue
        wanted = f"request {part.number}" if isinstance(part, Purpose) else f"exempted {where}"
        for language, words in part.keywords.items():
            for word in words:
                understood = meaning(word, regime)
                if understood != wanted:
                    what = "{word!r} alone is understood as {understood}, not as {wanted}; choose another word"
                    place = f"{where}, keywords, {language}"
                    yield found(place, what, word=word, understood=understood, wanted=wanted)
