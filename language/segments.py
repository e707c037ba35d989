"""How many billed segments a text makes. The one place that counts them.

GSM-7 holds 160 units, or 153 a segment where there are several; extension characters take two. One character outside it
makes the whole text UCS-2: 70 UTF-16 units, or 67 a segment. A pair (an escape and its character, two surrogates) is
never torn apart, so a segment may end one unit early. Source: 3GPP TS 23.038 and TS 23.040 (concatenation).
"""

import re
from dataclasses import dataclass
from math import ceil
from typing import Literal

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = "\f^{}\\[~]|€"
_GSM = re.compile(f"[{re.escape(_BASIC + _EXTENSION)}]*")
_GSM_PAIR = re.compile(f"[{re.escape(_EXTENSION)}]")
_UCS_PAIR = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text costs: its encoding, its length in that encoding's units, and the segments billed."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    segments: int


def count_segments(text: str) -> Segments:
    """The encoding, units and segments of `text`; an empty text is one segment, a lone surrogate one unit."""
    if _GSM.fullmatch(text):
        return _count(text, "GSM-7", _GSM_PAIR, single=160, part=153)
    return _count(text, "UCS-2", _UCS_PAIR, single=70, part=67)


def _count(text: str, encoding: Literal["GSM-7", "UCS-2"], pair: re.Pattern[str], single: int, part: int) -> Segments:
    units = len(text) + len(pair.findall(text))
    if units <= single:
        return Segments(encoding, units, 1)
    if units == len(text):
        return Segments(encoding, units, ceil(units / part))
    segments, room = 1, part
    for sign in text:
        width = 2 if pair.match(sign) else 1
        if width > room:
            segments, room = segments + 1, part
        room -= width
    return Segments(encoding, units, segments)
