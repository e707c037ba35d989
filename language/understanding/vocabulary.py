"""The words of each language, from words/*.toml: commands, everyday words, labels, numbers, families of synonyms."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

KNOWN = ("ru", "tt", "en", "el", "az")


class Kind(StrEnum):
    """What sort of thing a word or phrase says."""

    PURPOSE = "purpose"  # value: its number
    EXEMPTION = "exemption"  # value: ("no_pass_needed" or "exempt", place in the list)
    ZONE = "zone"  # value: its key
    COMMAND = "command"  # value: a name under [commands]
    LANGUAGE = "language"  # value: a language's code
    LABEL = "label"  # value: a field's name
    ROLE = "role"  # value: a name under [words] or [nouns]
    NUMBER = "number"  # value: 1 to 20
    MONTH = "month"  # value: 1 to 12
    WEEKDAY = "weekday"  # value: 0 is Monday


Value = str | int | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of one language and what it says; `inflected`: it is known in its other forms too."""

    phrase: str
    kind: Kind
    value: Value
    language: str
    inflected: bool = False


@cache
def everyday(language: str) -> tuple[Entry, ...]:
    """Every entry of a language's file but its families; none for a language without a file."""
    return tuple(_entries(language, table(language)))


@cache
def families(language: str) -> tuple[frozenset[str], ...]:
    """Groups of words that mean the same errand."""
    return tuple(frozenset(words) for words in table(language).get("families", {}).values())


@cache
def patients_words(language: str) -> tuple[tuple[str, str], ...]:
    """What people at home say, each phrase with the name of the word it stands for; apart, since to others the same
    phrases are errands: «больница»."""
    told = table(language).get("patients", {})
    return tuple((phrase, word) for word, phrases in told.items() for phrase in phrases)


def with_synonyms(keywords: tuple[str, ...], language: str) -> frozenset[str]:
    """`keywords` and every word of a family one of them belongs to."""
    given = frozenset(keyword.casefold() for keyword in keywords)
    return given.union(*(family for family in families(language) if family & given))


def table(language: str) -> Mapping[str, Mapping[str, list[str]]]:
    """The file of a language; empty for a language without one."""
    if language not in KNOWN:
        return {}
    return tomllib.loads((files(__package__) / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def _entries(language: str, table: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Entry]:
    plain = {"commands": Kind.COMMAND, "languages": Kind.LANGUAGE, "words": Kind.ROLE}
    inflected = {"nouns": Kind.ROLE, "labels": Kind.LABEL}
    for section, kind in (plain | inflected).items():
        for value, phrases in table.get(section, {}).items():
            yield from (Entry(phrase, kind, value, language, section in inflected) for phrase in phrases)
    order = table.get("order", {})
    for name, kind, first in (("numbers", Kind.NUMBER, 1), ("months", Kind.MONTH, 1), ("weekdays", Kind.WEEKDAY, 0)):
        for place, spellings in enumerate(order.get(name, []), start=first):
            yield from (Entry(phrase, kind, place, language) for phrase in spellings.split("|"))
