"""What is said aloud and is no errand: the names of letters, the usual words for them, numbers in words.

Words are compared in capitals' and accents' despite. Tatars and Azerbaijanis use Russian words beside their own, Greeks
English names of Latin letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from language.understanding.vocabulary import table

_ALSO: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"tt": ("ru",), "az": ("ru",), "el": ("en",)})
_ACCENT: Final = re.compile("[\u0300\u0301\u0308]")
_LATIN: Final = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")
"""Greek capitals as the signs of codes; Cyrillic ones are folded where codes are read."""
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_LONGEST: Final = 3
"""Words of a phrase."""


class Sort(StrEnum):
    """What sort of thing was said."""

    LETTER = "letter"  # the name of a letter, or the letter itself
    NAME = "name"  # a word for a letter, by its first sign
    DIGITS = "digits"  # a number in digits
    UNIT = "unit"  # 1 to 9, in words like all that follow
    SEVERAL = "several"  # 0 to 9 in the plural, as in «две девятки»
    ZERO = "zero"
    TEEN = "teen"  # 10 to 19
    TEN = "ten"  # 20, 30, ...; 10 too where 11 is "ten one"
    HUNDRED = "hundred"  # 100 to 900
    HUNDRED_TIMES = "hundred times"
    THOUSAND = "thousand"
    REPEAT = "repeat"  # 2 or 3 times what follows
    AND = "and"
    LIKE = "like"  # what follows, or stood before, is a word for the letter
    SKIP = "skip"
    OTHER = "other"


NUMBERS: Final = frozenset(
    {
        *(Sort.DIGITS, Sort.UNIT, Sort.SEVERAL, Sort.ZERO, Sort.TEEN, Sort.TEN),
        *(Sort.HUNDRED, Sort.HUNDRED_TIMES, Sort.THOUSAND, Sort.REPEAT),
    }
)


@dataclass(frozen=True, slots=True)
class Sound:
    """One word or phrase heard: as it was written, its sort, and its number or the signs it can stand for."""

    text: str
    sort: Sort
    number: int = 0
    signs: tuple[str, ...] = ()


def sounds(text: str, language: str) -> Iterator[Sound]:
    """`text`, cut into the words and phrases that are known, and all others."""
    known = _known(language)
    words = _WORD.findall(unicodedata.normalize("NFKC", text))
    bare = [plain(word, language) for word in words]
    start = 0
    while start < len(words):
        ends = range(min(start + _LONGEST, len(words)), start, -1)
        end = next((end for end in ends if " ".join(bare[start:end]) in known), start + 1)
        written = " ".join(words[start:end])
        meant = known.get(" ".join(bare[start:end]))
        if written.isdecimal():
            yield Sound(written, Sort.DIGITS)
        elif meant is None:
            yield Sound(written, Sort.OTHER)
        else:
            yield Sound(written, meant.sort, meant.number, meant.signs)
        start = end


def plain(word: str, language: str) -> str:
    """A word as it is compared: small letters, without stress or accents."""
    if language == "az":
        word = word.replace("İ", "i").replace("I", "ı")
    small = word.lower().replace("ё", "е").replace("ς", "σ")
    if language == "el":
        small = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", small)))
    return small


def typed(letters: str) -> str:
    """Letters as somebody types them into a code."""
    return letters.upper().translate(_LATIN)


def signs_of(letter: str, language: str) -> tuple[str, ...]:
    """What a letter by itself can stand for."""
    known = _known(language).get(letter)
    return known.signs if known and known.signs else (typed(letter),)


@cache
def _known(language: str) -> Mapping[str, Sound]:
    """Every phrase; a language's own go before those of another."""
    known: dict[str, Sound] = {}
    for one in (*_ALSO.get(language, ()), language):
        known |= {" ".join(plain(word, language) for word in sound.text.split()): sound for sound in _sounds(one)}
    return MappingProxyType(known)


def _sounds(language: str) -> Iterator[Sound]:
    words = table(language)
    for section, sort in (("letter_words", Sort.NAME), ("letters", Sort.LETTER)):
        for signs, phrases in words.get(section, {}).items():
            yield from (Sound(phrase, sort, signs=tuple(signs.split("|"))) for phrase in phrases)
    spelling = words.get("spelling", {})
    for name, sort in (("skip", Sort.SKIP), ("like", Sort.LIKE)):
        yield from (Sound(phrase, sort) for phrase in spelling.get(name, ()))
    yield from (Sound(phrase, Sort.LIKE, 4) for phrase in spelling.get("like_or_four", ()))
    yield from _numbers(words.get("figures", {}))


def _numbers(figures: Mapping[str, list[str]]) -> Iterator[Sound]:
    yield from _counted(figures.get("several", ()), Sort.SEVERAL, range(10))
    yield from _counted(figures.get("units", ()), Sort.UNIT, range(1, 10))
    yield from _counted(figures.get("teens", ()), Sort.TEEN, range(10, 20))
    yield from _counted(figures.get("tens", ()), Sort.TEN, range(10, 100, 10))
    yield from _counted(figures.get("hundreds", ()), Sort.HUNDRED, range(100, 1000, 100))
    for name, sort, number in (
        ("zero", Sort.ZERO, 0),
        ("hundred", Sort.HUNDRED_TIMES, 100),
        ("thousand", Sort.THOUSAND, 1000),
        ("twice", Sort.REPEAT, 2),
        ("thrice", Sort.REPEAT, 3),
        ("and", Sort.AND, 0),
    ):
        yield from (Sound(phrase, sort, number) for phrase in figures.get(name, ()))


def _counted(spellings: Iterable[str], sort: Sort, numbers: range) -> Iterator[Sound]:
    for number, phrases in zip(numbers, spellings, strict=False):
        yield from (Sound(phrase, sort, number) for phrase in phrases.split("|") if phrase)
