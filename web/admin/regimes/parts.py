"""The parts an order is edited in, and which part something that is to be put right stands in."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import url_for

from codes.orders.order_lines import Path
from codes.orders.order_text import value_at
from web.admin.regimes.shapes import LISTS, Document
from web.wording import language_name
from web.words import _, later, spoken

SINGLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "order": ("name", "title", "languages", "default_language", "time_zone"),
        "number": ("number", "phone_region", "document_pattern", "document_example"),
        "registration": ("registration", "bound"),
        "limits": ("quota", "extension", "grace_hours", "retention_days"),
        "code": ("code",),
        "isolation": ("isolation",),
    }
)
"""Pages with one form each, and the order's keys on them."""
WORDING = "wording"
TITLES: Mapping[str, str] = MappingProxyType(
    {
        "order": later("Title and languages"),
        "number": later("Number and documents"),
        "registration": later("Registration"),
        "limits": later("Limits and periods"),
        "code": later("Shape of the code"),
        "isolation": later("People at home"),
        "purposes": later("Purposes"),
        "zones": later("Zones"),
        "no_pass_needed": later("Errands without a pass"),
        "exempt": later("People without a pass"),
        WORDING: later("Sentences of its own"),
        "examples": later("Published examples"),
        "grammars": later("Published forms"),
    }
)
"""Every part, in the order in which they are shown."""
ITEMS: Mapping[str, str] = MappingProxyType(
    {
        "purposes": later("Purpose"),
        "zones": later("Zone"),
        "no_pass_needed": later("Errand without a pass"),
        "exempt": later("People without a pass"),
        "examples": later("Example"),
        "grammars": later("Form"),
    }
)
"""One of each list."""
_LISTED = {
    "purpose": "purposes",
    "zone": "zones",
    "example": "examples",
    "grammar": "grammars",
    **{name: name for name in LISTS},
}
_SENTENCE = re.compile(r"(spoken )?sentence (\S+) in (\S+)")
_NUMBERED = re.compile(r"([a-z_]+) (.+)")


def items(document: Document, name: str) -> list[Any]:
    """The parts of a list; none where it is no list."""
    found = document.get(name)
    return found if isinstance(found, list) else []


def item_title(item: Any, name: str, place: int) -> str:
    """What one part of a list is called: by its name, key or text."""
    if not isinstance(item, dict):
        return str(place + 1)
    if name == "examples":
        return str(item.get("text", "")) or str(place + 1)
    if name == "grammars":
        places = item.get("places")
        shown = " ".join(str(one) for one in places) if isinstance(places, list) else ""
        return f"{item.get('head', '')} {shown}".strip() or str(place + 1)
    named = _in_language(item.get("name"))
    number = item.get("number") if name == "purposes" else item.get("key") if name == "zones" else None
    return " ".join(str(part) for part in (number, named) if part) or str(place + 1)


def path_of(where: str, document: Document) -> Path:
    """Where in the order proof-reading means; empty for the whole."""
    if sentence := _SENTENCE.fullmatch(where):
        return (WORDING, sentence[3], f"{'spoken.' if sentence[1] else ''}{sentence[2]}")
    path: list[str | int] = []
    for part in where.split(", "):
        numbered = _NUMBERED.fullmatch(part)
        if not path and numbered and numbered[1] in _LISTED:
            name = _LISTED[numbered[1]]
            path += [name, _place(document, name, numbered[1], numbered[2])]
        elif path and numbered and numbered[2].isdigit():
            path += [numbered[1], int(numbered[2]) - 1]
        else:
            path.append(part)
    return tuple(path)


def part_of(path: Path) -> str:
    """The part of `TITLES` that a value stands in; empty for the file as a whole."""
    head = str(path[0]) if path else ""
    if head in LISTS or head == WORDING:
        return head
    return next((name for name, keys in SINGLE.items() if head in keys), "")


def mend_url(draft_id: str, path: Path, document: Document) -> str:
    """The page on which it is put right."""
    part = part_of(path)
    if part in SINGLE:
        return url_for("pages.admin.regime_part", draft_id=draft_id, part=part)
    if part == WORDING:
        named: dict[str, Any] = dict(zip(("language", "name"), map(str, path[1:]), strict=False))
        return url_for("pages.admin.regime_wording", draft_id=draft_id, **named)
    if part in LISTS:
        if len(path) > 1 and isinstance(path[1], int) and path[1] < len(items(document, part)):
            return url_for("pages.admin.regime_item", draft_id=draft_id, part=part, place=path[1])
        return url_for("pages.admin.regime_list", draft_id=draft_id, part=part)
    return url_for("pages.admin.regime_toml", draft_id=draft_id)


def path_words(path: Path, document: Document) -> str:
    """``Purposes: 8 Shop``; where a value stands, for people."""
    part = part_of(path)
    if not part:
        return _("The whole text")
    title = _(TITLES[part])
    if part == WORDING and len(path) > len(("wording", "ru")):
        return f"{_('Sentence')}: {path[2]} ({language_name(str(path[1]))})"
    if part in LISTS and len(path) > 1 and isinstance(path[1], int):
        return f"{_(ITEMS[part])}: {item_title(value_at(document, path[:2]), part, path[1])}"
    return title


def _in_language(names: Any) -> str:
    if not isinstance(names, dict) or not names:
        return ""
    return str(names.get(spoken()) or next(iter(names.values())))


def _place(document: Document, name: str, noun: str, which: str) -> int:
    """A purpose goes by its number, a zone by its key, all else by its place."""
    found = items(document, name)
    own = {"purposes": "number", "zones": "key"}.get(name)
    if own and noun != name:
        for place, item in enumerate(found):
            if isinstance(item, dict) and str(item.get(own)) == which:
                return place
    return int(which) - 1 if which.isascii() and which.isdigit() and len(which) < len("10000") else len(found)
