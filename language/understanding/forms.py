"""Published forms with fixed places: «Пропуск*2*1*4411*123456*01.02.1980*…». Any place may be empty."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from codes.fields import Field
from codes.regime import Grammar, Regime
from language.fields import Fit, read_field
from language.intents import Intent, Malformed, Register, Request
from language.understanding.lexicon import lexicon_of
from language.understanding.spelling import key
from language.understanding.vocabulary import Kind

_SEPARATORS = "*#;|\n"
_HEAD = re.compile(r"\W*([^\W\d_]*)\s*")
_NAME_PARTS = ("surname", "given_name", "patronymic")
_DOCUMENT_PARTS = ("document_series", "document_number")
_UNREAD = frozenset({"consent", "ignored", "document_kind"})


@dataclass
class _Filled:
    """A text laid into a form's places."""

    purpose: int | None = None
    fields: dict[Field, str] = field(default_factory=dict)
    wrong: list[tuple[Field, str]] = field(default_factory=list)
    misfits: int = 0


def read_form(text: str, regime: Regime, today: date) -> Intent | None:
    """The intent of a normalised text in one of the regime's forms; None when it is in none of them."""
    head, body = _split(text)
    best: tuple[int, _Filled, Grammar] | None = None
    for grammar in regime.grammars:
        for places in _layouts(grammar, body) if _heads(head, grammar.head, regime) else ():
            filled = _fill(grammar, places, regime, today)
            if filled is not None and (best is None or _cost(filled) < best[0]):
                best = (_cost(filled), filled, grammar)
    return _intent(best[1], best[2]) if best and (best[1].fields or best[1].wrong) else None


def _split(text: str) -> tuple[str, str]:
    found = _HEAD.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _heads(head: str, published: str, regime: Regime) -> bool:
    """Whether a form begins as published, or with the word for registering in another language."""
    if not head or not published:
        return not head and not published
    return key(head)[0] == key(published)[0] or (_registers(head, regime) and _registers(published, regime))


def _registers(word: str, regime: Regime) -> bool:
    lexicon = lexicon_of(regime)
    said = (lexicon.entries[entry] for entry, _ in lexicon.look_up(word.casefold()).parts)
    return any(entry.kind is Kind.COMMAND and entry.value == "register" for entry in said)


def _layouts(grammar: Grammar, body: str) -> Iterator[list[str]]:
    """The ways to cut a text into a form's places."""
    apart = [sign for sign in dict.fromkeys((grammar.separator, *_SEPARATORS)) if sign.strip() and sign in body][:1]
    for separator in apart or ([] if grammar.head else [",", " "]):
        rest = len(grammar.places) - 1 if separator in ", " else -1
        places = [place.strip(" ,") for place in body.removeprefix(separator).split(separator, rest)]
        few = len(places) < 2 and grammar.places[:1] == ("purpose",)
        if not few and len([place for place in places if place]) <= len(grammar.places):
            yield places


def _fill(grammar: Grammar, places: list[str], regime: Regime, today: date) -> _Filled | None:
    filled = _Filled()
    parts: dict[str, str] = {}
    for place, given in zip(grammar.places, places, strict=False):
        if not given or place in _UNREAD:
            filled.misfits += place == "document_kind" and bool(given) and len(given) > 2
            continue
        if place == "purpose":
            if not given.isdecimal() or grammar.purpose not in (None, int(given)) or int(given) not in regime.by_number:
                return None
            filled.purpose = int(given)
        elif place in (*_NAME_PARTS, *_DOCUMENT_PARTS):
            parts[place] = given
        else:
            _put(filled, Field(place), given, regime, today)
    _join(filled, parts, regime, today)
    filled.misfits += sum(bool(place) for place in places[len(grammar.places) :])
    return filled


def _join(filled: _Filled, parts: dict[str, str], regime: Regime, today: date) -> None:
    for field_, names in ((Field.NAME, _NAME_PARTS), (Field.DOCUMENT, _DOCUMENT_PARTS)):
        if given := " ".join(parts[name] for name in names if name in parts):
            _put(filled, field_, given, regime, today)


def _put(filled: _Filled, field_: Field, given: str, regime: Regime, today: date) -> None:
    reading = read_field(field_, given, regime, today)
    if reading.fit is Fit.FINE:
        filled.fields.setdefault(field_, reading.value)
    else:
        filled.wrong.append((field_, given))
        filled.misfits += reading.fit is Fit.OTHER or field_ is Field.NAME


def _cost(filled: _Filled) -> int:
    return 10 * filled.misfits + 3 * len(filled.wrong) - len(filled.fields)


def _intent(filled: _Filled, grammar: Grammar) -> Intent | None:
    purpose = filled.purpose or grammar.purpose
    if filled.misfits and (purpose is None or filled.misfits >= len(filled.fields)):
        return None
    if filled.wrong:
        return Malformed(*filled.wrong[0], filled.fields, purpose)
    return Request(purpose, filled.fields) if purpose else Register(filled.fields)
