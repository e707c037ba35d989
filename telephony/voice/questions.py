"""Answers to open questions: keyed or said, read back where a mistake would stand in a pass, then taken."""

import re
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from codes.fields import Field
from language.fields import Fit, read_field
from language.intents import Answer, Ask, Dialogue, Intent, Malformed
from language.speaking import say_singly
from language.understanding.heard_numbers import heard_digits
from telephony.conversation.claiming import QUESTION
from telephony.voice.acting import ask_also, perform, question_of
from telephony.voice.scene import Heard, Move, Scene, settle
from telephony.voice.state import Expect

YES, NO = "1", "2"
_NOW: Final = MappingProxyType({"ru": "сейчас", "tt": "хәзер", "en": "now", "el": "τώρα", "az": "indi"})
"""How "from now on" is written, for the key that says it."""
_DATE_DIGITS, _TIME_DIGITS, _CHOICE_DIGITS = 8, 4, 2
_NUMBERS: Final = frozenset({Field.DOCUMENT, Field.POSTCODE, Field.CARD, Field.TAX_NUMBER})
"""What somebody may say digit by digit."""
_LETTER = re.compile(r"[^\W\d_]")


def answer(scene: Scene, heard: Heard) -> Move:
    """An answer to the open question: read back if it is a detail of somebody, else taken at once."""
    dialogue = scene.state.memory.dialogue
    assert dialogue is not None, "only an open question is answered"
    text = _written(scene, dialogue, heard)
    intent = _meaning(scene, dialogue, text)
    details = isinstance(intent, Answer) and bool(intent.fields) and not intent.sender
    if not details:
        return perform(scene, intent, text)
    shown = say_singly(heard.number) if heard.keys else text
    prompt = scene.say("read_back_keys" if heard.keys else "read_back", heard=shown)
    return settle(scene, (prompt,), Expect.READ_BACK, "read_back", said=text, languages=False)


def confirm(scene: Scene, heard: Heard) -> Move:
    """Whether what was read back is right."""
    said = heard.number or _yes_or_no(scene, heard.speech)
    dialogue = scene.state.memory.dialogue
    assert dialogue is not None, "what is read back answers a question"
    if said == YES:
        return perform(scene, _meaning(scene, dialogue, scene.state.said), scene.state.said)
    if said != NO:
        again = scene.state.again
        prompts = (scene.say("misheard"), *again)
        return settle(scene, prompts, Expect.READ_BACK, "unclear", again=again, heard=False)
    asked = question_of(scene, dialogue)
    return settle(scene, asked, Expect.QUESTION, "wrong", said="", heard=False)


def skip(scene: Scene) -> Move:
    """The open question is left out."""
    dialogue = scene.state.memory.dialogue
    assert dialogue is not None and isinstance(dialogue.asking, Field), "a detail may be left out"
    return ask_also(scene, dialogue.fields, dialogue.asking, (), "skipped")


def _meaning(scene: Scene, dialogue: Dialogue, text: str) -> Intent:
    """What an answer means. Digits are nothing but what was asked for; by text they could be much else."""
    field = Field.DOCUMENT if dialogue.asking is Ask.PERSON else dialogue.asking
    digits = text if not _LETTER.search(text) else heard_digits(text, scene.spoken) if field in _NUMBERS else ""
    if not digits or not isinstance(field, Field):
        return scene.understand(text)
    if dialogue.asking is Ask.PERSON and len(digits) <= _CHOICE_DIGITS:
        return Answer(choice=int(digits) - 1)
    reading = read_field(field, digits, scene.regime, scene.work.now.astimezone(scene.regime.zone).date())
    if reading.fit is Fit.FINE:
        return Answer({field: reading.value})
    return Malformed(field, digits) if digits == text else scene.understand(text)


def _yes_or_no(scene: Scene, speech: str) -> str:
    """What was said to "is that right", as a key."""
    asked = replace(scene, state=replace(scene.state, memory=replace(scene.state.memory, dialogue=QUESTION)))
    match asked.understand(speech):
        case Answer(yes=True):
            return YES
        case Answer(yes=False):
            return NO
        case _:
            return ""


def _written(scene: Scene, dialogue: Dialogue, heard: Heard) -> str:
    """An answer as it would be written."""
    if heard.speech:
        return heard.speech.title() if dialogue.asking is Field.NAME else heard.speech
    digits = heard.number
    if dialogue.asking is Ask.TIME:
        return _NOW[scene.language] if digits == "1" else _split(digits, _TIME_DIGITS, ":", 2)
    if dialogue.asking is Field.BIRTH_DATE:
        return _split(digits, _DATE_DIGITS, ".", 2, 4)
    return digits


def _split(digits: str, length: int, sign: str, *places: int) -> str:
    """``24112026`` as ``24.11.2026``; what has another length stays as it is."""
    if len(digits) != length:
        return digits
    bounds = (0, *places, length)
    return sign.join(digits[start:end] for start, end in pairwise(bounds))
