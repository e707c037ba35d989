"""The sentences as this order words them: their fields, and how long they are with the order's longest names."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from codes.code import length, show_code
from codes.regime import Regime
from language.examples import name_in
from language.proofreading.findings import Finding, found
from language.proofreading.words import CARRIER_WORDS
from language.segments import count_segments
from language.speaking import LONGEST, SPOKEN, seconds, speak
from language.templates import TEMPLATES, placeholders
from language.translations import MESSAGES, SAID
from language.wording import say

_LATE: Final = datetime(2026, 12, 28, 22, 45, tzinfo=UTC)
_LATER: Final = datetime(2026, 12, 29, 22, 45, tzinfo=UTC)
_SHOUTED: Final = re.compile(r"\b[A-Z]+\b(?! PASS\b)")

_LONGEST: Final[Mapping[str, Callable[[str, Regime], Any]]] = MappingProxyType(
    {
        "code": lambda language, regime: show_code("X" * length(regime.code), regime.code),
        "purpose": lambda language, regime: _longest((purpose.name for purpose in regime.purposes), language, regime),
        "what": lambda language, regime: _longest((item.name for item in regime.no_pass_needed), language, regime),
        "zone": lambda language, regime: _longest((zone.name for zone in regime.zones), language, regime),
        "number": lambda language, regime: max(regime.by_number, default=1),
        "initials": lambda language, regime: "Ж.Ж.Ж.",
        "tail": lambda language, regime: "2506",
        "consent": lambda language, regime: "482193",
        "valid_from": lambda language, regime: _LATE,
        "valid_until": lambda language, regime: _LATER,
        "until": lambda language, regime: _LATER,
        "next_at": lambda language, regime: _LATER,
        "starts": lambda language, regime: _LATER,
        "given": lambda language, regime: "X" * 12,
        "organisation": lambda language, regime: "Ж" * 24,
    }
)
"""The longest value of each field whose length hangs on the order, or that stands beside one in a sentence."""

_LONG: Final = (
    "{sentence!r} has {signs} signs and takes {segments} segments instead of {budget}; shorten the names in it"
)
_LONG_OWN: Final = "{sentence!r} has {signs} signs and takes {segments} segments instead of {budget}; shorten it"
_SLOW: Final = "{sentence!r} takes {seconds} seconds to say, {most} are the most; shorten the names in it"
_SLOW_OWN: Final = "{sentence!r} takes {seconds} seconds to say, {most} are the most; shorten it"
_SET_BY_THE_ORDER: Final = frozenset({"code", "purpose", "what", "zone", "title", "first_text", "request_text"})
_SHOWS_A_DOCUMENT: Final = ("ask_document", "format_document")
_CUT_TO_FIT: Final = ("verdict_", "brief_", "status_line", "rules_", "term_", "field_", "sample_", "text_")
"""Sentences that are joined with others, and cut to fit where they are."""
_SAID_IN_PARTS: Final = ("granted", "extended", "status_", "verdict_", "rules_", "term_", "holder", "option")
"""Spoken sentences that are split, or said without the end of a document, where they are long."""


def find_sentence_trouble(regime: Regime) -> Iterator[Finding]:
    """Overrides with unknown names or fields, and every sentence that the order makes longer than it may be."""
    for language, texts in regime.wording.items():
        if language not in regime.languages:
            what = "{language} is not among languages; add it there, or strike it here"
            yield found(f"wording, {language}", what, language=language)
        for name, text in texts.items():
            yield from _override(f"wording, {language}, {name}", name, text)
    for language in regime.languages:
        for name in TEMPLATES:
            yield from _length(name, language, regime)
        for name in SPOKEN:
            yield from _duration(name, language, regime)


def _override(where: str, name: str, text: str) -> Iterator[Finding]:
    template = MESSAGES.get(name)
    if template is None:
        yield found(where, "there is no sentence of this name; strike it")
        return
    try:
        used = placeholders(text)
    except ValueError:
        yield found(
            where, "a brace {open} or {close} stands alone; write fields as {code}", open="{", close="}", code="{code}"
        )
        return
    names = placeholders(template.text)
    for field in used:
        if field not in names:
            known = ", ".join(f"{{{known}}}" for known in names) or "none"
            what = "there is no field {field} in this sentence; its fields are {known}"
            yield found(where, what, field=f"{{{field}}}", known=known)
    for word in _SHOUTED.findall(text):
        if word.casefold() in CARRIER_WORDS:
            what = "it teaches {word}, a word that carriers keep for themselves; name another command"
            yield found(where, what, word=word)


def _length(name: str, language: str, regime: Regime) -> Iterator[Finding]:
    own = regime.wording.get(language, {}).get(name)
    if name.startswith(_CUT_TO_FIT) or not (own or _hangs_on_the_order(name, regime)):
        return
    budget = TEMPLATES[name].budget
    sentence = _fullest(name, language, regime)
    size = count_segments(sentence)
    if size.segments > budget:
        where = f"wording, {language}, {name}" if own else f"sentence {name} in {language}"
        what = _LONG_OWN if own else _LONG
        sizes = {"signs": size.units, "segments": size.segments, "budget": budget}
        yield found(where, what, sentence=sentence, **sizes)


def _duration(name: str, language: str, regime: Regime) -> Iterator[Finding]:
    own = SAID + name in regime.wording.get(language, {})
    if name.startswith(_SAID_IN_PARTS) or not (own or _SET_BY_THE_ORDER & {*placeholders(SPOKEN[name].text)}):
        return
    sentence = _longest_said(name, language, regime)
    if (lasting := seconds(sentence)) >= LONGEST:
        where = f"wording, {language}, {SAID}{name}" if own else f"spoken sentence {name} in {language}"
        what = _SLOW_OWN if own else _SLOW
        yield found(where, what, sentence=sentence, seconds=f"{lasting:.0f}", most=f"{LONGEST:.0f}")


def _longest_said(name: str, language: str, regime: Regime) -> str:
    known = (field for field in SPOKEN[name].fields if field in _LONGEST)
    try:
        return speak(name, language, regime, **{field: _LONGEST[field](language, regime) for field in known})
    except (ValueError, KeyError, IndexError, AttributeError):
        return ""  # braces that don't match, already found


def _hangs_on_the_order(name: str, regime: Regime) -> bool:
    if name.endswith("_ahead") and not any(purpose.book_ahead_days for purpose in regime.purposes):
        return False
    return name in _SHOWS_A_DOCUMENT or not _SET_BY_THE_ORDER.isdisjoint(placeholders(TEMPLATES[name].text))


def _fullest(name: str, language: str, regime: Regime) -> str:
    """The sentence with the longest value of each of its fields; an override with odd fields leaves gaps there."""
    known = (field for field in TEMPLATES[name].fields if field in _LONGEST)
    try:
        return say(name, language, regime, **{field: _LONGEST[field](language, regime) for field in known})
    except (ValueError, KeyError, IndexError, AttributeError):
        return ""  # braces that don't match, already found


def _longest(names: Iterator[Mapping[str, str]], language: str, regime: Regime) -> str:
    return max((name_in(texts, language, regime) for texts in names), key=len, default="")
