"""Telephone numbers: whatever a carrier or a person writes, as E.164."""

import re
from functools import lru_cache

import phonenumbers

_E164 = re.compile(r"\+[1-9][0-9]{7,14}")


def is_e164(text: str) -> bool:
    """Whether it is written as carriers write it: ``+79991234567``."""
    return _E164.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def read_phone(written: str, region: str) -> str | None:
    """`written` as E.164 (``+79991234567``); None where it can't be a number one may answer.

    `region` (ISO 3166) is where a number without a country code belongs. Short codes and names give None.
    """
    text = written.strip()
    if is_e164(text):
        return text
    if any(sign.isalpha() for sign in text):
        return None  # «8-800-FLOWERS» is a name that a sender chose, though it can be dialled
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
