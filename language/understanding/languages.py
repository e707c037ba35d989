"""Which language a text is in, by its script and its words."""

from collections import Counter

from language.understanding.reading import Reading
from language.understanding.spelling import Script, key

_OWN_LETTERS = {"tt": frozenset("әөүҗңһ"), "az": frozenset("əğışçöü"), "el": frozenset("αβγδεζηθικλμνξοπρστυφχψω")}
_BY_SCRIPT = {Script.CYRILLIC: "ru", Script.GREEK: "el"}
_LETTER_WEIGHT = 3
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
        votes.update(_spoken(spoken, script))
        if not spoken and script in _BY_SCRIPT:
            votes[_BY_SCRIPT[script]] += 1
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


def _spoken(languages: set[str], script: Script) -> set[str]:
    """Of the languages that have a word, those that are written in its script, if there are any."""
    native = languages & ({"en", "az"} if script is Script.LATIN else {"ru", "tt", "el"})
    return native or languages
