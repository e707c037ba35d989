"""When to try again: tables by Twilio's error number, with growing waits and a last try.

Source: https://www.twilio.com/docs/api/errors
"""

from datetime import timedelta
from types import MappingProxyType
from typing import Final

OPTED_OUT: Final = 21610
"""The telephone wants no notices."""
UNKNOWN: Final = 30008
"""Nobody can say what became of the text."""
TOO_LATE: Final = 90003
"""It could not be handed over before what it says was past; no number of the carrier's."""
UNREACHED: Final = 20503
"""The carrier's API could not be reached at all."""


def _waits(*minutes: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=one) for one in minutes)


_BUSY: Final = _waits(0.1, 0.5, 2, 10, 30, 120, 360)
_MISCONFIGURED: Final = _waits(1, 5, 30, 120, 360)
_REFUSED: Final = MappingProxyType(
    {
        20429: _BUSY,  # too many requests
        UNREACHED: _BUSY,
        14107: _BUSY,  # too many texts between two numbers
        21611: _BUSY,  # the sender's queue is full
        # What an operator puts right is no reason to lose what was promised meanwhile.
        20003: _MISCONFIGURED,  # wrong account or token
        20005: _MISCONFIGURED,  # account suspended
        20404: _MISCONFIGURED,  # no such account
        21212: _MISCONFIGURED,  # our number is no number
        21606: _MISCONFIGURED,  # our number is not ours
    }
)
_FIRST_NUMBER: Final = 1000
"""Below are plain HTTP statuses: something between us and Twilio answered, which has no such numbers."""
_LOST: Final = MappingProxyType(
    {
        30001: _waits(5, 30, 120),  # waited too long in the carrier's queue
        30003: _waits(1, 15, 120),  # the telephone is switched off or out of reach
        30008: _waits(1, 15),  # unknown error
        30017: _waits(5, 30, 120),  # the network is congested
    }
)
"""All others never arrive: 30004 blocked, 30005 unknown number, 30006 landline, 30007 filtered ..."""


def wait_after_refusal(code: int, tries: int) -> timedelta | None:
    """How long to wait when the carrier refused to take a text at the `tries`-th try; None: give up."""
    in_between = _MISCONFIGURED if code < _FIRST_NUMBER else ()
    return _nth(_REFUSED.get(code, in_between), tries)


def wait_after_loss(code: int | None, tries: int) -> timedelta | None:
    """How long to wait before owing a text anew that was taken and lost `tries` times; None: never."""
    return _nth(_LOST.get(code or 0, ()), tries)


def _nth(waits: tuple[timedelta, ...], number: int) -> timedelta | None:
    return waits[number - 1] if 0 < number <= len(waits) else None
