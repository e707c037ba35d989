"""Searching a register as people spell: a sign wrong, a beginning, another script, a word that is not there."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import intersect, select

from monitoring.addresses.folding import asked_words, is_near, spellings_typed, words_of
from monitoring.addresses.places import KnownPlace, rows_of
from monitoring.addresses.registers import versions
from store import Work
from store.columns import table
from store.registers import RegisterSpelling, RegisterWord

MOST_FOUND: Final = 20
_LOOKED_AT: Final = 400
_MOST_WORDS: Final = 60
_SPELLING, _WORD = table(RegisterSpelling), table(RegisterWord)
Candidates = dict[str, list[str]]


def search_addresses(work: Work, typed: str) -> list[KnownPlace]:
    """The addresses that are meant, the likeliest first, at most `MOST_FOUND`; by the street alone where no house fits.

    What no register knows (a town, a flat) is left out of what was typed.
    """
    asked = asked_words(typed)
    known = {word: near for word in asked if (near := _candidates(work, word))}
    streets = {word: near for word, near in known.items() if not word[0].isdigit()}
    for wanted in (known, _with_one_number(known, streets), streets):
        if streets and wanted and (found := _standing(work, wanted)):
            return sorted(found, key=lambda one: _order(one, asked))[:MOST_FOUND]
    return []


def _candidates(work: Work, word: str) -> list[str]:
    """The words of registers that may be meant by one that was typed."""
    typed = select(_SPELLING.c.word).where(_SPELLING.c.spelling.in_(sorted(spellings_typed(word)))).distinct()
    near = [row.word for row in work.rows(typed.limit(5 * _MOST_WORDS)) if is_near(word, row.word)]
    return sorted(near, key=lambda one: (one != word, len(one), one))[:_MOST_WORDS]


def _with_one_number(known: Candidates, streets: Candidates) -> Candidates:
    """Without what stands behind the house: a flat that happens to be the number of another house."""
    house = next((word for word in known if word[0].isdigit()), None)
    return streets | {house: known[house]} if house else {}


def _standing(work: Work, wanted: Candidates) -> list[KnownPlace]:
    """The places whose addresses have a candidate for each word."""
    places: list[tuple[str, int]] = []
    for version in versions(work).values():
        each = [
            select(_WORD.c.place).where(_WORD.c.version == version, _WORD.c.word.in_(near)) for near in wanted.values()
        ]
        both = intersect(*each).subquery() if len(each) > 1 else each[0].distinct().subquery()
        rows = work.rows(select(both.c.place).order_by(both.c.place).limit(_LOOKED_AT))
        places += [(version, row.place) for row in rows]
    return rows_of(work, places)


def _order(one: KnownPlace, asked: Sequence[str]) -> tuple[int, int, list[tuple[int, str]]]:
    """Words as they were typed before words that are near; then houses by number."""
    theirs = words_of(one.text)
    mistaken = sum(word not in theirs for word in asked)
    numbers = [(int(word), "") if word.isdigit() else (0, word) for word in theirs if word[0].isdigit()]
    return mistaken, len(theirs), numbers
