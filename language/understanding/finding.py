"""Fields that show by their look anywhere in a text: documents, dates, plates, cards, tax numbers, phones."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from codes.fields import Field
from codes.regime import Regime
from language.fields import Fit, read_field
from language.understanding.tokens import Token

_WIDEST = 8  # tokens
_JOINERS = frozenset("-#./*_")
_LONGEST_SERIES = 5  # letters before a document's digits, typed together
_LONGEST_SERIES_APART = 3
_NUMBER_WORDS = frozenset({"номер", "номером", "number", "no", "серия"})  # «серия 9219 номер 632506»
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[.:]\d{2}(?!\d)")
_DATE = re.compile(
    r"(?<![\d.])(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2} [^\W\d_]{3,9} \d{4})(?![\d])"
)
_RUSSIAN_PHONE = re.compile(r"[78]?[3489]\d{9}")
_PHONE_GROUPS = ((1, 3, 3, 2, 2), (1, 3, 3, 4), (1, 3, 7), (3, 3, 2, 2), (3, 3, 4), (11,))
_DIGITS_MEANT = range(5, 15)
_ENOUGH_DIGITS = 5
_FEWEST_DIGITS = 2
_FEWEST_IN_ROW = 3
_LONGEST_IN_ROW = 3  # digits
_MORE_IN_ROW = 2  # a purpose's number may stand beside «92 19 632 506»
_NUMBER_WORD = re.compile(r",?\s*\b(?:номером|номер|number|no|серия)\b", re.IGNORECASE)

Windows = list[tuple[int, str]]
Look = Callable[[int, Windows], "Found | None"]


@dataclass(frozen=True, slots=True)
class Found:
    """A field in the tokens `first` to `last` (inclusive); `field` None: a phone number, which says nothing here."""

    first: int
    last: int
    field: Field | None
    value: str
    fine: bool = True


@dataclass(frozen=True, slots=True)
class Search:
    """One text's search: what is looked at, which words are known, which labels stand where."""

    text: str
    tokens: tuple[Token, ...]
    known: Container[int]
    labels: Mapping[int, Field]
    regime: Regime
    today: date
    wanted: frozenset[Field]
    headed: bool

    def fields(self) -> list[Found]:
        """Every field found, from left to right, none overlapping."""
        if sum(len(token.text) for token in self.tokens if token.kind == "number") < _FEWEST_DIGITS:
            return []
        found = list(self._dates())
        for look in (self._at, self._malformed):
            taken = {index for one in found for index in range(one.first, one.last + 1)}
            found += self._everywhere(look, taken)
        return sorted(found, key=lambda one: one.first)

    def _everywhere(self, look: Look, taken: set[int]) -> Iterator[Found]:
        index = 0
        while index < len(self.tokens):
            windows = list(self._windows(index, taken)) if self._begins(index, taken) else []
            one = look(index, windows) if windows else None
            index = index + 1 if one is None else one.last + 1
            if one is not None:
                yield one

    def _dates(self) -> Iterator[Found]:
        for match in _DATE.finditer(self.text):
            reading = read_field(Field.BIRTH_DATE, match[0], self.regime, self.today)
            if reading.fit is Fit.OTHER:
                continue
            inside = [i for i, token in enumerate(self.tokens) if match.start() <= token.start < match.end()]
            meant = self._label(inside[0]) is Field.BIRTH_DATE
            if reading.fit is Fit.FINE or meant or _past_year(match[0], self.today):
                yield Found(inside[0], inside[-1], Field.BIRTH_DATE, reading.value, reading.fit is Fit.FINE)

    def _begins(self, index: int, taken: set[int]) -> bool:
        token = self.tokens[index]
        if index in taken or token.kind == "sign":
            return False
        if token.kind == "word" and (index in self.known or not self._is_series(index)):
            return False
        if index == 0 or self.tokens[index - 1].end < token.start:
            return True
        before = self.tokens[index - 1]
        return before.kind == "sign" or index - 1 in self.known or (before.kind == "number" and len(before.text) < 3)

    def _is_series(self, index: int) -> bool:
        """Whether a word is short enough to be a document's series, or part of a plate."""
        token = self.tokens[index]
        glued = index + 1 < len(self.tokens) and self.tokens[index + 1].start == token.end
        return len(token.text) <= (_LONGEST_SERIES if glued else _LONGEST_SERIES_APART)

    def _label(self, index: int) -> Field | None:
        """The label that stands before a token, at most two words or signs away."""
        return next(
            (self.labels[before] for before in range(index - 1, max(-1, index - 4), -1) if before in self.labels), None
        )

    def _windows(self, index: int, taken: set[int]) -> Iterator[tuple[int, str]]:
        """Stretches of tokens from `index` that can be one number or plate: their last token, their text."""
        for last in range(index, min(len(self.tokens), index + _WIDEST)):
            token = self.tokens[last]
            if last in taken or token.text == "\n" or (token.kind == "sign" and not self._joins(last)):
                return
            if token.text.casefold() in _NUMBER_WORDS and last > index:
                continue
            if token.kind == "word" and (last in self.known or not self._is_series(last)):
                return
            following = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
            glued = following is not None and following.start == token.end and following.kind != "sign"
            given = _NUMBER_WORD.sub(" ", self.text[self.tokens[index].start : token.end])
            if _CLOCK.search(given):
                return
            if token.kind != "sign" and not (glued and last + 1 not in self.known) and not given.isalpha():
                yield last, given

    def _joins(self, index: int) -> bool:
        """Whether a sign can stand inside a number; a comma where «серия 9219, номер 632506» goes on."""
        if self.tokens[index].text == ",":
            return index + 1 < len(self.tokens) and self.tokens[index + 1].text.casefold() in _NUMBER_WORDS
        return self.tokens[index].text in _JOINERS

    def _at(self, index: int, windows: Windows) -> Found | None:
        if (phone := self._phone(index, windows)) is not None:
            return phone
        label = self._label(index)
        for field in (label, Field.PLATE, Field.DOCUMENT, Field.CARD, Field.TAX_NUMBER, Field.POSTCODE):
            if field in self.wanted and (found := self._fitting(field, index, windows, label)):
                return found
        return None

    def _fitting(self, field: Field, index: int, windows: Windows, label: Field | None) -> Found | None:
        best: Found | None = None
        for last, given in windows:
            if best is not None and len(self.tokens[last].text) < 3:
                break
            if field is not label and not (_plain(field, given) and not self._enumerated(index, last)):
                continue
            reading = read_field(field, given, self.regime, self.today)
            if reading.fit is Fit.FINE:
                best = Found(index, last, field, reading.value)
            elif best is not None:
                break
        return best

    def _enumerated(self, first: int, last: int) -> bool:
        """Whether short numbers stand in a longer row of them: «0 1 2 3 …» is no document, whatever is cut from it."""
        groups = [token for token in self.tokens[first : last + 1] if token.kind == "number"]
        if len(groups) < _FEWEST_IN_ROW or max(len(token.text) for token in groups) > _LONGEST_IN_ROW:
            return False
        before = next((n for n, token in enumerate(reversed(self.tokens[:first])) if token.kind != "number"), first)
        rest = len(self.tokens) - last - 1
        after = next((n for n, token in enumerate(self.tokens[last + 1 :]) if token.kind != "number"), rest)
        return before + after >= _MORE_IN_ROW

    def _phone(self, index: int, windows: Windows) -> Found | None:
        plus = index > 0 and self.tokens[index - 1].text == "+"
        for last, given in reversed(windows):
            digits = re.sub(r"\D", "", given)
            groups = tuple(len(token.text) for token in self.tokens[index : last + 1] if token.kind == "number")
            grouped = self.regime.phone_region == "RU" and groups in _PHONE_GROUPS and _RUSSIAN_PHONE.fullmatch(digits)
            if (plus and 9 <= len(digits) <= 15) or (grouped and len(digits) + len(groups) > 11):
                return Found(index, last, None, digits)
        return None

    def _malformed(self, index: int, windows: Windows) -> Found | None:
        last, given = windows[-1]
        label = self._label(index)
        field = label if label in self.wanted else Field.DOCUMENT if Field.DOCUMENT in self.wanted else None
        digits = sum(sign.isdigit() for sign in given)
        letters = sum(sign.isalpha() for sign in given)
        longest = max(map(len, re.findall(r"\d+", given)), default=0)
        certain = label is not None or self.headed
        if not certain and any(token.kind == "word" and i not in self.known for i, token in enumerate(self.tokens)):
            return None
        if field is None or digits not in _DIGITS_MEANT or (not certain and (letters or longest < _ENOUGH_DIGITS)):
            return None
        reading = read_field(field, given, self.regime, self.today)
        return Found(index, last, field, given, fine=False) if reading.fit is Fit.MALFORMED else None


def _plain(field: Field, given: str) -> bool:
    """Whether a field may be taken from these tokens without a label: a card or tax number has no gaps or letters."""
    if field in (Field.CARD, Field.TAX_NUMBER):
        return given.isdigit() and len(given) >= 10
    return field is not Field.POSTCODE or given.isalnum()


def _past_year(given: str, today: date) -> bool:
    year = re.search(r"(?:19|20)\d\d", given)
    return year is not None and int(year[0]) < today.year
