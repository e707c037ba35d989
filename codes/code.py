"""The code people carry: its alphabet, check character, folding of what people type, drawing.

Nineteen signs whose capitals look the same in Latin and Cyrillic, and ISO 7064 MOD 37,2's scheme over them as the check
character: every single wrong sign and every swap of two neighbours is noticed. `prefix` digits (an end date) stand before
and outside the check.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from random import Random

from stdnum.iso7064 import mod_37_2

from codes.regime import CodeShape

ALPHABET = "123456789AEKMHPCTYX"
_CHECK_ALPHABET = ALPHABET + "*"
_PREFIX_SIGNS = 4

_FOLD = str.maketrans(
    {
        **dict(zip("АЕКМНРСТУХ", "AEKMHPCTYX", strict=True)),
        **{"В": "8", "B": "8", "З": "3", "Ч": "4", "I": "1", "L": "1", "|": "1", "S": "5", "Z": "2", "О": "0", "O": "0"},
    }
)
_SMALL = str.maketrans({"б": "6"})
_SEPARATORS = re.compile(r"[\s\-‐-―−_./·*#:;,]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody typed, folded to the alphabet: `sound` when its length, signs and check character are right."""

    text: str
    sound: bool


def fold(typed: str) -> str:
    """`typed` in the code's alphabet as far as it goes: NFKC, upper case, look-alikes, separators dropped."""
    text = unicodedata.normalize("NFKC", typed).translate(_SMALL).upper().translate(_FOLD)
    return _SEPARATORS.sub("", text)
