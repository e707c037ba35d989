"""The code people carry: its alphabet, check character, folding of what people type, drawing.

Nineteen signs whose capitals look the same in Latin and Cyrillic, with an ISO 7064 pure check character (modulus 19,
radix 2): every single wrong sign and every swap of two neighbours is noticed. Where a regime asks for it, four digits
of the end date stand in front, outside the check; only there a zero may stand.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from stdnum.iso7064 import mod_37_2

from codes.regime import CodeShape

ALPHABET: Final = "123456789AEKMHPCTYX"
PREFIX_SIGNS: Final = 4
"""Of the end date in front, where a regime asks for one."""

_CYRILLIC = dict(zip("АЕКМНРСТУХ", "AEKMHPCTYX", strict=True))
_MISREAD = {
    "В": "8",
    "B": "8",
    "З": "3",
    "Ч": "4",
    "I": "1",
    "L": "1",
    "|": "1",
    "S": "5",
    "Z": "2",
    "О": "0",
    "O": "0",
}
_FOLD = str.maketrans(_CYRILLIC | _MISREAD)
_SMALL = str.maketrans({"б": "6"})
_SEPARATORS = re.compile(r"[\s\-‐-―−_./·*#:;,]+")

RUDE = ("XEP", "CYK", "XYE", "XYK", "HAX", "KAK", "MPA", "CCA", "CPA", "KKK", "TPAX", "CEKC", "CMEPT", "XATE", "HATE")
"""Never drawn, in neither script; short, so that whatever holds one is drawn again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody typed, folded; `sound` when its length, signs and check character are right."""

    text: str
    sound: bool
    shapes: tuple[CodeShape, ...]
    """Those in which it is sound; where there is none, the one nearest in length."""


def unprefixed(text: str, shape: CodeShape) -> str:
    """The signs that name the pass: a folded code without its end date."""
    return text[PREFIX_SIGNS:] if shape.prefix else text


def fold(typed: str) -> str:
    """`typed` in the code's alphabet as far as it goes: NFKC, capitals, look-alikes, separators dropped."""
    text = unicodedata.normalize("NFKC", typed).translate(_SMALL).upper().translate(_FOLD)
    return _SEPARATORS.sub("", text)


def length(shape: CodeShape) -> int:
    """How many signs a code of this shape has, prefix and check character included, dashes not."""
    return shape.signs + 1 + (PREFIX_SIGNS if shape.prefix else 0)


def read_code(typed: str, *shapes: CodeShape) -> Reading:
    """`typed` read as a code of any of these shapes, one at least."""
    text = fold(typed)
    sound = tuple(shape for shape in shapes if _sound(text, shape))
    return Reading(text, bool(sound), sound or (min(shapes, key=lambda shape: abs(length(shape) - len(text))),))


def _sound(text: str, shape: CodeShape) -> bool:
    if len(text) != length(shape):
        return False
    body = unprefixed(text, shape)
    prefix = text[: -len(body)]
    return (
        (not prefix or (prefix.isascii() and prefix.isdigit()))
        and all(sign in ALPHABET for sign in body)
        and bool(mod_37_2.checksum(body, ALPHABET) == 1)
    )


def draw_code(shape: CodeShape, end: date, random: Random) -> str:
    """A new code, without dashes; `end` is the local day on which the pass ends."""
    prefix = f"{end:%d%m}" if shape.prefix else ""
    while True:
        body = _signs(random.randrange(len(ALPHABET) ** shape.signs), shape.signs)
        code = body + mod_37_2.calc_check_digit(body, ALPHABET)
        if not any(word in code for word in RUDE):
            return prefix + code


def _signs(number: int, count: int) -> str:
    """`number` written with the alphabet: one draw is a tenth of the work of a draw for each sign."""
    signs = []
    for _ in range(count):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def show_code(code: str, shape: CodeShape) -> str:
    """`code` in groups, as people read it: ``THXA-9546-C61A``."""
    return "-".join(code[start : start + shape.group] for start in range(0, len(code), shape.group))
