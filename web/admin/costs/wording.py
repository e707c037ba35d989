"""How the page of costs says what a text asked and what our answer came to."""

from collections.abc import Mapping
from types import MappingProxyType

from web.words import _, later

_ASKED: Mapping[str, str] = MappingProxyType(
    {
        "answer": later("Answer to a question of ours"),
        "back": later("One question back"),
        "cancel": later("Giving a pass back"),
        "check": later("Question about a plate or card"),
        "complaint": later("Appeal"),
        "decline": later("No, thank you"),
        "dependant": later("Somebody in their care"),
        "exempted": later("What needs no pass"),
        "extend": later("Making a pass longer"),
        "genuine": later("Is this text from us?"),
        "inquiry": later("Question about the order"),
        "inspect": later("Officer's look"),
        "language": later("Another language"),
        "malformed": later("Something mistyped"),
        "more": later("More of the rules"),
        "my_data": later("What we hold"),
        "not_me": later("It was not me"),
        "register": later("Registration"),
        "repeat": later("The code once more"),
        "request": later("Request for a pass"),
        "rules": later("The rules"),
        "shift": later("Officer's shift"),
        "start": later("Notices again"),
        "status": later("Which passes there are"),
        "stop": later("No more notices"),
        "unclear": later("Not understood"),
    }
)
"""What was understood, by the first word of `language.understanding.notation`."""
_CAME: Mapping[str, str] = MappingProxyType(
    {
        "answered": later("answered"),
        "ask": later("we asked"),
        "claim_agreed": later("agreed to share a document"),
        "claim_consent": later("asked for the digits"),
        "claim_denied": later("did not agree to share a document"),
        "claim_waits": later("the other telephone is asked"),
        "corrected": later("corrected"),
        "extended": later("made longer"),
        "granted": later("granted"),
        "inspected": later("answered"),
        "malformed": later("asked again"),
        "referred": later("waits for a decision"),
        "refused": later("refused"),
        "registered": later("registered"),
        "repeated": later("said again"),
        "shift": later("answered"),
        "unclear": later("asked again"),
    }
)
"""What came of it, by the label of a turn up to its dot."""


def answer_words(label: str) -> str:
    """``request:refused.quota`` in words; nothing for what has none."""
    asked, _colon, came = label.partition(":")
    came = came.partition(".")[0]
    return f"{_(_ASKED[asked])}: {_(_CAME[came])}" if asked in _ASKED and came in _CAME else ""
