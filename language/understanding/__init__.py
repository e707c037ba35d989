"""What people write, understood: one text becomes one intent. Pure: no clock, no store, no network.

normalise -> tokens -> marks (what each word says) and fields -> intent; each step is a module of this package.
"""

from datetime import datetime

from codes.code import read_code
from codes.regime import CodeShape, Regime
from language.at_home import Tell
from language.intents import Dialogue, Do, Exempted, Inspect, Intent, Request, SetLanguage, Understood
from language.understanding.answers import interpret_answer
from language.understanding.languages import detect_language
from language.understanding.lexicon import lexicon_of
from language.understanding.notation import describe, describe_fields
from language.understanding.officers import officer_intent
from language.understanding.patients import patient_intent, told_in
from language.understanding.reading import Reading, read
from language.understanding.times import find_time
from language.understanding.wishes import interpret

__all__ = ["describe", "describe_fields", "lexicon_of", "understand"]

_SHORT = 40
_FEW = 3
"""Letters or digits of a word nobody needs to know: it is no name, and no document's number."""
_REMEMBERED = 10_000


def understand(
    text: str,
    regime: Regime,
    dialogue: Dialogue | None = None,
    *,
    officer: bool = False,
    patient: bool = False,
    shapes: tuple[CodeShape, ...] = (),
    now: datetime,
) -> Understood:
    """The intent of one inbound text.

    `dialogue` is the sender's open question, if any; `officer`: the sender is an enrolled officer, whose codes are
    looked up; `patient`: somebody on their telephone has to stay at home; `shapes` is what a code may look like,
    unless only as in `regime`; `now` is an aware moment. Never raises, whatever the text.
    """
    shapes = shapes or (regime.code,)
    if officer and len(text) <= _SHORT and (code := read_code(text, *shapes)).sound:
        return Understood(Inspect((code.text,)))  # most of what officers send, and nothing else is like it
    shared = dialogue is None and not patient and len(text) <= _SHORT
    remembered = lexicon_of(regime).understood if shared else {}
    known = remembered.get((text, officer))
    if known is None:
        reading = read(text, regime, shapes, now.astimezone(regime.zone))
        known = _interpret(reading, dialogue, officer=officer, patient=patient)
        if shared and len(remembered) < _REMEMBERED and _said_by_many(reading, known.intent):
            remembered[text, officer] = known
    return known


def _said_by_many(reading: Reading, intent: Intent) -> bool:
    """Whether it means the same from anybody at any time, in words that name nobody."""
    known = all(reading.by_token.get(index) or len(reading.tokens[index].text) <= _FEW for index in reading.words)
    if not known or find_time(reading):
        return False
    match intent:
        case Request(fields=fields):
            return not fields
        case Do(code=code):
            return not code
        case _:
            return isinstance(intent, SetLanguage | Exempted)


def _interpret(reading: Reading, dialogue: Dialogue | None, *, officer: bool, patient: bool) -> Understood:
    intent = officer_intent(reading) if officer else None
    if intent is None and patient:
        intent = patient_intent(reading)
    if intent is None:
        intent = interpret(reading) if dialogue is None else interpret_answer(reading, dialogue)
    only_a_code = isinstance(intent, Inspect) or (isinstance(intent, Do) and bool(intent.code))
    language = told_in(reading) if isinstance(intent, Tell) else None
    return Understood(intent, language or (None if only_a_code else detect_language(reading)))
