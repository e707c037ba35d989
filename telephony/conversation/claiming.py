"""A telephone answers whether its document may be used on another one too (`codes/claiming.py`)."""

import re
import unicodedata

from codes.claiming import Pending, answer_claim
from language.intents import Aim, Ask, Dialogue
from telephony.conversation.replies import Say
from telephony.conversation.talk import Talk, Turn

QUESTION = Dialogue(Aim.CHECK, Ask.CONFIRM)
"""How an answer to it is understood."""
_CONSENT = re.compile(r"\W*(\d)\W*(\d)\W*(\d)\W*(\d)\W*(\d)\W*(\d)\W*")


def consent_in(text: str) -> str | None:
    """Six digits that are all a text says."""
    found = _CONSENT.fullmatch(unicodedata.normalize("NFKC", text))
    return "".join(str(int(digit)) for digit in found.groups()) if found else None


def answer_about_document(talk: Talk, claim: Pending, *, agreed: bool) -> Turn:
    """A yes or a no to whoever waits for it; a yes is the number in our question."""
    if agreed and consent_in(talk.text) != claim.consent:
        return Turn(Say("claim_consent"), talk.memory, "claim_consent")
    outcome, tail = answer_claim(talk.work, talk.meeting, claim, agreed=agreed)
    return Turn(Say(f"claim_{outcome}", {"tail": tail}), talk.memory, f"claim_{outcome}")
