"""The forms a keyword takes in running text, in each language."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer

_TATAR_HARD = "га ка на да та дан тан нан ны ның лар нар ларга нарга лардан ым ымны ымга ыма ына ын ы ыбызга".split()
_TATAR_SOFT = "гә кә нә дә тә дән тән нән не нең ләр нәр ләргә нәргә ләрдән ем емне емгә емә енә ен е ебезгә".split()
_AZERI_HARD = "a ya da dan ı yı nı ın nın lar lara lardan sı sına ım ıma ımı u yu un nun na".split()
_AZERI_SOFT = "ə yə də dən i yi ni in nin lər lərə lərdən si sinə im imə imi ü yü ün nün nə".split()
_GREEK_ENDINGS = ("ος", "ας", "ης", "ες", "ου", "οι", "ια", "ι", "ο", "η", "α", "ς")
_GREEK_FORMS = (
    "ος",
    "ου",
    "ο",
    "οι",
    "ους",
    "ων",
    "ε",
    "η",
    "ης",
    "ες",
    "α",
    "ας",
    "ι",
    "ιου",
    "ια",
    "εις",
    "εια",
    "ειο",
)
_SHORTEST_STEM = 3

_RUSSIAN_WORD = re.compile("[а-яё-]+", re.IGNORECASE)
"""All that the dictionary is asked about: it raises on letters without a name in Unicode."""


@cache
def _russian() -> MorphAnalyzer:
    return MorphAnalyzer()


def inflect(word: str, language: str) -> frozenset[str]:
    """Every form of `word`, itself among them, in lower case."""
    word = word.casefold()
    return frozenset({word}) | _FORMS[language](word) if language in _FORMS else frozenset({word})


def is_russian(word: str) -> bool:
    """Whether a word has Russian letters only."""
    return _RUSSIAN_WORD.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def in_dictionary(word: str) -> bool:
    """Whether `word` is a Russian word as it stands, and so no slip of the finger."""
    return is_russian(word) and bool(_russian().word_is_known(word.casefold()))


@lru_cache(maxsize=4096)
def tags(word: str) -> frozenset[str]:
    """OpenCorpora grammemes of the likeliest reading of a Russian word, such as ``NOUN``, ``Surn``, ``past``."""
    return frozenset(map(str, _russian().parse(word.casefold())[0].tag.grammemes)) if is_russian(word) else frozenset()


@lru_cache(maxsize=4096)
def tells_where(word: str) -> bool:
    """Whether a Russian noun after «в» or «на» says where somebody is, and cannot say where to: «в магазине»."""
    if not is_russian(word):
        return False
    cases = frozenset(str(parse.tag.case) for parse in _russian().parse(word.casefold()))
    return "loct" in cases and "accs" not in cases


@lru_cache(maxsize=4096)
def part_of_name(word: str) -> bool:
    """Whether a Russian word can be a family name, a given name or a patronymic."""
    if not is_russian(word):
        return False
    return any(
        not {"Surn", "Name", "Patr"}.isdisjoint(parse.tag.grammemes) for parse in _russian().parse(word.casefold())
    )


def _russian_forms(word: str) -> frozenset[str]:
    parses = _russian().parse(word)
    own = [parse for parse in parses if parse.normal_form == word] or parses[:1]
    return frozenset(form.word for parse in own for form in parse.lexeme)


def _english_forms(word: str) -> frozenset[str]:
    stem = word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + "s"
    return frozenset({stem, word + "es", word + "'s"})


def _suffixed(hard: list[str], soft: list[str], front: str) -> Callable[[str], frozenset[str]]:
    def forms(word: str) -> frozenset[str]:
        vowels = [letter for letter in word if letter in front + "аоуыaouı"]
        suffixes = soft if vowels and vowels[-1] in front else hard
        return frozenset(word + suffix for suffix in suffixes)

    return forms


def _greek_forms(word: str) -> frozenset[str]:
    ending = next((ending for ending in _GREEK_ENDINGS if word.endswith(ending)), "")
    stem = word[: len(word) - len(ending)]
    return frozenset(stem + form for form in _GREEK_FORMS) if len(stem) >= _SHORTEST_STEM and ending else frozenset()


_FORMS: dict[str, Callable[[str], frozenset[str]]] = {
    "ru": _russian_forms,
    "en": _english_forms,
    "tt": _suffixed(_TATAR_HARD, _TATAR_SOFT, "әөүеэи"),
    "az": _suffixed(_AZERI_HARD, _AZERI_SOFT, "əeiöü"),
    "el": _greek_forms,
}
