"""What the service says. The door to every sentence: `say` one, `word` an outcome, `verdicts`, `passes`, `rules`."""

from collections.abc import Sequence
from datetime import datetime

from codes.outcomes import Grant, Referral, Refusal, RefusalReason
from codes.regime import Regime
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
            return _pass(_granted(outcome, now), outcome, language, regime, now)
        case Refusal(reason, purpose, next_at, detail):
            template = _refused(reason, next_at)
            return say(template, language, regime, now=now, purpose=purpose, next_at=next_at, what=detail)
        case Referral(application, purpose):
            return say("referred", language, regime, application=application, purpose=purpose)


def passes(grants: Sequence[Grant], language: str, regime: Regime, now: datetime) -> str:
    """The live passes of one person or several, a line each; those that don't fit two segments are counted."""
    if len(grants) == 1:
        return _pass(_standing("status_live", "status_ahead", grants[0], now), grants[0], language, regime, now)
    names = (_standing("status_line", "status_line_ahead", grant, now) for grant in grants)
    lines = [_pass(name, grant, language, regime, now) for name, grant in zip(names, grants, strict=True)]
    text = "\n".join(lines)
    left_out = 0
    while count_segments(text).segments > _PASSES_SEGMENTS and left_out + 1 < len(lines):
        left_out += 1
        text = "\n".join([*lines[:-left_out], say("status_more", language, regime, count=left_out)])
    return text


def _standing(live: str, ahead: str, grant: Grant, now: datetime) -> str:
    return ahead if grant.valid_from > now else live


def _granted(grant: Grant, now: datetime) -> str:
    if grant.extended:
        return "extended"
    return _standing("granted_again" if grant.repeated else "granted", "granted_ahead", grant, now)


def _refused(reason: RefusalReason, next_at: datetime | None) -> str:
    """Some reasons have one sentence with the next possible time and one without."""
    if next_at is None:
        return f"refused_{reason}_now" if reason in {RefusalReason.QUOTA, RefusalReason.HOURS} else f"refused_{reason}"
    return f"refused_{reason}_at" if reason is RefusalReason.NOT_AHEAD else f"refused_{reason}"


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
