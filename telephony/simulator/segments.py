"""How many billed pieces a text makes, and what they cost.

GSM-7 holds 160 signs, then 153 a piece; one sign outside it makes the whole text UCS-2 with 70, then 67 UTF-16 units.
Source: https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding
"""

from decimal import Decimal
from math import ceil
from typing import Final

_PLAIN: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("\f^{}\\[~]|€")

PRICE_PER_SEGMENT: Final = Decimal("0.00830")
"""US dollars; Twilio's list price of one text in the United States, so that the page shows a plausible sum."""


def count_segments(text: str) -> int:
    """Billed pieces of a text; an empty one is still one."""
    if all(sign in _PLAIN or sign in _EXTENDED for sign in text):
        length, single, piece = len(text) + sum(sign in _EXTENDED for sign in text), 160, 153
    else:
        length, single, piece = len(text.encode("utf-16-le", "surrogatepass")) // 2, 70, 67
    return 1 if length <= single else ceil(length / piece)


def price_of(segments: int) -> str:
    """The price as Twilio writes it: a negative decimal number in a string, in US dollars."""
    return str(-PRICE_PER_SEGMENT * segments)
