"""Why a text did not arrive, in words for the people who run the service.

Source: https://www.twilio.com/docs/api/errors
"""

from types import MappingProxyType
from typing import Final

_WORDS: Final = MappingProxyType(
    {
        14107: "too many texts between the two numbers",
        20003: "the carrier does not know our account or token",
        20005: "our account is suspended",
        20404: "the carrier has no such account",
        20429: "too many requests to the carrier",
        20503: "the carrier could not be reached",
        21211: "this is no telephone number",
        21212: "our own number is no number",
        21408: "our account may not text this country",
        21606: "our own number is not on our account",
        21610: "the telephone wants no texts from us",
        21611: "too many texts wait at the carrier",
        21612: "the carrier has no way to this number",
        21614: "this is no mobile number",
        21617: "the text is too long",
        30001: "the text waited too long at the carrier",
        30002: "our account was suspended on the way",
        30003: "the telephone is off or out of reach",
        30004: "the telephone or its carrier blocks texts",
        30005: "nobody has this number",
        30006: "this is a landline",
        30007: "filtered as spam",
        30008: "nobody knows what became of the text",
        30017: "the network was congested",
    }
)


def in_words(code: int | None) -> str | None:
    """What an error number means; the number itself where we have no words for it; None for none."""
    return None if code is None else _WORDS.get(code, f"error {code}")
