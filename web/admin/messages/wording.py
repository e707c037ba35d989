"""How the pages of texts say states, errors and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from codes.resending import Resent
from store.texts_out import LOST_EITHER, STUCK
from web.words import _, later

STATES: Mapping[str, str] = MappingProxyType(
    {
        LOST_EITHER: later("Never arrived"),
        "undelivered": later("Undelivered: the carrier could not hand it over"),
        "failed": later("Failed: the carrier did not take it"),
        STUCK: later("Stuck: due for more than two minutes"),
        "created": later("Waits to be sent"),
        "sending": later("Being sent"),
        "sent": later("With the carrier"),
        "delivered": later("Delivered"),
    }
)
_NUMBER = later("No text can reach this number: tell them in another way, and have the number put right.")
_STOPPED = later("They wrote STOP: only they can allow notices again. Tell them in another way.")
_LATER = later("The telephone was off or the network full: send it again later.")
_OURS = later("Something is wrong with our account or number: put it right with the carrier, then send again.")
_WORDS = later("The words are the trouble: they are changed in the program, sending again does not help.")
_BUSY = later("Too much at once: it is sent again by itself. If it failed all the same, send it again.")
_BLOCKED = later("The telephone or its carrier refuses texts: they have to allow them. Tell them in another way.")
_DOUBT = later("It may have arrived all the same: ask them before you send it again.")
ADVICE: Mapping[int, str] = MappingProxyType(
    {
        **dict.fromkeys((21211, 21408, 21612, 21614, 30005, 30006), _NUMBER),
        **dict.fromkeys((30001, 30003, 30017), _LATER),
        **dict.fromkeys((20003, 20005, 20404, 21212, 21606, 30002), _OURS),
        **dict.fromkeys((14107, 20429, 20503, 21611), _BUSY),
        **dict.fromkeys((21617, 30007), _WORDS),
        21610: _STOPPED,
        30004: _BLOCKED,
        30008: _DOUBT,
    }
)
"""What to do, by the carrier's error."""
OTHERWISE = later("Look the number up in the carrier's list of errors.")
LEFT_OUT: Mapping[Resent, str] = MappingProxyType(
    {
        Resent.GONE: later("Sent again already, or older than 30 days: {count}"),
        Resent.STOPPED: later("For people who want no notices: {count}"),
        Resent.OUTDATED: later("Codes that hold no more: {count}"),
        Resent.HOPELESS: later("Would fail again, see what to do beside each: {count}"),
    }
)
TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Resent.SENT: ("success", later("Sent again: it stands at the head of the list.")),
        Resent.UNKNOWN: ("problem", later("There is no such text.")),
        Resent.NOT_LOST: ("problem", later("It arrived, or it may still arrive.")),
        Resent.GONE: (
            "problem",
            later("It was sent again already, or is older than 30 days: then its words are not kept."),
        ),
        Resent.STOPPED: ("problem", later("They wrote STOP: they get no notices.")),
        Resent.OUTDATED: ("problem", later("It is a code that holds no more: a new one is asked for.")),
        "resent": ("success", later("Sent again: {count}. They stand at the head of the list.")),
    }
)


def advice(error: int | None) -> str:
    """What to do about an error of the carrier; empty where there was none."""
    return "" if error is None else _(ADVICE.get(error, OTHERWISE))
