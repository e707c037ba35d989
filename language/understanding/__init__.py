"""What people write, understood: one text becomes one intent. Pure: no clock, no store, no network.

normalise -> tokens -> marks (what each word says) and fields -> intent; each step is a module of this package.
"""

from datetime import datetime

from codes.regime import Regime
from language.intents import Dialogue, Do, Inspect, Understood
from language.understanding.answers import interpret_answer
from language.understanding.languages import detect_language
from language.understanding.notation import describe, describe_fields
from language.understanding.officers import officer_intent
from language.understanding.reading import read
from language.understanding.wishes import interpret

__all__ = ["describe", "describe_fields", "understand"]


def understand(
    text: str, regime: Regime, dialogue: Dialogue | None = None, *, officer: bool = False, now: datetime
) -> Understood:
    """The intent of one inbound text.

    `dialogue` is the sender's open question, if any; `officer`: the sender is an enrolled officer, whose codes are
    looked up; `now` is an aware moment. Never raises, whatever the text.
    """
    reading = read(text, regime, now.astimezone(regime.zone))
    intent = officer_intent(reading) if officer else None
    if intent is None:
        intent = interpret(reading) if dialogue is None else interpret_answer(reading, dialogue)
    only_a_code = isinstance(intent, Inspect) or (isinstance(intent, Do) and bool(intent.code))
    return Understood(intent, None if only_a_code else detect_language(reading))
