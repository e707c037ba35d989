"""A value of an order as it stands in a form, and what somebody typed as a value of an order.

What was not touched is not written: a text that was opened and saved is the same text. What can't be read as it should
be (a word for a number) is written as it was typed, and proof-reading says what is wrong with it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from types import MappingProxyType
from typing import Any

from codes.orders.order_lines import Path
from codes.orders.order_text import value_at
from web.admin.regimes.shapes import Document, Entry, Kind

Typed = str | bool | list[str]
_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
_DASH = re.compile(r"\s*[-–—−]\s*")


def shown(entry: Entry, document: Document) -> Typed:
    """The value as it stands in the form."""
    value = value_at(document, entry.path)
    if entry.kind is Kind.FLAG:
        return value if isinstance(value, bool) else bool(entry.default)
    if entry.kind is Kind.CHOICES:
        return [str(one) for one in value] if isinstance(value, list) else []
    if entry.kind is Kind.CHOICE and value is None:
        return str(entry.default) if entry.default is not None else ""
    return _text(entry.kind, value)


def changes(entries: Sequence[Entry], document: Document, typed: Mapping[str, Typed]) -> dict[Path, Any]:
    """What is to be written, by path: None where something is to be struck out."""
    found: dict[Path, Any] = {}
    for entry in entries:
        if entry.name not in typed:
            continue
        before, after = shown(entry, document), typed[entry.name]
        if not _same(entry.kind, before, after):
            found[entry.path] = _value(entry.kind, before, after)
    return found


def plain(text: str) -> str:
    """Lines end as they do in orders, whatever the browser sends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(kind: Kind, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        if kind is Kind.HOURS:
            return "\n".join(_window(one) for one in value)
        return (" " if kind is Kind.PLACES else "\n").join(str(one) for one in value)
    return str(value)


def _window(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    start, until = (_clock(value.get(key, "")) for key in ("start", "until"))
    return f"{start}–{until}" if until else start


def _clock(value: Any) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    return re.sub(r"^(\d\d:\d\d):00$", r"\1", str(value))


def _same(kind: Kind, before: Typed, after: Typed) -> bool:
    if kind is Kind.CHOICES:
        return isinstance(before, list) and isinstance(after, list) and set(before) == set(after)
    if isinstance(before, str) and isinstance(after, str):
        return before == after if kind is Kind.SIGN else plain(before).strip() == plain(after).strip()
    return before == after


def _value(kind: Kind, before: Typed, after: Typed) -> Any:
    if isinstance(after, bool):
        return after
    if isinstance(after, list):
        kept = [one for one in before if one in after] if isinstance(before, list) else []
        return kept + [one for one in after if one not in kept] or None
    text = plain(after)
    if kind is Kind.SIGN:
        return text or None
    text = text.strip()
    return _READ[kind](text) if text and kind in _READ else text or None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _hours(text: str) -> list[dict[str, str]]:
    return [_read_window(line) for line in _lines(text)]


def _read_window(line: str) -> dict[str, str]:
    start, *rest = _DASH.split(line, maxsplit=1)
    return {"start": start, "until": rest[0] if rest else ""}


_READ: Mapping[Kind, Callable[[str], Any]] = MappingProxyType(
    {
        Kind.NUMBER: lambda text: int(text) if _NUMBER.fullmatch(text) else text,
        Kind.LINES: _lines,
        Kind.HOURS: _hours,
        Kind.PLACES: lambda text: text.replace(",", " ").split(),
    }
)
