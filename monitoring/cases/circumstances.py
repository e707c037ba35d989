"""Circumstances that make some ways of checking unfit for somebody, and what fits better."""

from collections.abc import Collection
from types import MappingProxyType
from typing import Final

FITS: Final = MappingProxyType(
    {
        "no_smartphone": ("call", "visit"),
        "poor_sight": ("call", "visit"),
        "bedridden": ("call", "visit"),
        "minor": ("call", "visit"),
        "shared_phone": ("call", "visit"),
    }
)
"""By circumstance, the means that fit; of those the first is proposed."""


def better_means(means: str, circumstances: Collection[str]) -> str | None:
    """What would fit better than `means`; None where it fits."""
    wanted = [FITS[one] for one in circumstances if means not in FITS[one]]
    return wanted[0][0] if wanted else None
