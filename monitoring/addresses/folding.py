"""Addresses as they are searched: words without case, accents, kind of street, and what is often heard for another.

«ул. Фёдора Достоевского, д. 12, корп. 2», «федора дастаевскава 12/2» and ``Dostoevskogo 12`` come to words that are the
same or a sign apart. Both scripts fold to one, since a register and who searches it need not agree on one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

LONGEST: Final = 200
"""Signs of an address that are looked at."""
_LONGEST_WORD: Final = 24
_MOST_WORDS: Final = 8
_LEAST_PREFIX: Final = 3
_LEAST_MISTAKEN: Final = 4
_TO_LATIN = str.maketrans(
    dict(
        zip(
            "абвгдежзийклмнопрстуфхцчшщъыьэюяәөүҗңһіў",
            "a b v g d e zh z i i k l m n o p r s t u f h c ch sh sh  i  e u a e o u zh n h i u".split(" "),
            strict=True,
        )
    )
)
_GENERIC = frozenset(
    (
        "улица ул проспект просп пр прт пер переулок шоссе ш бульвар бул б набережная наб площадь пл проезд тупик "
        "аллея дом д корпус корп к строение стр владение вл квартира кв город г гор район рн республика респ область "
        "обл село деревня посёлок пос пгт микрорайон мкр и им имени урам урамы йорт шәһәр шәһәре авыл авылы проспекты "
        "street st avenue ave av road rd lane ln square sq boulevard blvd house building bld flat apartment apt city of"
    ).split()
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_ALIKE = (("kh", "h"), ("ts", "c"), ("ya", "a"), ("ia", "a"), ("yu", "u"), ("iu", "u"), ("ye", "e"), ("ie", "e"))
_VOWELS = str.maketrans("oyjwq", "aiivk")
_HEARD = (("ogo", "ovo"), ("ego", "evo"), ("ci", "ce"), ("tc", "c"), ("e", "i"), ("dzh", "zh"))
_DOUBLED = re.compile(r"(.)\1+")


def words_of(address: str) -> tuple[str, ...]:
    """The folded words of an address, each once, in order; a number of a house is one, ``12a`` as ``12`` beside it."""
    return tuple(dict.fromkeys(_words(address)))[: 2 * _MOST_WORDS]


def asked_words(typed: str) -> tuple[str, ...]:
    """The folded words of what is searched for; of ``12a`` that alone."""
    return tuple(dict.fromkeys(word for word in _words(typed, whole=True)))[:_MOST_WORDS]


def spellings_of(word: str) -> set[str]:
    """What a word of a register is found by: itself, itself with a sign less, and its beginnings."""
    if word[0].isdigit():
        return {word}
    beginnings = {f"{word[:signs]}*" for signs in range(_LEAST_PREFIX, len(word))}
    return {word} | beginnings | _shorter(word)


def spellings_typed(word: str) -> set[str]:
    """What to look for where this word was typed: it may be mistaken by a sign, or be a beginning."""
    if word[0].isdigit():
        return {word}
    return {word, f"{word}*"} | _shorter(word)


def is_near(typed: str, word: str) -> bool:
    """Whether a word can be meant: the same, begun, or mistaken by one sign (two that changed places are one)."""
    return word == typed or (len(typed) >= _LEAST_PREFIX and word.startswith(typed)) or _mistaken(typed, word)


def _shorter(word: str) -> set[str]:
    if len(word) < _LEAST_MISTAKEN:
        return set()
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def _mistaken(typed: str, word: str) -> bool:
    if min(len(typed), len(word)) < _LEAST_MISTAKEN - 1 or abs(len(typed) - len(word)) > 1:
        return False
    start = next((place for place, pair in enumerate(zip(typed, word, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    rest, other = typed[start:], word[start:]
    swapped = len(rest) > 1 and len(other) > 1 and rest[1] + rest[0] + rest[2:] == other
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


def _words(text: str, *, whole: bool = False) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    tokens = _with_letters(_TOKEN.findall(plain))
    named = [token for token in tokens if token not in _GENERIC] or tokens
    for token in named:
        if token[0].isdigit():
            number = _letters(token)
            yield number
            if not whole and not number.isdigit():
                yield re.sub(r"\D+", "", number)
        elif folded := _heard(token):
            yield folded


def _with_letters(tokens: Iterable[str]) -> list[str]:
    """A letter alone behind a number belongs to it: «12 а»; unless a number follows, as in «12 к 2»."""
    found = list(tokens)
    joined: list[str] = []
    for place, token in enumerate(found):
        follows = place > 0 and found[place - 1].isdigit()
        leads = place + 1 < len(found) and found[place + 1].isdigit()
        if follows and len(token) == 1 and token.isalpha() and not leads:
            joined[-1] += token
        else:
            joined.append(token)
    return joined


@lru_cache(maxsize=4096)
def _transliterated(letter: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(sign))
    return bare.translate(_TO_LATIN)


def _letters(token: str) -> str:
    return "".join(map(_transliterated, token))[:_LONGEST_WORD]


def _heard(token: str) -> str:
    """A word as it sounds, roughly; equal for spellings that are often mistaken for each other."""
    word = _letters(token)
    for written, alike in _ALIKE:
        word = word.replace(written, alike)
    for ending, said in _HEARD[:2]:
        word = word.removesuffix(ending) + (said if word.endswith(ending) else "")
    for written, heard in _HEARD[2:]:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word.translate(_VOWELS))
