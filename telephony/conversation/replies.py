"""What a turn of the conversation answers, as values; put into words last, in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from codes.outcomes import Grant, Referral, Refusal, Verdict
from codes.regime import Regime
from language.rules import rules
from language.verdicts import verdicts
from language.wording import passes, say, word


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence: a template's name and its fields."""

    template: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passes:
    """The live passes, one at least."""

    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What an officer asked about."""

    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """A page of the rules, of one purpose or of all."""

    purpose: int | None
    page: int


@dataclass(frozen=True, slots=True)
class Several:
    """Sentences that make one answer, and perhaps the passes beside them."""

    parts: tuple[Say | Passes, ...]


Reply = Say | Passes | Several | Verdicts | Rules | Grant | Refusal | Referral


def _part(part: Say | Passes, language: str, regime: Regime, now: datetime) -> str:
    """Beside other sentences passes take one segment, so that the whole takes three at most."""
    if isinstance(part, Passes):
        return passes(part.grants, language, regime, now, segments=1)
    return put_in_words(part, language, regime, now)


def put_in_words(reply: Reply, language: str, regime: Regime, now: datetime) -> str:
    """The reply as a text."""
    match reply:
        case Say(template, fields):
            return say(template, language, regime, now=now, **fields)
        case Passes(grants):
            return passes(grants, language, regime, now)
        case Several(parts):
            return " ".join(_part(part, language, regime, now) for part in parts)
        case Verdicts(found):
            return verdicts(found, language, regime)
        case Rules(purpose, page):
            return rules(regime, language, purpose, page)[0]
        case Grant() | Refusal() | Referral():
            return word(reply, language, regime, now)
