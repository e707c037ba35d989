"""How the desk says what the rooms below mean: reasons, outcomes, masked numbers, moments."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from babel import Locale

from codes.desk.attending import Why
from codes.desk.identifying import LookReason
from codes.desk.wrapping_up import Outcome
from codes.outcomes import RefusalReason
from codes.people import Holder
from codes.regime import Regime
from language.examples import purpose_name
from language.moments import when
from web.words import _, later, spoken

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
REASONS: Mapping[str, str] = MappingProxyType(
    {
        RefusalReason.QUOTA: later("the limit is used up"),
        RefusalReason.HOURS: later("not at this hour"),
        RefusalReason.ISOLATION: later("must stay at home"),
        RefusalReason.BLOCKED: later("the person or the number is blocked"),
        RefusalReason.CROWDED: later("too many people on this number"),
        RefusalReason.REVIEW: later("an officer decided so"),
        RefusalReason.NO_PASS_NEEDED: later("no pass is needed for this"),
        RefusalReason.NOT_AHEAD: later("not that far ahead"),
        RefusalReason.NOTHING_LIVE: later("there is no such pass any more"),
        RefusalReason.NOT_EXTENDABLE: later("this pass can't be made longer"),
    }
)
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


def purpose_words(number: int | None, regime: Regime) -> str:
    """What a purpose is called, with its number as people say it."""
    return f"{number} {purpose_name(number, spoken(), regime)}" if number is not None else ""


def reason_words(reason: str, next_at: datetime | None, regime: Regime, now: datetime) -> str:
    """Why no pass was given, and when one could be had."""
    said = _(REASONS[reason])
    return f"{said}; {_('possible from {moment}', moment=when(next_at, regime, now))}" if next_at else said


def revoked_words(reason: str) -> str:
    """Why a pass is no more; in the words of who withdrew it, where somebody wrote some."""
    known = _REVOKED.get(reason)
    return _(known) if known else _("withdrawn")


def language_name(code: str) -> str:
    """``Russian``, in the language of the page."""
    name = str(Locale.parse(spoken()).languages.get(code, code))
    return name[:1].upper() + name[1:]


def lasted(span: timedelta) -> str:
    """``2:05``; minutes and seconds."""
    seconds = max(int(span.total_seconds()), 0)
    return f"{seconds // 60}:{seconds % 60:02}"


def lasted_about(span: timedelta) -> str:
    """As `lasted`, in steps of ten seconds: a page that is open need not change with each second."""
    return lasted(timedelta(seconds=int(span.total_seconds()) // _STEP_S * _STEP_S))
