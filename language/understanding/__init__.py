"""What people write, understood: one text becomes one intent. Pure: no clock, no store, no network.

normalise -> tokens -> marks (what each word says) and fields -> intent; each step is a module of this package.
"""

from datetime import datetime

from codes.regime import Regime
from language.intents import Dialogue, Do, Exempted, Inspect, Intent, Request, SetLanguage, Understood
from language.understanding.answers import interpret_answer
from language.understanding.languages import detect_language
from language.understanding.lexicon import lexicon_of
from language.understanding.notation import describe, describe_fields
from language.understanding.officers import officer_intent
from language.understanding.reading import read
from language.understanding.wishes import interpret

__all__ = ["describe", "describe_fields", "lexicon_of", "understand"]

_SHORT = 40
_REMEMBERED = 10_000


def understand(
    text: str, regime: Regime, dialogue: Dialogue | None = None, *, officer: bool = False, now: datetime
) -> Understood:
    """The intent of one inbound text.

    `dialogue` is the sender's open question, if any; `officer`: the sender is an enrolled officer, whose codes are
    looked up; `now` is an aware moment. Never raises, whatever the text.
    """
    if dialogue is not None or len(text) > _SHORT:
        return _interpret(text, regime, dialogue, officer, now)
    remembered = lexicon_of(regime).understood
    known = remembered.get((text, officer))
    if known is None:
        known = _interpret(text, regime, None, officer, now)
        if _said_by_many(known.intent) and len(remembered) < _REMEMBERED:
            remembered[text, officer] = known
    return known


def _said_by_many(intent: Intent) -> bool:
    """Whether it means the same from anybody at any time, and names nobody."""
    match intent:
        case Request(fields=fields, start=None, unclear_time=""):
            return not fields
        case Do(code=code):
            return not code
        case _:
            return isinstance(intent, SetLanguage | Exempted)


def _interpret(text: str, regime: Regime, dialogue: Dialogue | None, officer: bool, now: datetime) -> Understood:
    reading = read(text, regime, now.astimezone(regime.zone))
    intent = officer_intent(reading) if officer else None
    if intent is None:
        intent = interpret(reading) if dialogue is None else interpret_answer(reading, dialogue)
    only_a_code = isinstance(intent, Inspect) or (isinstance(intent, Do) and bool(intent.code))
    return Understood(intent, None if only_a_code else detect_language(reading))
