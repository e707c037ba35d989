"""How the reviewers' pages say what the rooms below mean."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from codes.review.review_queue import Show
from language.segments import count_segments
from web.words import counted, later

SHOWS: Mapping[Show, str] = MappingProxyType(
    {
        Show.ALL: later("All that wait"),
        Show.FREE: later("Those I can take"),
        Show.MINE: later("Those I took"),
        Show.CONFIRM: later("Those to confirm"),
        Show.PAPERS: later("Those that wait for a paper"),
    }
)
PROPOSALS: Mapping[str, str] = MappingProxyType({"grant": later("to grant it"), "refuse": later("to refuse it")})
STATES: Mapping[str, str] = MappingProxyType(
    {
        "referred": later("waits for a decision"),
        "refused": later("refused"),
        "active": later("valid"),
        "expired": later("over"),
        "revoked": later("withdrawn"),
    }
)
DECIDED: Mapping[str, str] = MappingProxyType(
    {
        "refused": later("An application was refused"),
        "revoked": later("A pass was withdrawn"),
        "isolation": later("Told to stay at home"),
        "alert": later("An alert about them was decided"),
    }
)
"""What an appeal may be about."""
APPEALS: Mapping[str, str] = MappingProxyType(
    {"open": later("waits for an answer"), "upheld": later("They were right"), "denied": later("Denied")}
)
CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "text": later("by text"),
        "voice": later("by a call"),
        "agent": later("through an agent"),
        "web": later("on the page"),
        "operator": later("at the command line"),
    }
)


def waited(span: timedelta) -> str:
    """``3 hours``; how long something waits, in its largest part."""
    minutes = max(int(span.total_seconds()) // 60, 1)
    if minutes < 60:
        return counted("{count} minute", "{count} minutes", minutes)
    if minutes < 48 * 60:
        return counted("{count} hour", "{count} hours", minutes // 60)
    return counted("{count} day", "{count} days", minutes // (24 * 60))


def billed(text: str) -> str:
    """How many texts are billed for it."""
    return counted("{count} segment is billed", "{count} segments are billed", count_segments(text).segments)
