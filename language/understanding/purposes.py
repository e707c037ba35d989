"""Which purposes a text names, and whether it surely asks for one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from language.understanding.inflection import in_dictionary, is_russian, tags, tells_where
from language.understanding.others import for_another, without_relatives
from language.understanding.reading import Mark, Reading
from language.understanding.vocabulary import Kind

EMPTY = (
    "filler", "ask", "pass", "head", "direction", "self", "at", "for", "in", "from", "or", "now", "go", "modal", "yes",
    "consent", "hour", "morning", "noon", "evening", "night", "today", "tomorrow", "after_tomorrow", "unit", "address",
    "kin", "to_kin", "behalf_of", "needs", "carry", "daytime", "numbered",
)  # fmt: skip
"""Roles of words that change nothing about what is asked for."""

_DOUBTFUL = ("doubt", "past_day", "trouble", "negation", "question")
_HARMLESS_COMMANDS = ("more", "request", "dependant", "check")
_HARMLESS_TAGS = frozenset("INFN ADJF PREP CONJ PRCL NPRO ADVB Surn Name Patr Geox 1per".split())
_PROPER = frozenset("Surn Name Patr Geox".split())
_LONGEST_NUMBER = 3
_IN = frozenset({"в", "во", "на"})
_AT = frozenset({"at", "in"})
_ADDRESS_REACH = 6  # tokens
_STRANGE = frozenset("<>{}=%\\$@^&[]~`'")


@dataclass(frozen=True)
class Named:
    """The purposes a text names: by number after a word like «цель», by number alone, by keyword; and their tokens."""

    explicit: tuple[int, ...]
    plain: tuple[int, ...]
    wrong: bool
    words: tuple[Mark, ...]
    tokens: frozenset[int]

    @cached_property
    def all(self) -> tuple[int, ...]:
        """Every purpose named, ascending."""
        return tuple(sorted({*self.explicit, *self.plain, *self.by_word}))

    @cached_property
    def by_word(self) -> set[int]:
        """The purposes named by keyword."""
        return {int(str(mark.entry.value)) for mark in self.words}


def named_purposes(reading: Reading, taken: frozenset[int]) -> Named:
    """The purposes named outside the `taken` tokens (of fields and times)."""
    explicit: list[int] = []
    plain: list[int] = []
    tokens: set[int] = set()
    wrong = False
    for index, number, digits in _numbers(reading, taken):
        pointed = _pointed(reading, index)
        alone = (len(reading.words) == 1 or _numbered(reading, index)) and _STRANGE.isdisjoint(reading.text)
        if not pointed and not alone and (not digits or _counts_something(reading, index)):
            continue
        tokens.add(index)
        if number in reading.regime.by_number:
            (explicit if pointed else plain).append(number)
        else:
            wrong = True
    words = tuple(
        mark for mark in reading.of(Kind.PURPOSE) if taken.isdisjoint(mark.tokens) and not _is_label(reading, mark)
    )
    words = tuple(mark for mark in words if mark.sure and not mark.fuzzy) or words
    words = without_relatives(reading, words, bool(explicit or plain))
    tokens.update(token for mark in words for token in mark.tokens)
    return Named(tuple(explicit), tuple(plain), wrong, words, frozenset(tokens))


def spelt_number(reading: Reading) -> int | None:
    """«ну третья», «давайте вторую»: a number in words with nothing beside it; «первый раз» and «я один» are none."""
    numbers = reading.of(Kind.NUMBER)
    if len(numbers) != 1 or reading.any_role("unit", "negation", "question") or "?" in reading.text:
        return None
    word = numbers[0].tokens[0]
    rest = [index for index in reading.words if index != word]
    spelt = not reading.role(word, "filler") and all(reading.role(index, "filler", "yes", "ask") for index in rest)
    return int(str(numbers[0].entry.value)) if spelt else None


def whose(reading: Reading, named: Named, aside: Collection[int]) -> str:
    """For whom else the purposes named are asked, as written; empty: for the sender. `aside`: times and names."""
    of_words = {token for mark in named.words for token in mark.tokens}
    return for_another(reading, named.words, named.tokens - of_words, aside)


def is_sure(reading: Reading, named: Named, taken: frozenset[int]) -> bool:
    """Whether exactly one purpose is asked for and nothing else in the text makes one doubt."""
    certain = named.explicit or named.plain or any(mark.sure for mark in named.words)
    if len(named.all) != 1 or named.wrong or not certain:
        return False
    if reading.any_role(*_DOUBTFUL) or "?" in reading.text or reading.of(Kind.EXEMPTION):
        return False
    aimed = bool(named.explicit) or any(_aimed(reading, mark) for mark in named.words)
    if not named.explicit and not named.plain and all(_only_mentioned(reading, mark) for mark in named.words):
        return False
    strays = [index for index in reading.words if index not in taken | named.tokens and not _is_empty(reading, index)]
    return all(_harmless(reading, index, aimed) for index in strays)


def _only_mentioned(reading: Reading, mark: Mark) -> bool:
    """Whether a keyword is named without being aimed at: «привет мама», «я в магазине», "I am at the hospital"."""
    if reading.any_role("ask", "pass", "go") or len(reading.words) == len(mark.tokens):
        return False
    word = mark.tokens[0]
    before = [reading.tokens[index].text.casefold() for index in _just_before(word)]
    if before[-1:] == ["у"] or not _AT.isdisjoint(before[-2:]):
        return True
    if before and before[-1] in _IN:
        return tells_where(reading.tokens[word].text)
    return reading.role(word, "filler") and not _aimed(reading, mark)


def _aimed(reading: Reading, mark: Mark) -> bool:
    return any(reading.role(index, "direction", "for") for index in _just_before(mark.tokens[0]))


def _just_before(index: int) -> range:
    return range(max(0, index - 3), index)


def _numbers(reading: Reading, taken: frozenset[int]) -> Iterator[tuple[int, int, bool]]:
    """Tokens that are numbers, in digits (True) or as a word."""
    for index in reading.words:
        token = reading.tokens[index]
        if index in taken:
            continue
        if token.kind == "number":
            if len(token.text) <= _LONGEST_NUMBER:
                yield index, int(token.text), True
        else:
            yield from ((index, int(str(m.entry.value)), False) for m in _first(reading, index, Kind.NUMBER))


def _first(reading: Reading, index: int, kind: Kind) -> list[Mark]:
    return [mark for mark in reading.by_token.get(index, ()) if mark.entry.kind is kind and mark.tokens[0] == index][:1]


def _pointed(reading: Reading, index: int) -> bool:
    """Whether a word like «цель» or «пропуск» stands before the number, or right after it."""
    before = [other for other in reading.words if other < index][-2:]
    heads = ("head",) if reading.role(index + 1, "unit") else ("head", "pass")  # «пропуск на 3 человека»
    if before and reading.role(before[-1], *heads):
        return True
    if (
        len(before) > 1
        and reading.role(before[-2], *heads)
        and reading.role(before[-1], "filler", "direction", "numbered")
    ):
        return True
    return reading.role(index + 1, "head")


def _numbered(reading: Reading, index: int) -> bool:
    """«номер восемь», "I need number two": a number in words, and nothing beside it that it could be the number of."""
    before = [other for other in reading.words if other < index][-1:]
    if not before or not reading.role(before[0], "numbered") or reading.role(index + 1, "unit"):
        return False
    rest = (other for other in reading.words if other not in (index, *before))
    return all(reading.role(other, "filler", "ask", "yes", "self", "numbered") for other in rest)


def _in_address(reading: Reading, index: int) -> bool:
    """Whether a number belongs to an address: «ул. Баумана, 5», "3 Quay Street"."""
    before = range(max(0, index - _ADDRESS_REACH), index)
    walls = [other for other in before if reading.tokens[other].text in "#*;|\n"]
    if any(reading.role(other, "address") for other in before if other > max(walls, default=-1)):
        return True
    return index > 0 and any(reading.role(other, "address") for other in (index + 1, index + 2))


def _counts_something(reading: Reading, index: int) -> bool:
    """Whether a plain number tells how many or where, or stands among signs people do not use."""
    strange = not _STRANGE.isdisjoint(reading.text)
    counted = reading.role(index + 1, "unit", "hour") or reading.role(index - 1, "unit")
    return strange or counted or _in_address(reading, index) or _inside_a_word(reading, index)


def _inside_a_word(reading: Reading, index: int) -> bool:
    """«da4u»: a digit typed for a letter."""
    token = reading.tokens[index]
    beside = [reading.tokens[other] for other in (index - 1, index + 1) if 0 <= other < len(reading.tokens)]
    glued = [one for one in beside if one.kind == "word" and token.start in (one.end, one.start - len(token.text))]
    return len(glued) == 2


def _is_label(reading: Reading, mark: Mark) -> bool:
    """«паспорт 9219632506»: the word names the field, not the errand."""
    last = mark.tokens[-1]
    return reading.says(last, Kind.LABEL) and any(last < one.first <= last + 4 for one in reading.found)


def _is_empty(reading: Reading, index: int) -> bool:
    if reading.tokens[index].text == reading.regime.number:
        return True  # «2590 цель 8»
    kinds = (Kind.LABEL, Kind.ZONE, Kind.LANGUAGE, Kind.MONTH, Kind.WEEKDAY, Kind.NUMBER)
    return (
        reading.role(index, *EMPTY)
        or any(reading.says(index, kind) for kind in kinds)
        or reading.says(index, Kind.COMMAND, *_HARMLESS_COMMANDS)
    )


def _harmless(reading: Reading, index: int, aimed: bool) -> bool:
    """Whether a word that says nothing known leaves the request as it is."""
    word = reading.tokens[index].text
    if reading.by_token.get(index) or not word.isalpha():
        return False
    if is_russian(word):
        found = tags(word)
        known = in_dictionary(word) or not _PROPER.isdisjoint(found)
        return (known and not _HARMLESS_TAGS.isdisjoint(found)) or (aimed and "NOUN" in found)
    return aimed and word[0].isupper() and not word.isupper()
