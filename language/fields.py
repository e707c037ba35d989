"""Each field as people write it: is it that field at all, is it malformed, and how is it kept.

`read_field` judges a text that is meant to be one field: an answer, or a place of a published form.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from stdnum.exceptions import ValidationError
from stdnum.gr import vat as greek_vat
from stdnum.ru import inn

from codes.fields import Field
from codes.regime import Regime
from language.visible import visible

LONGEST_TEXT = 200
LONGEST_DOCUMENT = 32
"""Signs; an order's pattern is tried on such texts before it is put in force, and never meets longer ones."""
_OLDEST = 130  # years
_ENOUGH_DIGITS = 4
_MOST_GROUPS = 5
"""Groups of digits in a document's number, as people write it: «92 19 63 25 06»."""
_DIGITS = re.compile(r"\d+")
_SERIES_LAST = re.compile(r"\d[A-Z]")

_TO_LATIN = str.maketrans("АВЕКМНОРСТУХІАΒΕΖΗΙΚΜΝΟΡΤΥΧΑ", "ABEKMHOPCTYXIABEZHIKMNOPTYXA")
_OTHER_LETTERS = str.maketrans(
    dict(zip("БГДЁЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯ", "B G D E ZH Z I I L P F C CH SH SH  Y  E IU IA".split(" "), strict=True))
)
_MISTAKEN_DIGITS = str.maketrans("OОΟIІLZЗЧSЅБBВ", "00011123455688")
"""Letters of any script that are typed for a digit: a number with one is the same number."""
_SEPARATORS = re.compile(r"[\s\-#.,/:;_*'’\"«»()]+")
_SPACES = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")

_PLATES = {
    "RU": r"[ABEKMHOPCTYX]\d{3}[ABEKMHOPCTYX]{2}\d{2,3}|[ABEKMHOPCTYX]{2}\d{5,6}|\d{4}[ABEKMHOPCTYX]{2}\d{2,3}",
    "GR": r"[A-Z]{3}\d{4}",
    "CY": r"[A-Z]{3}\d{3}",
    "AZ": r"\d{2}[A-Z]{2}\d{3}",
    "IN": r"[A-Z]{2}\d{1,2}[A-Z]{0,3}\d{4}",
    "GB": r"[A-Z]{2}\d{2}[A-Z]{3}|[A-Z]\d{1,3}[A-Z]{3}",
}
_ANY_PLATE = r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]{4,10}"
_POSTCODES = {"RU": r"\d{6}", "IN": r"[1-9]\d{5}", "CY": r"\d{4}", "GR": r"\d{5}", "AZ": r"(?:AZ)?\d{4}"}
_ANY_POSTCODE = r"(?=.*\d)[A-Z0-9]{3,8}"
_TAX_NUMBERS: dict[str, Callable[[str], str]] = {"RU": inn.validate, "GR": greek_vat.validate}

_DATE = re.compile(r"(\d{1,4})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*(\d{1,4})(?:\s*(?:г|г\.|года))?\.?")
_DATE_SOLID = re.compile(r"(\d{2})(\d{2})(\d{4})")
_DATE_WORDS = re.compile(
    r"(\d{1,2})?\s*([^\W\d_]{3,})\.?\s*(\d{1,2})?(?:st|nd|rd|th)?,?\s*(\d{4})(?:\s*(?:г|г\.|года))?"
)
_MONTHS = {
    start: month
    for month, starts in enumerate(
        (
            "янв jan ιαν yan гый", "фев feb φεβ fev", "мар mar μαρ", "апр apr απρ", "мая май may μαι μαϊ",
            "июн jun ιουν iyn iyun", "июл jul ιουλ iyul", "авг aug αυγ avq", "сен sep σεπ sen",
            "окт oct οκτ okt", "ноя nov νοε noy", "дек dec δεκ dek",
        ),
        start=1,
    )
    for start in starts.split()
}  # fmt: skip


class Fit(StrEnum):
    """How a text suits a field."""

    FINE = "fine"
    MALFORMED = "malformed"  # clearly meant as this field, but cannot be one
    OTHER = "other"  # something else


@dataclass(frozen=True, slots=True)
class FieldReading:
    """A text judged as one field; `value` is the normalised form, or the text itself unless it is fine."""

    fit: Fit
    value: str


def read_field(field: Field, given: str, regime: Regime, today: date) -> FieldReading:
    """`given`, as typed, judged and normalised as `field`; `today` is the local date, for dates of birth."""
    plain = unicodedata.normalize("NFKC", visible(given).replace("№", " "))
    text = _SPACES.sub(" ", plain).strip(" ,;#*")
    return _READERS[field](text, regime, today)


def solid(text: str) -> str:
    """`text` in capitals without separators, look-alikes in Latin, other Cyrillic letters spelt out in Latin."""
    return _SEPARATORS.sub("", text).upper().translate(_TO_LATIN).translate(_OTHER_LETTERS)


@lru_cache(maxsize=64)
def plate_pattern(region: str) -> re.Pattern[str]:
    """What a normalised number plate of a country (ISO 3166) looks like; loose where the form is not known."""
    return re.compile(_PLATES.get(region, _ANY_PLATE))


