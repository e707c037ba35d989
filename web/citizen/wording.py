"""How citizens' pages say what the rooms below mean."""

from collections.abc import Mapping
from types import MappingProxyType

from codes.outcomes import RefusalReason
from web.words import _, later

REASONS: Mapping[str, str] = MappingProxyType(
    {
        RefusalReason.QUOTA: later("Your limit was used up"),
        RefusalReason.HOURS: later("Not at this hour"),
        RefusalReason.ISOLATION: later("You were told to stay at home"),
        RefusalReason.BLOCKED: later("This number is blocked"),
        RefusalReason.CROWDED: later("Too many people use this number"),
        RefusalReason.REVIEW: later("An officer decided so"),
        RefusalReason.NO_PASS_NEEDED: later("No pass is needed for this"),
        RefusalReason.NOT_AHEAD: later("Not that far ahead"),
        RefusalReason.NOTHING_LIVE: later("This pass is over"),
        RefusalReason.NOT_EXTENDABLE: later("This pass can't be made longer"),
    }
)
REVOKED: Mapping[str, str] = MappingProxyType(
    {
        "cancelled": later("given back by you"),
        "not_me": later("withdrawn: you told us that it was not you"),
        "isolation": later("revoked: you were told to stay at home"),
        "left": later("revoked: your employer said that you left"),
    }
)


def refused_words(reason: str) -> str:
    """Why there was no pass."""
    return _(REASONS[reason])


def revoked_words(reason: str | None) -> str:
    """What became of a pass that is not live any more; the words of whoever revoked it by hand went out by text."""
    if reason is None:
        return _("over")
    known = REVOKED.get(reason)
    return _(known) if known else _("revoked")
