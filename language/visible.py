"""What people write, without signs that nobody sees: they would turn other people's words around, or break a file."""

import re
from typing import Final

_BREAKS: Final = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""Whatever a page or a text does not break a line at."""
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control signs, marks and overrides of direction, what has no width. Joiners stay: Indian scripts need them."""


def visible(text: str) -> str:
    """`text` with a blank for each odd break, and without unseen signs; tabs and ends of lines stay."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", _BREAKS.sub(" ", text))
