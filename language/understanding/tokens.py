"""A normalised text cut into words, numbers and signs."""

import re
from typing import NamedTuple

_TOKEN = re.compile(r"([^\W\d_]+(?:['’`ʼ][^\W\d_]+)*)|(\d+)|[^\w\s]|\n")
_KINDS = {None: "sign", 1: "word", 2: "number"}


class Token(NamedTuple):
    """One word, number or sign, with its place in the text."""

    text: str
    start: int
    end: int
    kind: str
    """``word``, ``number`` or ``sign``; a line's end is a sign."""


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a normalised text, in order; letters and digits typed together are separate tokens."""
    return tuple(
        Token(found[0], found.start(), found.end(), _KINDS[found.lastindex]) for found in _TOKEN.finditer(text)
    )
