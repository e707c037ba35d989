"""What two texts of an order say differently: in words, and line by line."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from codes.orders.order_text import document as read_document
from codes.orders.order_text import value_at
from codes.regime import read_regime
from language.translations import MESSAGES
from web.admin.regimes.labels import choice, label
from web.admin.regimes.parts import ITEMS, SINGLE, TITLES, WORDING, item_title, items
from web.admin.regimes.shapes import LISTS, Document, Entry, Kind, entries, item_entries
from web.admin.regimes.values import shown
from web.wording import language_name
from web.words import _

MOST_LINES: Final = 5000
"""Longer texts are compared in words alone."""
_AROUND = 2
_IDENTITY = {"purposes": "number", "zones": "key", "examples": "text"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `kind` is changed, added, removed or moved; before and after in words."""

    place: str
    kind: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison: `kind` is same, added, removed, or gap where lines are left out."""

    kind: str
    text: str


def differences(one: str, other: str) -> list[Change]:
    """What `other` says differently from `one`, part by part."""
    before, after = _both(one, other)
    return [*_single(before, after), *_listed(before, after), *_worded(before, after)]


def rows(one: str, other: str) -> list[Row] | None:
    """The lines that differ, with those around them; None where the texts are too long for it."""
    old, new = one.split("\n"), other.split("\n")
    if max(len(old), len(new)) > MOST_LINES:
        return None
    found = []
    for line in list(difflib.unified_diff(old, new, lineterm="", n=_AROUND))[2:]:
        kind = {"+": "added", "-": "removed", "@": "gap"}.get(line[:1], "same")
        found.append(Row(kind, "" if kind == "gap" else line[1:]))
    return found


def in_words(entry: Entry, document: Document) -> str:
    """A value as people read it; empty where there is none."""
    value = shown(entry, document)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(choice(entry, one) for one in value)
    if entry.kind is Kind.CHOICE:
        return choice(entry, value) if value else ""
    if entry.kind is Kind.SIGN and value == " ":
        return _("a blank")
    return value.strip().replace("\n", ", ") if entry.kind in (Kind.LINES, Kind.HOURS) else value


def effective(text: str) -> Document | None:
    """The values of an order with what holds where nothing is written; None where it is none."""
    try:
        found: dict[str, Any] = read_regime(text).model_dump(mode="json", exclude_none=True)
    except (ValueError, ValidationError, RecursionError):
        return None
    return found


def _both(one: str, other: str) -> tuple[Document, Document]:
    before, after = effective(one), effective(other)
    if before is not None and after is not None:
        return before, after
    return read_document(one) or {}, read_document(other) or {}


def _single(before: Document, after: Document) -> Iterator[Change]:
    for keys in SINGLE.values():
        yield from _fields("", entries(before, keys), entries(after, keys), before, after)


def _fields(
    place: str, old: Sequence[Entry], new: Sequence[Entry], before: Document, after: Document
) -> Iterator[Change]:
    """Entries by name: their paths may differ, where a list was put in another order."""
    known = {entry.name: entry for entry in new}
    gone = {entry.name: entry for entry in old}
    for name in dict.fromkeys((*gone, *known)):
        was = in_words(gone[name], before) if name in gone else ""
        becomes = in_words(known[name], after) if name in known else ""
        if was != becomes:
            said = label(known.get(name) or gone[name])
            yield Change(f"{place}: {said}" if place else said, "changed", was, becomes)


def _listed(before: Document, after: Document) -> Iterator[Change]:
    for name in LISTS:
        old, new = _by_identity(before, name), _by_identity(after, name)
        for key, place in new.items():
            title = _title(after, name, place)
            if key not in old:
                yield Change(title, "added", after=_summary(after, name, place))
            else:
                was = item_entries(before, name, old[key])
                yield from _fields(title, was, item_entries(after, name, place), before, after)
        for key, place in old.items():
            if key not in new:
                yield Change(_title(before, name, place), "removed", before=_summary(before, name, place))
        if [key for key in old if key in new] != [key for key in new if key in old]:
            yield Change(_(TITLES[name]), "moved")


def _worded(before: Document, after: Document) -> Iterator[Change]:
    old, new = wordings(before), wordings(after)
    for key in dict.fromkeys((*old, *new)):
        was, becomes = old.get(key, ""), new.get(key, "")
        if was != becomes:
            yield Change(f"{_(TITLES[WORDING])}: {key[1]} ({language_name(key[0])})", "changed", was, becomes)


def wordings(document: Document) -> dict[tuple[str, str], str]:
    """The order's own sentences, by language and name."""
    found = document.get(WORDING)
    return {
        (str(language), str(name)): str(text)
        for language, texts in (found.items() if isinstance(found, dict) else ())
        if isinstance(texts, dict)
        for name, text in texts.items()
    }


def sentence_names() -> list[str]:
    """Every sentence that an order may word."""
    return sorted(MESSAGES)


def _by_identity(document: Document, name: str) -> dict[str, int]:
    """The parts of a list by what makes each itself, with their places."""
    found: dict[str, int] = {}
    for place, item in enumerate(items(document, name)):
        if not isinstance(item, dict):
            continue
        own = _IDENTITY.get(name)
        key = str(item.get(own, "")) if own else item_title(item, name, place)
        while key in found:
            key += "'"
        found[key] = place
    return found


def _title(document: Document, name: str, place: int) -> str:
    return f"{_(ITEMS[name])} {item_title(value_at(document, (name, place)), name, place)}"


def _summary(document: Document, name: str, place: int) -> str:
    said = ((label(entry), in_words(entry, document)) for entry in item_entries(document, name, place))
    return "; ".join(f"{what}: {value}" for what, value in said if value)
