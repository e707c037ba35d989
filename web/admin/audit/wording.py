"""How the list of looks says why somebody looked, and where; an operator says why in words of their own."""

from collections.abc import Mapping
from types import MappingProxyType

from web.words import _, later

_WHYS: Mapping[str, str] = MappingProxyType(
    {
        "administration": later("administration"),
        "application": later("an application"),
        "appeal": later("an appeal"),
        "call": later("a call"),
        "checks": later("compares what they wrote down"),
        "hidden_number": later("calls with a hidden number"),
        "locked": later("a locked officer"),
        "not_understood": later("did not get the code the first time"),
        "other_number": later("calls from another number"),
        "review": later("review"),
        "again": later("something was not clear"),
    }
)
"""Before the number of what it was about."""
_WHERES: Mapping[str, str] = MappingProxyType(
    {
        "desk": later("operator's page"),
        "desk.code": later("reading out a code"),
        "desk.search": later("search at the desk"),
        "officers": later("list of officers"),
        "officers.csv": later("list of officers as a sheet"),
        "paper": later("a paper"),
        "recording": later("a recording"),
        "review": later("review"),
        "review/organisation": later("an organisation"),
        "review/organisations": later("list of organisations"),
        "staff": later("list of accounts"),
        "staff.csv": later("list of accounts as a sheet"),
    }
)
"""Pages; a command is called by its name."""


def why_words(why: str) -> str:
    """Why somebody looked; ``application 17`` keeps its number."""
    reason, _space, number = why.partition(" ")
    return f"{_(_WHYS[reason])} {number}".strip() if reason in _WHYS and " " not in number else why


def where_words(where: str) -> str:
    """Where somebody looked."""
    return _(_WHERES[where]) if where in _WHERES else where
