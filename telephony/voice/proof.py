"""The last four digits of a document, before anything about a person is said: the caller's number can be forged."""

from codes.desk.proving import WRONG_A_DAY, count_wrong, holder_with_tail, provable, prove, wrong_proofs_lately
from codes.telling import is_landline
from language.at_home import Tell, Word
from language.intents import (
    AddDependant,
    Answer,
    CheckBinding,
    Command,
    Do,
    Intent,
    Malformed,
    Register,
    Request,
)
from telephony.voice.scene import Heard, Move, Scene, settle
from telephony.voice.state import Expect, Wish

_PERSONAL = {Command.STATUS, Command.REPEAT, Command.EXTEND, Command.CANCEL, Command.NOT_ME, Command.MY_DATA}
WITHOUT = "#"
"""Keyed by who has no document at hand."""


def is_personal(intent: Intent) -> bool:
    """Whether the answer tells or changes something about a person."""
    match intent:
        case Do(command):
            return command in _PERSONAL
        case Tell(word):
            return word is not Word.SOS
        case Request() | Register() | AddDependant() | CheckBinding() | Answer() | Malformed():
            return True
        case _:
            return False


def gets_no_text(scene: Scene) -> bool:
    """Whether the caller rings from a telephone that no text reaches: nothing is promised to come there."""
    return is_landline(scene.meeting.phone.number)


def ask_proof(scene: Scene, wish: Wish) -> Scene | Move:
    """Asks for the four digits, where that has sense; else the scene to go on with: wrong tries are limited."""
    state = scene.state
    if state.proved or state.unproved or not provable(scene.meeting.holders):
        return scene
    if wrong_proofs_lately(scene.work, scene.meeting.phone) >= WRONG_A_DAY:
        return scene.turned(unproved=True, spent=True)
    return settle(scene, (scene.say(_asked("ask_tail", scene)),), Expect.TAIL, "ask.tail", wish=wish)


def judge_proof(scene: Scene, heard: Heard) -> Scene | Move:
    """The scene with the caller proved, or not to be proved; or the question again.

    Tries are counted here too: many calls may have been asked before the last try was spent.
    """
    if heard.keys.startswith(WITHOUT):
        if heard.keys.strip(WITHOUT):  # the hash ended the number before; what follows is the beginning of the digits
            return settle(scene, (scene.say(_asked("ask_tail", scene)),), Expect.TAIL, "ask.tail", heard=False)
        return scene.turned(unproved=True)
    wrong = wrong_proofs_lately(scene.work, scene.meeting.phone)
    if wrong >= WRONG_A_DAY:
        return scene.turned(unproved=True, spent=True)
    holder = holder_with_tail(scene.meeting.holders, heard.number)
    if holder:
        prove(scene.work, scene.call_sid, holder.id, "document", scene.actor)
        return scene.turned(proved=True)
    count_wrong(scene.work, scene.call_sid, scene.actor)
    if wrong + 1 >= WRONG_A_DAY:
        return scene.turned(unproved=True, spent=True)
    return settle(scene, (scene.say(_asked("tail_wrong", scene)),), Expect.TAIL, "tail_wrong", heard=False)


def _asked(prompt: str, scene: Scene) -> str:
    return f"{prompt}_line" if gets_no_text(scene) else prompt
