"""Telephone numbers: whatever a carrier or a person writes, as E.164."""

import re
from functools import lru_cache

import phonenumbers

_E164 = re.compile(r"\+[1-9]\d{7,14}")


@lru_cache(maxsize=4096)
def read_phone(written: str, region: str) -> str | None:
    """`written` as E.164 (``+79991234567``); None where it can't be a number one may answer.

    `region` (ISO 3166) is where a number without a country code belongs. Short codes, names and ``anonymous`` give None.
    """
    text = written.strip()
    if _E164.fullmatch(text):
        return text
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
