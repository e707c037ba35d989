"""Spelling a code so that it is heard right: each sign with a word that begins with it.

The signs of a code look the same in Latin and Cyrillic, so that each language has its own letter for them: P is «Р,
Роман» in Russian and "P, Papa" in English. The words: what telephone exchanges say in Russian, names of that kind in
Tatar and Azerbaijani, which have no list of their own, the ICAO's in English, the armed forces' in Greek, where C alone
has no letter that looks like it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

LETTERS: Final = "AEKMHPCTYX"
"""Of the code's alphabet, in the order of the words below."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign as somebody who speaks the language reads it, and the word to say with it; of a digit, its name."""

    sign: str
    word: str


def _signs(letters: str, words: str, digits: str) -> Mapping[str, Sign]:
    named = (Sign(*pair) for pair in zip(letters.split(), words.split("|"), strict=True))
    return MappingProxyType(
        dict(zip(LETTERS, named, strict=True))
        | {str(digit): Sign(str(digit), name) for digit, name in enumerate(digits.split())}
    )


_ALPHABETS: Final[Mapping[str, Mapping[str, Sign]]] = MappingProxyType(
    {
        "ru": _signs(
            "А Е К М Н Р С Т У Х",
            "Анна|Елена|Константин|Михаил|Николай|Роман|Семён|Татьяна|Ульяна|Харитон",
            "ноль один два три четыре пять шесть семь восемь девять",
        ),
        "tt": _signs(
            "А Е К М Н Р С Т У Х",
            "Алсу|Елена|Кәрим|Марат|Наилә|Рөстәм|Салават|Тимур|Урал|Хәсән",
            "ноль бер ике өч дүрт биш алты җиде сигез тугыз",
        ),
        "en": _signs(
            "A E K M H P C T Y X",
            "Alfa|Echo|Kilo|Mike|Hotel|Papa|Charlie|Tango|Yankee|X-ray",
            "zero one two three four five six seven eight nine",
        ),
        "el": _signs(
            "Α Ε Κ Μ Η Ρ C Τ Υ Χ",
            "Αστήρ|Ερμής|Κενόν|Μέλι|Ηρώ|Ρήγας|λατινικό σι|Τίγρης|Ύμνος|Χαρά",
            "μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα",
        ),
        "az": _signs(
            "A E K M H P C T Y X",
            "Aydın|Elçin|Kamran|Murad|Həsən|Pərviz|Cavid|Tural|Yusif|Xəzər",
            "sıfır bir iki üç dörd beş altı yeddi səkkiz doqquz",
        ),
    }
)
_MOST_AT_ONCE: Final = 6
"""Signs of one spoken sentence."""


def spelled(code: str, language: str) -> tuple[tuple[Sign, ...], ...]:
    """The groups of a code as shown, ``THXA-9546-C61A``; a sign that no code has stands for itself."""
    known = _ALPHABETS.get(language, _ALPHABETS["en"])
    return tuple(tuple(known.get(sign, Sign(sign, sign)) for sign in group) for group in code.split("-"))


def dictate(code: str, language: str) -> tuple[str, ...]:
    """What is said of a code, a sentence or more a group: «Т, Татьяна. Х, Харитон. А, Анна. Девять.»

    Digits are said as words, since a digit before a full stop is an ordinal number in some languages.
    """
    return tuple(
        " ".join(_said(sign, language) for sign in part) for group in spelled(code, language) for part in _parts(group)
    )


def _parts(group: tuple[Sign, ...]) -> Iterator[tuple[Sign, ...]]:
    """A group in parts of much the same length, none longer than can be taken in."""
    count = -(-len(group) // _MOST_AT_ONCE) or 1
    length = -(-len(group) // count) or 1
    return (group[start : start + length] for start in range(0, len(group), length))


def _said(sign: Sign, language: str) -> str:
    if sign.sign.isalpha() and sign.sign != sign.word:
        return f"{sign.sign}, {sign.word}."
    first = "İ" if language == "az" and sign.word[0] == "i" else sign.word[0].upper()
    return f"{first}{sign.word[1:]}."
