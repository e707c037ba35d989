"""What TOML or the shape of a regime objects to, in words that a clerk can act on."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from codes.orders.order_text import DEEPEST, Excess, depth, excess
from codes.regime import Regime, read_regime
from language.proofreading.findings import Finding, found

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")

SAMPLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": 'name = "harrow-2020"',
        "title": 'title = { en = "Harrow Island passes" }',
        "time_zone": 'time_zone = "Europe/London"',
        "languages": 'languages = ["en"]',
        "default_language": 'default_language = "en"',
        "number": 'number = "2590"',
        "phone_region": 'phone_region = "GB"',
        "document_pattern": "document_pattern = '[A-Z]{2}\\d{6}'",
        "document_example": 'document_example = "HA123456"',
        "quota": "quota = { day = 2 }",
        "purposes": "[[purposes]]",
        "purposes.number": "number = 8",
        "purposes.name": 'name = { en = "Shopping" }',
        "purposes.keywords": 'keywords = { en = ["shop", "food"] }',
        "purposes.validity": "validity = { minutes = 60 }",
        "purposes.quota": "quota = { week = 1 }",
        "purposes.hours": 'hours = [{ start = "07:00", until = "21:00" }]',
        "purposes.hours.start": 'start = "07:00"',
        "purposes.hours.until": 'until = "21:00"',
        "purposes.fields": 'fields = ["organisation"]',
        "purposes.reviewers": "reviewers = 2",
        "purposes.papers": 'papers = { need = "required", hint = { en = "Wedding card" } }',
        "purposes.papers.need": 'need = "required"',
        "purposes.papers.hint": 'hint = { en = "Wedding card" }',
        "purposes.zones": 'zones = ["north"]',
        "zones.key": 'key = "north"',
        "zones.name": 'name = { en = "North Shore" }',
        "no_pass_needed.name": 'name = { en = "Emergency care" }',
        "exempt.name": 'name = { en = "Nurses" }',
        "registration.required": 'required = ["document"]',
        "grammars.places": 'places = ["name", "document"]',
        "examples.text": 'text = "purpose 8"',
        "examples.meaning": 'meaning = "request 8"',
    }
)
"""A line that is right, by the key it is about."""

_NOUNS: Final[Mapping[str, str]] = MappingProxyType({"purposes": "purpose", "zones": "zone", "examples": "example"})
_LONGEST: Final = 60
_MOST: Final = 500
"""As many faults of shape as are told at once."""
_EXCESSES: Final[Mapping[Excess, str]] = MappingProxyType(
    {
        Excess.SIZE: "it is longer than 64 KiB; an order is shorter",
        Excess.LINE: "a line is longer than 4000 signs; break it",
        Excess.SIGNS: "it has signs that no text holds; write it anew",
    }
)
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "string": "a text in quotes",
        "int": "a whole number",
        "bool": "true or false",
        "tuple": "a list in [ ]",
        "dict": "texts by language in { }",
        "model": "a group of keys in { }",
    }
)


def read(text: str) -> Regime | list[Finding]:
    """The regime in `text`, or everything that keeps it from being one."""
    if too_much := excess(text):
        return [found("the file", _EXCESSES[too_much])]
    try:
        if depth(tomllib.loads(text)) > DEEPEST:
            return [found("the file", "brackets are nested deeper than any order needs; take some out")]
        return read_regime(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return [_not_toml(str(error))]
    except ValidationError as error:
        document = tomllib.loads(text)
        return [_problem(problem, document) for problem in error.errors()[:_MOST]]


def _not_toml(message: str) -> Finding:
    place = _PLACE.search(message)
    line = place["line"] if place else None
    reason = message[: place.start()] if place else message
    what = "this is not TOML ({reason}); texts stand in quotes, lists in [ ], and a key once only"
    return found(f"line {line}" if line else "end of the file", what, reason=reason)


def place_words(path: Sequence[int | str], document: Mapping[str, Any]) -> str:
    """``purpose 8, quota, day`` for ``("purposes", 7, "quota", "day")``; a purpose goes by its own number."""
    parts: list[str] = []
    value: Any = document
    for part in path:
        value = value[part] if isinstance(part, int) or (isinstance(value, dict) and part in value) else None
        if isinstance(part, str):
            parts.append(part)
        else:
            own = value.get("number") if isinstance(value, dict) else None
            parts[-1] = f"{_NOUNS.get(parts[-1], parts[-1])} {own or part + 1}"
    return ", ".join(parts) or "the file"


def _problem(problem: ErrorDetails, document: Mapping[str, Any]) -> Finding:
    """What pydantic objects to, in our words."""
    where, key, kind = place_words(problem["loc"], document), str(problem["loc"][-1]), problem["type"]
    if kind == "extra_forbidden":
        return _no_such_key(where, key, problem["loc"][:-1])
    if kind.startswith("greater_than") and key in ("day", "week", "month"):
        return found(where, "a limit of zero lets nobody go: leave it out for no limit, or delete the purpose")
    if kind in ("enum", "literal_error"):
        what = "{value} is not known; write {expected}"
        return found(where, what, value=_shown(problem["input"]), expected=problem["ctx"]["expected"])
    sample = SAMPLES.get(".".join(part for part in problem["loc"] if isinstance(part, str)), "")
    return _with_sample(where, problem, sample)


def _with_sample(where: str, problem: ErrorDetails, sample: str) -> Finding:
    kind, message = problem["type"], problem["msg"]
    noun = _KINDS.get(kind.partition("_")[0])
    if kind == "missing":
        what = "this key is missing; write for example {sample}" if sample else "this key is missing"
        return found(where, what, sample=sample)
    if noun and kind.endswith(("_type", "_parsing")):
        what = "{value} should be {noun}; write for example {sample}" if sample else "{value} should be {noun}"
        return found(where, what, value=_shown(problem["input"]), noun=noun, sample=sample)
    why = str(problem["ctx"]["error"]) if kind == "value_error" else f"{message[0].lower()}{message[1:]}"
    what = "{why}; write for example {sample}" if sample else "{why}"
    return found(where, what, why=why, sample=sample)


def _shown(value: Any) -> str:
    """As it was written, as far as one wants to read it."""
    shown = repr(value)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _no_such_key(where: str, key: str, path: Sequence[int | str]) -> Finding:
    known = _keys_at(path)
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return found(where, "there is no such key; did you mean {near}?", near=near[0])
    return found(where, "there is no such key; the keys here are {keys}", keys=", ".join(known))


def _keys_at(path: Sequence[int | str]) -> list[str]:
    """Keys that may stand in the table at `path`."""
    model: type[BaseModel] = Regime
    for part in path:
        if isinstance(part, str):
            model = next(_models_in(model.model_fields[part].annotation))
    return list(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
