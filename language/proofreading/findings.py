"""What proof-reading finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Gravity(StrEnum):
    """What a finding keeps people from, the gravest first."""

    UNREADABLE = "unreadable"  # nothing else could be looked at
    CONTRADICTION = "contradiction"  # the order could not be kept as it is
    WORDS = "words"  # names and keywords
    EXAMPLES = "examples"  # texts that are not understood as published
    SENTENCES = "sentences"  # what is sent or said does not fit


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right in a regime's file: `where` in it, and `what` to do about it; together one sentence.

    `text` is the sentence with {fields} for `values`, so that it can be said in another language.
    """

    where: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def what(self) -> str:
        """The sentence."""
        return self.text.format(**self.values) if self.values else self.text

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def found(where: str, text: str, /, **values: Any) -> Finding:
    """A finding whose text has these fields."""
    return Finding(where, text, values)
