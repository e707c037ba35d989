"""Sentences for officers: of their shift, and what a pass is found to be."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "shift_opened": "Shift open until {until}\nSend a code to check a pass.\n{zone}",
        "shift_wrong_pin": "Wrong PIN, the shift is not open. Send SHIFT and your PIN again.",
        "shift_locked": "Too many wrong PINs. Ask your supervisor to unlock you.",
        "shift_needed": "Please open your shift first: SHIFT and your PIN",
        "officer_locked": "Three unknown codes: checking is locked. Ask your supervisor.",
        "verdict_valid": "{mark} VALID {shown} until {valid_until} {purpose} {holder}",
        "verdict_wrong_zone": "{mark} WRONG ZONE {shown} until {valid_until} {holder}",
        "verdict_not_yet_valid": "{mark} NOT YET {shown} from {valid_from} {holder}",
        "verdict_expired": "{mark} EXPIRED {shown} {valid_until} {holder}",
        "verdict_revoked": "{mark} REVOKED {shown} {holder}",
        "verdict_unknown": "{mark} UNKNOWN {shown}. Check the document.",
        "verdict_mistyped": "{mark} MISTYPED {shown}. Compare and send again.",
        "verdict_forged": "{mark} FORGED {shown}. Check the document.",
        "verdict_test": "{mark} TEST PASS {shown}, not valid.",
        "verdict_grace": "Don't fine.",
        "brief_valid": "{mark} VALID {shown} {valid_until} {purpose} {holder}",
        "brief_wrong_zone": "{mark} NOT HERE {shown} {valid_until} {holder}",
        "brief_not_yet_valid": "{mark} EARLY {shown} {valid_from} {holder}",
        "brief_expired": "{mark} EXPIRED {shown} {valid_until} {holder}",
        "brief_revoked": "{mark} REVOKED {shown} {holder}",
        "brief_unknown": "{mark} UNKNOWN {shown}",
        "brief_mistyped": "{mark} MISTYPED {shown}",
        "brief_forged": "{mark} FORGED {shown}",
        "brief_test": "{mark} TEST {shown}",
    }
)
LONG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "shift_unknown_zone": "Unknown zone. Send SHIFT, your PIN and one of:\n{options}",
    }
)
"""Two segments: with the zones there are."""
SPOKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "shift_unknown_zone": "There is no such zone. The zones are:",
        "shift_opened": "Your shift is open {until}. {zone}.",
        "shift_wrong_pin": "Wrong PIN. Your shift is not open.",
        "shift_locked": "Too many wrong PINs. Please turn to your supervisor.",
        "shift_needed": "Your shift is not open.",
        "officer_locked": "Three unknown codes, so checking is locked. Please turn to your supervisor.",
        "verdict_valid": "Valid {valid_until}. {purpose}. {holder}.",
        "verdict_wrong_zone": "Not in this zone. Valid elsewhere {valid_until}. {holder}.",
        "verdict_not_yet_valid": "Not valid yet. Valid {valid_from}. {holder}.",
        "verdict_expired": "Expired. It was valid {valid_until}. {holder}.",
        "verdict_revoked": "Revoked. {holder}.",
        "verdict_unknown": "There is no such pass. Please check the document.",
        "verdict_mistyped": "There is a mistake in the code. Please compare and try again.",
        "verdict_forged": "The code was not signed by us: it is forged. Please check the document.",
        "verdict_test": "This is a test pass. It is not valid.",
        "verdict_grace": "Do not fine.",
        "officer_pin": "Officers' line. Key your PIN and hash. Your own passes: star.",
        "officer_look": "Spell the code, or key the number of the document and hash.",
        "officer_next": "Again: star. For the next one, say or key it.",
    }
)
