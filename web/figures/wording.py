"""What is counted, in words: how texts were understood, why no pass was given, what officers were told."""

from collections.abc import Mapping
from types import MappingProxyType

from codes.outcomes import RefusalReason, VerdictKind
from web.words import _, later

UNDERSTOOD: Mapping[str, str] = MappingProxyType(
    {
        "at_once": later("Understood at once"),
        "after_questions": later("After our questions"),
        "asked": later("We had to ask"),
        "not_understood": later("Not understood"),
    }
)
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        RefusalReason.QUOTA: later("The limit is used up"),
        RefusalReason.HOURS: later("Not at this hour"),
        RefusalReason.ISOLATION: later("Must stay at home"),
        RefusalReason.BLOCKED: later("The person or the number is blocked"),
        RefusalReason.CROWDED: later("Too many people on one number"),
        RefusalReason.REVIEW: later("A reviewer decided so"),
        RefusalReason.NO_PASS_NEEDED: later("No pass is needed for this"),
        RefusalReason.NOT_AHEAD: later("Not that far ahead"),
        RefusalReason.NOTHING_LIVE: later("No pass to lengthen, repeat or give back"),
        RefusalReason.NOT_EXTENDABLE: later("This pass can't be lengthened"),
    }
)
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        VerdictKind.VALID: later("Valid"),
        VerdictKind.WRONG_ZONE: later("Not for this zone"),
        VerdictKind.NOT_YET_VALID: later("Not valid yet"),
        VerdictKind.EXPIRED: later("Expired"),
        VerdictKind.REVOKED: later("Withdrawn"),
        VerdictKind.UNKNOWN: later("No such pass"),
        VerdictKind.MISTYPED: later("Mistyped"),
        "forged": later("Forged"),
    }
)
CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "text": later("By text"),
        "voice": later("By call"),
        "agent": later("By an agent"),
        "web": later("On the web"),
        "operator": later("By an operator"),
        "api": later("By a machine"),
    }
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        "delivered": later("Delivered"),
        "sent": later("Sent, no receipt yet"),
        "created": later("Waits to be sent"),
        "sending": later("Being sent"),
        "undelivered": later("Not delivered"),
        "failed": later("Failed"),
    }
)
CALLS: Mapping[str, str] = MappingProxyType(
    {
        "reached": later("Reached an agent"),
        "waiting": later("Wait still"),
        "lost": later("Left without an agent"),
    }
)


def say(words: Mapping[str, str], key: str) -> str:
    """The words for a key; the key itself where it has none."""
    return _(words[key]) if key in words else key
