"""How long spoken words take."""

from typing import Final

LETTERS_A_SECOND: Final = 14


def seconds_of(text: str) -> float:
    """How long a voice needs for a text."""
    return max(len(text) / LETTERS_A_SECOND, 0.5)