def _document(text: str, regime: Regime, _: date) -> FieldReading:
    value = solid(text)
    if _is_plate(text, regime) or _is_row(text):
        return FieldReading(Fit.MALFORMED, text)
    numeric = _SEPARATORS.sub("", text).upper().translate(_MISTAKEN_DIGITS)
    for spelling in (numeric, value) if numeric.isascii() and numeric.isdigit() else (value, value.replace("O", "0")):
        if len(spelling) <= LONGEST_DOCUMENT and re.fullmatch(regime.document_pattern, spelling):
            return FieldReading(Fit.FINE, spelling)
    digits = sum(sign.isdigit() for sign in value)
    return FieldReading(Fit.MALFORMED if digits >= _ENOUGH_DIGITS else Fit.OTHER, text)


def _is_plate(text: str, regime: Regime) -> bool:
    """Whether it ends in what can only be a car's plate; letters with digits after them may be a document's series."""
    if regime.phone_region not in _PLATES:
        return False
    parts = text.split()
    ends = (solid("".join(parts[start:])) for start in range(len(parts)))
    return any(_SERIES_LAST.search(end) and plate_pattern(regime.phone_region).fullmatch(end) for end in ends)


def _is_row(text: str) -> bool:
    """Whether it is a row of numbers: more groups than a document's number has, and not just sign by sign."""
    groups = _DIGITS.findall(text)
    return len(groups) > _MOST_GROUPS and len("".join(groups)) > len(groups)


def _birth_date(text: str, _: Regime, today: date) -> FieldReading:
    parts = _date_parts(text)
    if parts is None:
        return FieldReading(Fit.OTHER, text)
    day, month, year = parts
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    try:
        born = date(year, month, day)
    except ValueError:
        return FieldReading(Fit.MALFORMED, text)
    if not today.year - _OLDEST <= year or born > today:
        return FieldReading(Fit.MALFORMED, text)
    return FieldReading(Fit.FINE, born.isoformat())


def _date_parts(text: str) -> tuple[int, int, int] | None:
    if found := _DATE.fullmatch(text) or _DATE_SOLID.fullmatch(text):
        first, month, last = (int(part) for part in found.groups())
        return (last, month, first) if first > 31 else (first, month, last)
    if found := _DATE_WORDS.fullmatch(text):
        word = found[2].casefold()
        number = _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])
        day = found[1] or found[3]
        if number and day:
            return int(day), number, int(found[4])
    return None


def _postcode(text: str, regime: Regime, _: date) -> FieldReading:
    value = solid(text)
    if re.fullmatch(_POSTCODES.get(regime.phone_region, _ANY_POSTCODE), value):
        return FieldReading(Fit.FINE, value)
    return FieldReading(Fit.MALFORMED if value.isdigit() and 2 < len(value) < 9 else Fit.OTHER, text)


def _plate(text: str, regime: Regime, _: date) -> FieldReading:
    value = solid(text)
    pattern = plate_pattern(regime.phone_region)
    for spelling in (value, _letters_for_zeros(value)):
        if pattern.fullmatch(spelling):
            return FieldReading(Fit.FINE, spelling)
    mixed = any(sign.isdigit() for sign in value) and any(sign.isalpha() for sign in value)
    return FieldReading(Fit.MALFORMED if mixed and 4 <= len(value) <= 12 and " " not in text else Fit.OTHER, text)


def _letters_for_zeros(value: str) -> str:
    """A Russian plate with zeros typed for the letter O, where letters stand."""
    if len(value) < 6:
        return value
    return value[0].replace("0", "O") + value[1:4].replace("O", "0") + value[4:6].replace("0", "O") + value[6:]


def _card(text: str, _: Regime, __: date) -> FieldReading:
    value = solid(text)
    if not value.isdigit():
        return FieldReading(Fit.OTHER, text)
    return FieldReading(Fit.FINE if 8 <= len(value) <= 19 else Fit.MALFORMED, value)


def _tax_number(text: str, regime: Regime, _: date) -> FieldReading:
    value = solid(text)
    validate = _TAX_NUMBERS.get(regime.phone_region)
    if validate is None:
        return FieldReading(Fit.FINE if re.fullmatch(r"[A-Z0-9]{5,15}", value) else Fit.OTHER, value)
    try:
        return FieldReading(Fit.FINE, validate(value))
    except ValidationError:
        return FieldReading(Fit.MALFORMED if value.isdigit() and len(value) >= 5 else Fit.OTHER, text)


def _name(text: str, _: Regime, __: date) -> FieldReading:
    letters = len(_LETTER.findall(text))
    if letters < 2 or len(text) > LONGEST_TEXT:
        return FieldReading(Fit.OTHER, text)
    if any(sign.isdigit() for sign in text) or letters * 4 < len(text) * 3 - 4 or len(text.split()) > 7:
        return FieldReading(Fit.MALFORMED, text)
    return FieldReading(Fit.FINE, text)


def _words(text: str, _: Regime, __: date) -> FieldReading:
    fine = len(_LETTER.findall(text)) >= 2
    return FieldReading(Fit.FINE if fine else Fit.OTHER, text[:LONGEST_TEXT])


_READERS: dict[Field, Callable[[str, Regime, date], FieldReading]] = {
    Field.NAME: _name,
    Field.DOCUMENT: _document,
    Field.BIRTH_DATE: _birth_date,
    Field.ADDRESS: _words,
    Field.POSTCODE: _postcode,
    Field.PLATE: _plate,
    Field.CARD: _card,
    Field.TAX_NUMBER: _tax_number,
    Field.ORGANISATION: _words,
    Field.CLINIC: _words,
    Field.REASON: _words,
    Field.DESTINATION: _words,
}
