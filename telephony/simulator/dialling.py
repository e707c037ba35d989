"""Who a telephone address belongs to: E.164 numbers, short codes, alphanumeric senders, and Twilio's magic numbers.

Source of the magic numbers: https://www.twilio.com/docs/iam/test-credentials
"""

import re
from typing import Final

_DRESSING: Final = re.compile(r"[\s().\-\u2010-\u2015]")
_E164: Final = re.compile(r"\+[1-9]\d{6,14}")
_SHORT_CODE: Final = re.compile(r"\d{3,6}")
_COUNTRIES: Final = {"+7": "RU", "+1": "US", "+30": "GR", "+357": "CY", "+994": "AZ", "+91": "IN", "+44": "GB"}
_SENDER_NAME: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")

MAGIC_RECIPIENTS: Final = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
MAGIC_SENDERS: Final = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
MAGIC_VALID_SENDER: Final = "+15005550006"


def normalise(address: str) -> str | None:
    """E.164, or the short code; None when the address can't be a telephone.

    Digits without a plus are taken as international, a Russian trunk 8 as +7, a leading 00 as the plus.
    """
    digits = _DRESSING.sub("", address)
    if _SHORT_CODE.fullmatch(digits):
        return digits
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif re.fullmatch(r"8\d{10}", digits):
        digits = "+7" + digits[1:]
    elif digits.isascii() and digits.isdigit():
        digits = "+" + digits
    return digits if _E164.fullmatch(digits) else None


def same_phone(one: str, other: str) -> bool:
    """Whether two spellings mean one telephone."""
    return one == other or (normalise(one) or one) == (normalise(other) or other)


def is_long_code(number: str) -> bool:
    """Long codes are where the carrier itself obeys STOP and START."""
    return _E164.fullmatch(number) is not None


def is_sender_name(address: str) -> bool:
    """An alphanumeric sender: it can be shown, it can't be answered."""
    return _SENDER_NAME.fullmatch(address) is not None


def country_of(address: str) -> str:
    """The two letters of the country that a number belongs to; empty when it can't be told."""
    number = normalise(address) or ""
    return next((_COUNTRIES[number[:length]] for length in (4, 3, 2) if number[:length] in _COUNTRIES), "")
