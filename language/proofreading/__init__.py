"""Proof-reading of a regime's file, before it is put in force: what contradicts what, and what won't be understood."""

from importlib.resources.abc import Traversable

from codes.regime import Regime
from language.proofreading.examples import find_example_trouble
from language.proofreading.findings import Finding
from language.proofreading.orders import find_contradictions
from language.proofreading.reading import read
from language.proofreading.sentences import find_sentence_trouble
from language.proofreading.words import find_word_trouble

__all__ = ["Finding", "check"]


def check(text: str, folder: Traversable | None = None) -> list[Finding]:
    """Everything to put right in a regime's TOML `text`; empty where it can be put in force.

    Outlines of zones are looked for in `folder`, where the file lies; without it they are not checked.
    """
    regime = read(text)
    if not isinstance(regime, Regime):
        return regime
    return [
        *find_contradictions(regime, folder),
        *find_word_trouble(regime),
        *find_sentence_trouble(regime),
        *find_example_trouble(regime),
    ]
