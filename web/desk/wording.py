"""How the desk says what the rooms below mean: reasons, outcomes, masked numbers, moments."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from codes.desk.attending import Why
from codes.desk.identifying import LookReason
from codes.desk.wrapping_up import Outcome
from codes.people import Holder
from web.words import _, later

REFUSED: Mapping[Why, tuple[str, str]] = MappingProxyType(
    {
        Why.NO_CALL: (later("There is no such call"), later("Nothing is done without a call. Go back to your desk.")),
        Why.ENDED: (
            later("This call is over"),
            later("You are no longer connected with the caller, so nothing was done. Wrap the call up."),
        ),
        Why.NOT_YOURS: (
            later("This is not your call"),
            later("Another agent has this caller, or nobody yet. Nothing was done, and it was noted."),
        ),
        Why.NOT_PROVED: (
            later("The caller is not proved"),
            later("First the end of the document, or the code that was sent to the number on file. Nothing was done."),
        ),
        Why.PAUSED: (
            later("The recording is paused"),
            later("Passes are issued and codes are read out on the recording alone. Let it go on, then try again."),
        ),
    }
)
"""A title, and what it means."""
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        Outcome.ISSUED: later("Pass issued"),
        Outcome.CHANGED: later("Pass or details changed"),
        Outcome.REFUSED: later("Pass refused"),
        Outcome.ANSWERED: later("Question answered"),
        Outcome.NOT_PROVED: later("Caller not proved"),
        Outcome.BROKEN_OFF: later("Call broke off"),
        Outcome.OTHER: later("Something else"),
    }
)
LOOKS: Mapping[str, str] = MappingProxyType(
    {
        LookReason.OTHER_NUMBER: later("Calls from a number that is not on file"),
        LookReason.HIDDEN_NUMBER: later("The number is hidden"),
        LookReason.NOT_UNDERSTOOD: later("The caller did not get the code"),
        LookReason.CHECKS: later("The caller wants to compare it"),
    }
)
OTHERS_NUMBER = (LookReason.OTHER_NUMBER, LookReason.HIDDEN_NUMBER)
AGAIN = (LookReason.NOT_UNDERSTOOD, LookReason.CHECKS)
AT_HOME: Mapping[str, str] = MappingProxyType(
    {
        "reply": later("answers what we told them"),
        "home": later("is at home"),
        "hospital": later("is in hospital"),
        "ambulance": later("an ambulance is there"),
        "doctor": later("called by a doctor"),
        "asleep": later("was asleep"),
        "ill": later("is ill"),
        "no_battery": later("the battery was empty"),
        "other": later("can't answer, or is not at home"),
        "sos": later("asks for help"),
        "consent_withdrawn": later("takes their consent back"),
    }
)
"""What somebody at home says on a call, in the order in which it is offered."""
_REVOKED: Mapping[str, str] = MappingProxyType(
    {
        "cancelled": later("given back"),
        "not_me": later("withdrawn: not asked for by its holder"),
        "isolation": later("withdrawn: must stay at home"),
    }
)
_STEP_S = 10


def masked_person(holder: Holder, *, proved: bool) -> str:
    """``И.И.И. *2506``; before the proof without the end of the document, which the caller is to say."""
    name = holder.initials or _("no name on file")
    return f"{name} *{holder.document_tail}" if proved and holder.document_tail else name


def revoked_words(reason: str) -> str:
    """Why a pass is no more; in the words of who withdrew it, where somebody wrote some."""
    known = _REVOKED.get(reason)
    return _(known) if known else _("withdrawn")


def lasted(span: timedelta) -> str:
    """``2:05``; minutes and seconds."""
    seconds = max(int(span.total_seconds()), 0)
    return f"{seconds // 60}:{seconds % 60:02}"


def lasted_about(span: timedelta) -> str:
    """As `lasted`, in steps of ten seconds: a page that is open need not change with each second."""
    return lasted(timedelta(seconds=int(span.total_seconds()) // _STEP_S * _STEP_S))
