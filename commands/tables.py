"""Rows as a table for people or as a JSON array for programs, one at a time: a million take no memory."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from zoneinfo import ZoneInfo

import click

Row = Mapping[str, object]
_MEASURED = 200
"""A table's columns are as wide as its first rows want them."""
_NOTHING = "Nothing to show."


def show_rows(as_json: bool, rows: Iterable[Row]) -> None:
    """Prints rows with the same keys."""
    for line in _array(rows) if as_json else _table(iter(rows)):
        click.echo(line)


def described(document: Row) -> str:
    """A document for people: a line a key; a list of rows as a table below."""
    plain = {_title(key): _cell(value) for key, value in document.items() if not _is_rows(value)}
    width = max(map(len, plain), default=0)
    lines = [f"{key:<{width}}  {value}".rstrip() for key, value in plain.items()]
    for key, value in document.items():
        if _is_rows(value) and isinstance(value, Sequence):
            lines += ["", _title(key), *(f"  {line}" for line in _table(iter(value)))]
    return "\n".join(lines)


def iso(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A moment by the clock of the order, ISO 8601 with its offset, to the second."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def _array(rows: Iterable[Row]) -> Iterator[str]:
    head = "["
    for row in rows:
        yield head
        head = f"{json.dumps(row, ensure_ascii=False)},"
    yield "[]" if head == "[" else f"{head[:-1]}\n]"


def _table(rows: Iterator[Row]) -> Iterator[str]:
    first = [{key: _cell(value) for key, value in row.items()} for row in islice(rows, _MEASURED)]
    if not first:
        yield _NOTHING
        return
    titles = {key: _title(key) for key in first[0]}
    widths = {key: max(len(row[key]) for row in (titles, *first)) for key in titles}
    for row in chain((titles,), first, rows):
        yield "  ".join(f"{_cell(value):<{widths[key]}}" for key, value in row.items()).rstrip()


def _title(key: str) -> str:
    return key.replace("_", " ")


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_cell(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else " ".join(str(value).split())


def _is_rows(value: object) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value)
