"""Proof-reading of a regime's file, before it is put in force: what contradicts what, and what won't be understood."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable

from codes.regime import Regime
from language.proofreading.employers import find_employer_trouble
from language.proofreading.examples import find_example_trouble
from language.proofreading.findings import Finding, Gravity
from language.proofreading.isolation import find_isolation_trouble
from language.proofreading.orders import find_contradictions
from language.proofreading.patterns import find_slow_pattern
from language.proofreading.reading import place_words, read
from language.proofreading.sentences import find_sentence_trouble
from language.proofreading.words import find_word_trouble

__all__ = ["Finding", "Gravity", "check", "place_words", "proofread"]


def check(text: str, folder: Traversable | None = None) -> list[Finding]:
    """Everything to put right in a regime's TOML `text`; empty where it can be put in force.

    Outlines of zones are looked for in `folder`, where the file lies; without it they are not checked.
    """
    return [finding for findings in proofread(text, folder).values() for finding in findings]


def proofread(text: str, folder: Traversable | None = None) -> Mapping[Gravity, list[Finding]]:
    """As `check`, by what the findings keep people from, the gravest first."""
    regime = read(text)
    if not isinstance(regime, Regime):
        return {Gravity.UNREADABLE: regime}
    if slow := list(find_slow_pattern(regime)):
        return {Gravity.CONTRADICTION: slow}
    return {
        Gravity.CONTRADICTION: [
            *find_contradictions(regime, folder),
            *find_employer_trouble(regime),
            *find_isolation_trouble(regime),
        ],
        Gravity.WORDS: list(find_word_trouble(regime)),
        Gravity.EXAMPLES: list(find_example_trouble(regime)),
        Gravity.SENTENCES: list(find_sentence_trouble(regime)),
    }
