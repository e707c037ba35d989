"""How several audiences say what the rooms below mean: purposes, reasons, texts, languages."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from babel import Locale

from codes.outcomes import RefusalReason
from codes.regime import Regime
from language.examples import purpose_name
from language.moments import when
from language.templates import TEMPLATES
from language.translations import sentences
from web.words import _, later, spoken

_FIELD = re.compile(r"\{\w+\}")
REASONS: Mapping[str, str] = MappingProxyType(
    {
        RefusalReason.QUOTA: later("the limit is used up"),
        RefusalReason.HOURS: later("not at this hour"),
        RefusalReason.ISOLATION: later("must stay at home"),
        RefusalReason.BLOCKED: later("the person or the number is blocked"),
        RefusalReason.CROWDED: later("too many people on this number"),
        RefusalReason.REVIEW: later("an officer decided so"),
        RefusalReason.NO_PASS_NEEDED: later("no pass is needed for this"),
        RefusalReason.NOT_AHEAD: later("not that far ahead"),
        RefusalReason.NOTHING_LIVE: later("there is no such pass any more"),
        RefusalReason.NOT_EXTENDABLE: later("this pass can't be made longer"),
    }
)


def purpose_words(number: int | None, regime: Regime) -> str:
    """What a purpose is called, with its number as people say it."""
    return f"{number} {purpose_name(number, spoken(), regime)}" if number is not None else ""


def reason_words(reason: str, next_at: datetime | None, regime: Regime, now: datetime) -> str:
    """Why no pass was given, and when one could be had."""
    said = _(REASONS[reason])
    return f"{said}; {_('possible from {moment}', moment=when(next_at, regime, now))}" if next_at else said


def text_words(template: str) -> str:
    """What a text says, as we word it, each value as ``…``; nothing for a template that is no more."""
    return _FIELD.sub("…", sentences(spoken())[template]).strip() if template in TEMPLATES else ""


def language_name(code: str) -> str:
    """``Russian``, in the language of the page."""
    name = str(Locale.parse(spoken()).languages.get(code, code))
    return name[:1].upper() + name[1:]


def sentence(words: str) -> str:
    """With a capital and a full stop; nothing of nothing."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""
