"""What the service says. The door to every sentence: `say` one, `word` an outcome, `verdicts`, `passes`, `rules`."""

from collections.abc import Sequence
from datetime import datetime

from codes.outcomes import Grant, Referral, Refusal
from codes.regime import Regime
from language.answers import answer_to, referral, refusal, standing_of
from language.examples import name_in
from language.rules import rules
from language.saying import holder, say
from language.segments import count_segments
from language.templates import TEMPLATES, Template
from language.verdicts import verdicts

__all__ = ["TEMPLATES", "Template", "holder", "passes", "rules", "say", "verdicts", "word"]

_PASSES_SEGMENTS = 2


def word(outcome: Grant | Refusal | Referral, language: str, regime: Regime, now: datetime) -> str:
    """The answer to a request for a pass."""
    match outcome:
        case Grant():
            return _pass(answer_to(outcome, now), outcome, language, regime, now)
        case Refusal(reason, purpose, next_at, detail):
            template = refusal(reason, next_at)
            return say(template, language, regime, now=now, purpose=purpose, next_at=next_at, what=detail)
        case Referral(application, purpose):
            return say(referral(outcome, regime), language, regime, application=application, purpose=purpose)


def passes(
    grants: Sequence[Grant], language: str, regime: Regime, now: datetime, segments: int = _PASSES_SEGMENTS
) -> str:
    """The live passes of one person or several, a line each; those that don't fit the segments are counted."""
    if len(grants) == 1:
        return _pass(standing_of(grants[0], now), grants[0], language, regime, now)
    names = ("status_line_ahead" if grant.valid_from > now else "status_line" for grant in grants)
    lines = [_pass(name, grant, language, regime, now) for name, grant in zip(names, grants, strict=True)]
    text = "\n".join(lines)
    left_out = 0
    while count_segments(text).segments > segments and left_out + 1 < len(lines):
        left_out += 1
        text = "\n".join([*lines[:-left_out], say("status_more", language, regime, count=left_out)])
    return text


def _pass(template: str, grant: Grant, language: str, regime: Regime, now: datetime) -> str:
    return say(
        template,
        language,
        regime,
        now=now,
        code=grant.code,
        purpose=name_in(grant.name, language, regime),
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
        initials=grant.initials,
        tail=grant.document_tail,
    )
