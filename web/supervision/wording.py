"""How the supervisors' pages say what the rooms below mean."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from codes.desk.alarms import BY_OFFICERS, Alarm, Kind, Whom
from codes.desk.picked_calls import Why
from codes.desk.recording import ListedRecording, Stage
from codes.desk.reviewing_calls import Reason, Verdict
from codes.police.officers import UnlockReason
from web.masking import masked_number
from web.words import _, later

PRESENCES: Mapping[str, str] = MappingProxyType(
    {
        "available": later("Waits for a caller"),
        "ringing": later("The telephone rings"),
        "connected": later("With a caller"),
        "wrapping_up": later("Notes a call"),
        "away": later("Away"),
    }
)
REFUSED: Mapping[Why, tuple[str, str]] = MappingProxyType(
    {
        Why.OWN: (
            later("You had a part in this call"),
            later("Somebody else listens to it. That you tried was noted."),
        ),
        Why.NOT_PICKED: (
            later("This call was not picked"),
            later("Only calls picked at random are heard again. That you tried was noted."),
        ),
    }
)
PROOFS: Mapping[str, str] = MappingProxyType(
    {
        "document": later("By the end of the document"),
        "code": later("By a code to the number on file"),
        "registered": later("Registered in this call"),
    }
)
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        Verdict.FINE: later("Fine"),
        Verdict.FAULTY: later("Faulty"),
        Verdict.UNHEARD: later("Could not be heard"),
    }
)
REASONS: Mapping[str, str] = MappingProxyType(
    {
        Reason.REVIEW: later("To judge the call"),
        Reason.AGAIN: later("Something was not clear"),
    }
)
UNLOCKS: Mapping[str, str] = MappingProxyType(
    {
        UnlockReason.SPOKEN_WITH: later("I spoke with the officer"),
        UnlockReason.UNIT_CONFIRMS: later("The unit vouches for them"),
        UnlockReason.NEW_PIN: later("They have a new PIN"),
        UnlockReason.OTHER: later("Something else"),
    }
)
LOST: Mapping[str, str] = MappingProxyType(
    {
        "absent": later("Lost: the carrier recorded nothing."),
        "failed": later("Lost: the carrier could not record."),
        "gone": later("Lost: the carrier no longer has it."),
        "too_long": later("Lost: it is longer than a call can be."),
        "unreached": later("Lost: it could not be fetched for days."),
        "unknown": later("Lost: nobody knows which call it is of."),
    }
)
_STAGES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.ANNOUNCED: later("On its way here. It comes within minutes; look again."),
        Stage.KEPT: later("Ready to be heard."),
        Stage.WITHDRAWN: later("Ready to be heard."),
        Stage.DESTROYED: later("Destroyed: its time is over."),
    }
)
ALARMS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.LOOKS: (
            later("Many looks at people's data"),
            later("More than {threshold} in a day are more than calls explain."),
        ),
        Kind.SEARCHES: (
            later("Many searches that found nobody"),
            later("More than {threshold} in a day look like trying numbers out."),
        ),
        Kind.OUTSIDE: (
            later("Looks that belong to no call"),
            later("An agent sees people in their own calls alone, so that each such look is a hole in the rules."),
        ),
        Kind.PACE: (
            later("Many look-ups within one hour"),
            later("More than {threshold} in an hour are faster than people can be inspected."),
        ),
        Kind.MISSES: (
            later("Many unknown or mistyped codes"),
            later("More than {threshold} in a day look like trying codes out."),
        ),
    }
)
"""A title, and why it is an alarm."""


def stage_words(one: ListedRecording, stage: Stage) -> str:
    """How far a recording has come."""
    return _(LOST[one.lost or "unknown"]) if stage is Stage.LOST else _(_STAGES[stage])


def whom_words(whom: Whom) -> str:
    """An agent's name; an officer's unit and the end of their number."""
    return f"{whom.name}, {masked_number(whom.phone)}" if whom.phone else whom.name


def of_officer(alarm: Alarm) -> bool:
    """Whether it is about an officer."""
    return alarm.kind in BY_OFFICERS


def clock(moment: datetime) -> str:
    """``14:05``."""
    return f"{moment.hour:02}:{moment.minute:02}"
