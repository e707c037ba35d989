"""A list of workers as a spreadsheet saves it, to lines with the five columns we know; or why it is none.

UTF-8 with or without a mark, or Windows-1251; commas, semicolons or tabs; with headings in any of our languages and any
order, or without and in our order. What is hostile (a field without end, a program, many lines) is told in one word.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from codes.employers.hiring import COLUMNS

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 20
MOST_SIGNS: Final = 200
"""Of a cell; a longer one is wrong, whatever it says."""
NEEDED: Final = COLUMNS[:3]
HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("name", "telephone", "document", "plate", "card"),
        "ru": ("ФИО", "телефон", "документ", "номер машины", "карта"),
        "tt": ("исем", "телефон", "документ", "машина номеры", "карта"),
    }
)
"""What stands above the columns in the list we hand out, by language."""
_OTHERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("full name", "worker", "employee", "ф.и.о.", "имя", "фамилия имя отчество"), "name"),
        **dict.fromkeys(("работник", "сотрудник", "исеме", "эшче", "исем-фамилия"), "name"),
        **dict.fromkeys(("phone", "mobile", "mobile number", "номер телефона", "мобильный", "тел"), "phone"),
        **dict.fromkeys(("тел.", "телефон номеры", "phone number", "telephone number"), "phone"),
        **dict.fromkeys(("document number", "passport", "паспорт", "номер документа"), "document"),
        **dict.fromkeys(("документ номеры", "id"), "document"),
        **dict.fromkeys(("car", "car plate", "number plate", "машина", "госномер", "гос. номер"), "plate"),
        **dict.fromkeys(("transport card", "транспортная карта", "транспорт картасы"), "card"),
    }
)
"""What people write above them besides."""
_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        **_OTHERS,
        **{word.casefold(): column for said in HEADINGS.values() for word, column in zip(said, COLUMNS, strict=True)},
    }
)
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\xff\xfe", b"\xfe\xff", b"{\\rtf")
"""The first bytes of spreadsheets' own files, of others, and of UTF-16."""
_QUOTED = re.compile(r'"[^"]*"')
_RISKY = ("'=", "'+", "'-", "'@")
"""What our own lists put in front of what a spreadsheet would run."""


class SheetTrouble(StrEnum):
    """Why a file is no list of workers."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"  # a spreadsheet's own file, a picture, UTF-16
    LETTERS = "letters"  # neither UTF-8 nor Windows-1251
    QUOTES = "quotes"  # a quotation mark that is never closed, or a field without end
    COLUMNS = "columns"  # one of the first three is missing
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its number as a spreadsheet counts, its cells in the order of `COLUMNS`."""

    number: int
    cells: tuple[str, ...]


def read_sheet(content: bytes) -> list[Line] | SheetTrouble:
    """The lines of a file, or why there are none."""
    rows = read_cells(content)
    return rows if isinstance(rows, SheetTrouble) else _lines(rows)


def read_cells(content: bytes) -> list[list[str]] | SheetTrouble:
    """Every row of a file that is a table at all, as it stands there, or why it is none."""
    if len(content) > MOST_BYTES:
        return SheetTrouble.TOO_LARGE
    text = _decoded(content)
    if isinstance(text, SheetTrouble):
        return text
    if not text.strip():
        return SheetTrouble.EMPTY
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=_separator(text), strict=True))
    except csv.Error:
        return SheetTrouble.QUOTES


def _decoded(content: bytes) -> str | SheetTrouble:
    if content.startswith(_BINARY) or b"\0" in content:
        return SheetTrouble.NO_TEXT
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return SheetTrouble.LETTERS


def _separator(text: str) -> str:
    """The one of which the first line that says something has most."""
    first = next(line for line in text.splitlines() if line.strip())
    bare = _QUOTED.sub("", first)
    return max((",", ";", "\t"), key=bare.count)


def _lines(rows: Sequence[Sequence[str]]) -> list[Line] | SheetTrouble:
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if any(len(row) > MOST_COLUMNS for _, row in filled):
        return SheetTrouble.TOO_MANY_COLUMNS
    places = _headings(filled[0][1]) if filled else {}
    lines = filled[1:] if places else filled
    if not lines:
        return SheetTrouble.EMPTY
    if len(lines) > MOST_ROWS:
        return SheetTrouble.TOO_MANY_ROWS
    if places is None or (not places and len(lines[0][1]) < len(NEEDED)):
        return SheetTrouble.COLUMNS
    found = places or {column: place for place, column in enumerate(COLUMNS)}
    return [Line(number, tuple(cell_of(row, found.get(column)) for column in COLUMNS)) for number, row in lines]


def _headings(row: Sequence[str]) -> dict[str, int] | None:
    """Where each column stands; empty where these are no headings, None where one that is needed is missing."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = _KNOWN.get(" ".join(cell.split()).casefold())
        if column:
            found.setdefault(column, place)
    return None if found and not found.keys() >= set(NEEDED) else found


def cell_of(row: Sequence[str], place: int | None) -> str:
    """A cell without blanks around it, and without what our own lists put in front of what a spreadsheet would run."""
    if place is None or place >= len(row):
        return ""
    text = row[place].strip()
    return text[1:] if text.startswith(_RISKY) else text
