"""What is said on a call. The door to every spoken sentence: `speak` one, or an outcome, a pass, a verdict, the rules.

A sentence is short enough to be listened to; what offers a list comes as several (`speak_whole`, `speak_purposes`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from codes.outcomes import Grant, Referral, Refusal, Verdict
from codes.regime import Regime
from language.answers import answer_to, referral, refusal, standing_of
from language.examples import name_in
from language.speech import say_singly, seconds, speak, spoken_holder
from language.spoken import LONGEST, SPOKEN
from language.spoken_rules import speak_rules

__all__ = [
    "LONGEST",
    "SPOKEN",
    "say_singly",
    "seconds",
    "speak",
    "speak_outcome",
    "speak_pass",
    "speak_purposes",
    "speak_rules",
    "speak_verdict",
    "speak_whole",
]

_CONTINUED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "my_data": "my_data_end",
        **dict.fromkeys(
            ("told_departure", "told_missed", "told_failed", "told_unclear", "told_unreached"), "told_until"
        ),
    }
)
"""Sentences too long for one breath, and the one that follows."""


def speak_whole(
    name: str, language: str, regime: Regime, *, now: datetime | None = None, **fields: Any
) -> tuple[str, ...]:
    """The sentence `name`, what follows it, and each of the options it offers, to be said in this order."""
    names = (name, _CONTINUED[name]) if name in _CONTINUED else (name,)
    said = (speak(one, language, regime, now=now, **fields) for one in names)
    return (*said, *_offered(name, fields.get("options") or (), language, regime))


def speak_outcome(outcome: Grant | Refusal | Referral, language: str, regime: Regime, now: datetime) -> str:
    """The answer to a request for a pass; its code is dictated apart."""
    match outcome:
        case Grant():
            return _pass(answer_to(outcome, now), outcome, language, regime, now)
        case Refusal(reason, purpose, next_at, detail):
            name = refusal(reason, next_at)
            return speak(name, language, regime, now=now, purpose=purpose, next_at=next_at, what=detail)
        case Referral(application, purpose):
            return speak(referral(outcome, regime), language, regime, application=application, purpose=purpose)


def speak_pass(grant: Grant, language: str, regime: Regime, now: datetime) -> str:
    """A live pass or one booked ahead, without its code."""
    return _pass(standing_of(grant, now), grant, language, regime, now)


def speak_verdict(verdict: Verdict, language: str, regime: Regime, *, now: datetime | None = None) -> str:
    """What an officer is told about one code, plate or card; without `now` always with the date."""
    mercy = f" {speak('verdict_grace', language, regime)}" if verdict.grace else ""
    tell = partial(speak, f"verdict_{verdict.kind}", language, regime, now=now)
    return _with_holder(tell, verdict, mercy, purpose=verdict.purpose)


def speak_purposes(regime: Regime, language: str, numbers: Sequence[int] = ()) -> tuple[str, ...]:
    """Each purpose with its number, of `numbers` or of the whole regime; a sentence each."""
    every = numbers or tuple(regime.by_number)
    return tuple(speak("purposes", language, regime, number=number, purpose=number) for number in every)


def _pass(name: str, grant: Grant, language: str, regime: Regime, now: datetime) -> str:
    return _with_holder(
        partial(speak, name, language, regime, now=now), grant, "", purpose=name_in(grant.name, language, regime)
    )


def _with_holder(tell: Callable[..., str], of: Grant | Verdict, end: str, **fields: Any) -> str:
    """The sentence with its holder and `end`; without the end of the document where that takes too long."""
    moments = {"valid_from": of.valid_from, "valid_until": of.valid_until}
    tell_whom = partial(tell, **fields, **moments, initials=of.initials)
    whole = tell_whom(tail=of.document_tail) + end
    return whole if seconds(whole) < LONGEST else tell_whom(tail="") + end


def _offered(name: str, options: Sequence[str], language: str, regime: Regime) -> Iterator[str]:
    """Purposes keep their numbers, people are numbered from 1, zones have none."""
    for place, option in enumerate(options, 1):
        if name == "ask_which_purpose" and option.isdecimal():
            yield from speak_purposes(regime, language, (int(option),))
        elif name in ("ask_person", "withdraw_whose"):
            initials, _, tail = option.partition("*")
            person = spoken_holder(initials.strip(), tail, language)
            yield speak("option", language, regime, number=place, option=person)
        else:
            yield f"{option}."
