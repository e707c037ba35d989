"""Tables to take away as CSV: streamed, opened rightly by spreadsheets, and nothing in them runs as a formula.

RFC 4180 with commas, UTF-8 with a byte order mark: without it Excel reads Cyrillic as Windows-1252, and other readers
skip it (``encoding="utf-8-sig"``).
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from itertools import islice
from typing import Any

from flask import Response, stream_with_context

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_RUNS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)
"""A cell that begins so is a formula to a spreadsheet; the last four where the keyboard is East Asian."""
_LINES = 500
"""Lines that go out at a time."""


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A download `name` (plain ASCII, with ``.csv``) of `rows` under `head`; rows are drawn while it is sent.

    The first lines are drawn at once, so that what fails there is a page and no broken file.
    """
    pieces = _pieces(head, rows)
    first = next(pieces)

    def sent() -> Iterator[str]:
        yield first
        yield from pieces

    answer = Response(stream_with_context(sent()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A short table as one text."""
    return "".join(_pieces(head, rows))


def _pieces(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    waiting = iter(rows)
    yield _MARK + _lines([head, *islice(waiting, _LINES)])
    while lines := list(islice(waiting, _LINES)):
        yield _lines(lines)


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    written = StringIO()
    csv.writer(written).writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()


def cell(value: Any) -> str:
    """A value as it stands in a cell: moments in ISO 8601, nothing for None, and no text that runs as a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_RUNS) or value.lstrip().startswith(_RUNS) else value
