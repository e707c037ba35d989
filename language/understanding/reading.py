"""A text read once: its tokens, what each word says, the fields in it. Everything else asks this."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from codes.fields import Field
from codes.regime import CodeShape, Regime
from language.understanding.finding import Found, Search
from language.understanding.lexicon import Lexicon, lexicon_of
from language.understanding.spelling import normalise
from language.understanding.tokens import Token, tokenise
from language.understanding.vocabulary import Entry, Kind, Value

_LOOSE = 2
"""Foreign words allowed between the first and the last word of a phrase."""
_TINY = 4
"""Signs of a phrase whose words are too common to belong together from afar: «не я»."""
_COVERING = frozenset({Kind.PURPOSE, Kind.EXEMPTION, Kind.COMMAND, Kind.LABEL, Kind.ZONE, Kind.LANGUAGE})
_ANY_ORDER = frozenset({Kind.PURPOSE, Kind.EXEMPTION, Kind.LABEL, Kind.ZONE})
_NONE: frozenset[Value] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the lexicon found in a text, with the tokens of its phrase."""

    entry: Entry
    tokens: tuple[int, ...]
    sure: bool = True
    fuzzy: bool = False


@dataclass
class Reading:
    """One text under one regime at one moment."""

    text: str
    tokens: tuple[Token, ...]
    marks: tuple[Mark, ...]
    regime: Regime
    shapes: tuple[CodeShape, ...]
    """What a code may look like."""
    now: datetime
    found: tuple[Found, ...] = ()
    by_token: dict[int, list[Mark]] = field(default_factory=dict)
    roles: dict[int, frozenset[Value]] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Mark]:
        """The marks of one kind, from left to right."""
        return [mark for mark in self.marks if mark.entry.kind is kind]

    def says(self, token: int, kind: Kind, *values: Value) -> bool:
        """Whether a token is part of an entry of this kind (with one of these values, when given)."""
        marks = self.by_token.get(token, ())
        return any(mark.entry.kind is kind and (not values or mark.entry.value in values) for mark in marks)

    def role(self, token: int, *roles: str) -> bool:
        """Whether a token is a word of one of these everyday roles."""
        return not self.roles.get(token, _NONE).isdisjoint(roles)

    def any_role(self, *roles: str) -> bool:
        """Whether any token has one of these roles."""
        return not self.all_roles.isdisjoint(roles)

    @cached_property
    def all_roles(self) -> frozenset[Value]:
        """The roles of all its words together."""
        return _NONE.union(*self.roles.values())

    @cached_property
    def words(self) -> tuple[int, ...]:
        """The tokens that are words or numbers."""
        return tuple(index for index, token in enumerate(self.tokens) if token.kind != "sign")

    @cached_property
    def in_fields(self) -> frozenset[int]:
        """Tokens that belong to fields found."""
        return frozenset(index for one in self.found for index in range(one.first, one.last + 1))

    @property
    def sound_fields(self) -> dict[Field, str]:
        """The fields found that are what they should be; of two of a kind the first."""
        return {one.field: one.value for one in reversed(self.found) if one.field is not None and one.fine}

    def slice(self, tokens: Iterable[int]) -> str:
        """The stretch of text from the first to the last of these tokens."""
        indices = sorted(tokens)
        return self.text[self.tokens[indices[0]].start : self.tokens[indices[-1]].end] if indices else ""


def read(text: str, regime: Regime, shapes: tuple[CodeShape, ...], now: datetime) -> Reading:
    """`text` read under `regime`, with codes of these `shapes`; `now` is aware and in the regime's zone."""
    lexicon = lexicon_of(regime)
    text = normalise(text)
    tokens = tokenise(text)
    marks = _marks(tokens, lexicon)
    by_token: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        for token in mark.tokens:
            by_token[token].append(mark)
    labels = {mark.tokens[-1]: Field(str(mark.entry.value)) for mark in marks if mark.entry.kind is Kind.LABEL}
    wanted = lexicon.wanted.union(labels.values())
    headed = any(mark.entry.value == "register" and not mark.fuzzy for mark in marks)
    known = frozenset(token for token in by_token if not _part_of_number(tokens, token))
    found = Search(text, tokens, known, labels, regime, now.date(), wanted, headed).fields()
    roles = {
        token: frozenset(mark.entry.value for mark in by_token[token] if mark.entry.kind is Kind.ROLE)
        for token in by_token
    }
    return Reading(text, tokens, marks, regime, shapes, now, tuple(found), dict(by_token), roles)


def _part_of_number(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a letter or two are typed together with digits, as in a plate or a code: «А123ВС»."""
    token = tokens[index]
    beside = [
        other
        for other in (*tokens[index + 1 : index + 2], *tokens[max(0, index - 1) : index])
        if other.kind == "number" and len(other.text) > 1 and (other.start == token.end or other.end == token.start)
    ]
    return len(token.text) <= 2 and any(len(other.text) > 2 for other in beside)


def _marks(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Mark, ...]:
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    doubtful: set[int] = set()
    fuzzy: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind == "sign":
            continue
        hit = lexicon.look_up(token.text.casefold())
        if hit.fuzzy:
            fuzzy.add(index)
        if not hit.sure:
            doubtful.add(index)
        for entry, position in hit.parts:
            places[entry].append((position, index))
    whole = [
        Mark(lexicon.entries[entry], held, doubtful.isdisjoint(held), not fuzzy.isdisjoint(held))
        for entry, spots in places.items()
        for held in _complete(
            spots, lexicon.lengths[entry], 0 if len(lexicon.entries[entry].phrase) <= _TINY else _LOOSE
        )
        if lexicon.entries[entry].kind in _ANY_ORDER or len(held) == 1 or _in_order(spots, held)
    ]
    return tuple(sorted(_longest(whole), key=lambda mark: mark.tokens))


def _complete(spots: list[tuple[int, int]], length: int, loose: int) -> list[tuple[int, ...]]:
    """The token groups that hold every word of a phrase of `length` words, close together."""
    if length == 1:
        return [(index,) for _, index in spots]
    held: dict[int, int] = {}
    for position in range(length):  # in its order, if it is there: "as soon as possible"
        following = (index for place, index in spots if place == position and index > held.get(position - 1, -1))
        if (index := next(following, None)) is None:
            held.clear()
            break
        held[position] = index
    for position, index in spots:
        if index not in held.values():
            held.setdefault(position, index)
    group = tuple(sorted(held.values()))
    return [group] if len(group) == length and group[-1] - group[0] < length + loose else []


def _in_order(spots: list[tuple[int, int]], group: tuple[int, ...]) -> bool:
    """Whether the words of a phrase stand in its own order: «не я» is not «я не»."""
    return [position for position, index in sorted(spots, key=lambda spot: spot[1]) if index in group] == sorted(
        position for position, index in spots if index in group
    )


def _longest(marks: list[Mark]) -> list[Mark]:
    """Without the marks that lie wholly inside a longer phrase."""
    long = [set(mark.tokens) for mark in marks if len(mark.tokens) > 1 and _covers(mark.entry)]
    return [mark for mark in marks if not any(set(mark.tokens) < phrase for phrase in long)] if long else marks


def _covers(entry: Entry) -> bool:
    return entry.kind in _COVERING or entry.value in ("filler", "head", "now")
