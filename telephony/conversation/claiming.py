"""A telephone answers whether its document may be used on another one too (`codes/claiming.py`)."""

from codes.claiming import answer_claim
from language.intents import Aim, Ask, Dialogue
from telephony.conversation.replies import Say
from telephony.conversation.talk import Talk, Turn

QUESTION = Dialogue(Aim.CHECK, Ask.CONFIRM)
"""How an answer to it is understood."""


def answer_about_document(talk: Talk, claim: str, *, agreed: bool) -> Turn:
    """A yes or a no to whoever waits for it."""
    outcome, tail = answer_claim(talk.work, talk.meeting, claim, agreed=agreed)
    return Turn(Say(f"claim_{outcome}", {"tail": tail}), talk.memory, f"claim_{outcome}")
