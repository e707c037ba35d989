"""Which language a text is in, by its script and its words."""

from collections import Counter

from language.understanding.reading import Reading
from language.understanding.spelling import Script, key

_OWN_LETTERS = {"tt": frozenset("әөүҗңһ"), "az": frozenset("əğışçöü"), "el": frozenset("αβγδεζηθικλμνξοπρστυφχψω")}
_BY_SCRIPT = {Script.CYRILLIC: "ru", Script.GREEK: "el"}
_WRITTEN_IN = {Script.LATIN: {"en", "az"}, Script.CYRILLIC: {"ru", "tt"}, Script.GREEK: {"el"}}
_OWN_SCRIPT_WEIGHT = 2
"""A word in another script may be transliterated, or a name that only sounds like it."""
_LETTER_WEIGHT = 6
_SHORTEST_WORD = 3


def detect_language(reading: Reading) -> str | None:
    """One of the regime's languages; None when nothing in the text tells."""
    votes: Counter[str] = Counter()
    for index in reading.words:
        word = reading.tokens[index].text
        if word.isdigit() or _in_a_code(reading, index):
            continue
        script = key(word)[1]
        spoken = {mark.entry.language for mark in reading.by_token.get(index, ())}
        for language in spoken:
            votes[language] += _OWN_SCRIPT_WEIGHT if language in _WRITTEN_IN[script] else 1
        if not spoken and script in _BY_SCRIPT:
            votes[_BY_SCRIPT[script]] += _OWN_SCRIPT_WEIGHT
        for language, letters in _OWN_LETTERS.items():
            votes[language] += _LETTER_WEIGHT * (not letters.isdisjoint(word.casefold()))
    ranked = [(count, language) for language, count in votes.items() if count and language in reading.regime.languages]
    return max(ranked, key=lambda vote: (vote[0], -reading.regime.languages.index(vote[1])))[1] if ranked else None


def _in_a_code(reading: Reading, index: int) -> bool:
    """Whether letters stand among digits, as in «HH94-8X34», and are no word: they tell of no language."""
    token = reading.tokens[index]
    start = reading.text.rfind(" ", 0, token.start) + 1
    stretch = reading.text[start:].split(maxsplit=1)[0]
    marks = reading.by_token.get(index, ())
    word = any(not mark.fuzzy and min(len(token.text), len(mark.entry.phrase)) >= _SHORTEST_WORD for mark in marks)
    return not word and any(sign.isdigit() for sign in stretch)
