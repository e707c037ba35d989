"""What can be edited in an order: its models, taken apart into the fields of a form."""

import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from codes.fields import PERSONAL, Field
from codes.orders.order_lines import Path
from codes.orders.order_text import value_at
from codes.regime import Hours, Regime, WordLists
from codes.regime_values import Words
from language.translations import languages

Document = dict[str, Any]


class Kind(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    LONG = "long"  # several lines
    SIGN = "sign"  # a blank counts
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    LINES = "lines"  # one a line
    HOURS = "hours"  # a window a line
    PLACES = "places"  # words with blanks between


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a form: a value of the order at `path`, named `key` ("purposes.quota.day") in the words."""

    path: Path
    name: str
    key: str
    kind: Kind
    default: Any = None
    language: str = ""
    choices: tuple[str, ...] = ()


LONG = frozenset({"examples.text", "wording"})
SIGNS = frozenset({"grammars.separator"})
_LONGEST_LINE = 80
_PERSONAL = tuple(field for field in Field if field in PERSONAL)
_NARROWER = {
    "registration.required": _PERSONAL,
    "registration.optional": _PERSONAL,
    "bound": (Field.PLATE, Field.CARD),
}
"""Where not every piece of information has a meaning."""
LISTS = ("purposes", "zones", "no_pass_needed", "exempt", "grammars", "examples")
"""Parts of an order of which there are several, each with a page of its own."""


def model_of(name: str) -> type[BaseModel]:
    """What the list `name` is made of."""
    return next(_models(Regime.model_fields[name].annotation))


def entries(document: Document, keys: tuple[str, ...]) -> list[Entry]:
    """The fields for these keys of the order itself."""
    return list(_fields(Regime, (), "", document, keys))


def item_entries(document: Document, name: str, index: int) -> list[Entry]:
    """The fields of one part of a list."""
    model = model_of(name)
    found = _fields(model, (name, index), f"{name}.", document, tuple(model.model_fields))
    return [_renamed(entry) for entry in found]


def spoken_languages(document: Document) -> tuple[str, ...]:
    """The order's languages, as far as they can be read."""
    found = document.get("languages")
    return tuple(dict.fromkeys(str(one) for one in found)) if isinstance(found, list) else ()


def _renamed(entry: Entry) -> Entry:
    return replace(entry, name=".".join(str(part) for part in entry.path[2:]))


def _fields(
    model: type[BaseModel], path: Path, prefix: str, document: Document, keys: tuple[str, ...]
) -> Iterator[Entry]:
    for name in keys:
        field = model.model_fields[name]
        default = None if field.default is PydanticUndefined else field.default
        yield from _of(field.annotation, (*path, name), f"{prefix}{name}", document, default)


def _of(annotation: Any, path: Path, key: str, document: Document, default: Any) -> Iterator[Entry]:
    optional, annotation = type(None) in get_args(annotation), _bare(annotation)
    if annotation in (Words, WordLists):
        yield from _by_language(annotation, path, key, document)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for entry in _fields(annotation, path, f"{key}.", document, tuple(annotation.model_fields)):
            yield replace(entry, choices=("", *entry.choices)) if optional and entry.kind is Kind.CHOICE else entry
    else:
        kind, choices = _kind(annotation, path, key, document)
        if kind is not Kind.CHOICES or choices:
            yield Entry(path, ".".join(map(str, path)), key, kind, default, "", choices)


def _by_language(annotation: Any, path: Path, key: str, document: Document) -> Iterator[Entry]:
    value = value_at(document, path)
    present = tuple(value) if isinstance(value, dict) else ()
    for language in dict.fromkeys((*spoken_languages(document), *present)):
        here = (*path, language)
        written = value_at(document, here)
        kind = Kind.LINES if annotation == WordLists else Kind.LONG if _is_long(written) else Kind.TEXT
        yield Entry(here, ".".join(map(str, here)), key, kind, None, language)


def _kind(annotation: Any, path: Path, key: str, document: Document) -> tuple[Kind, tuple[str, ...]]:
    written = value_at(document, path)
    if annotation is bool:
        return Kind.FLAG, ()
    if annotation is int:
        return Kind.NUMBER, ()
    if get_origin(annotation) is tuple:
        return _several(get_args(annotation)[0], key, document, written)
    if get_origin(annotation) is Literal:
        return Kind.CHOICE, _with(get_args(annotation), written)
    if key == "default_language":
        return Kind.CHOICE, _with(spoken_languages(document), written)
    if key in SIGNS:
        return Kind.SIGN, ()
    return (Kind.LONG if key in LONG or _is_long(written) else Kind.TEXT), ()


def _several(inner: Any, key: str, document: Document, written: Any) -> tuple[Kind, tuple[str, ...]]:
    present = [str(one) for one in written] if isinstance(written, list) else []
    if inner is Hours:
        return Kind.HOURS, ()
    if _bare(inner) is Field:
        return Kind.CHOICES, _with(_NARROWER.get(key, tuple(Field)), *present)
    if key == "languages":
        return Kind.CHOICES, _with(tuple(sorted(languages())), *present)
    if key == "purposes.zones":
        return Kind.CHOICES, _with(_zone_keys(document), *present)
    return Kind.PLACES, ()


def _zone_keys(document: Document) -> tuple[str, ...]:
    zones = document.get("zones")
    found = zones if isinstance(zones, list) else []
    return tuple(str(zone["key"]) for zone in found if isinstance(zone, dict) and "key" in zone)


def _with(choices: tuple[Any, ...], *written: Any) -> tuple[str, ...]:
    """The choices, and whatever stands there already."""
    return tuple(dict.fromkeys(str(one) for one in (*choices, *written) if one is not None))


def _is_long(written: Any) -> bool:
    return isinstance(written, str) and ("\n" in written or len(written) > _LONGEST_LINE)


def _bare(annotation: Any) -> Any:
    """Without what may be None, and without conditions."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
