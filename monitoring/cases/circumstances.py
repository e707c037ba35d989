"""Circumstances that make some ways of checking unfit for somebody, and what fits better."""

from collections.abc import Collection
from types import MappingProxyType
from typing import Final

from codes.telling import DEAF
from store.cases import CASE_MEANS

FITS: Final = MappingProxyType(
    {
        "no_smartphone": ("call", "visit"),
        "poor_sight": ("call", "visit"),
        "bedridden": ("call", "visit"),
        "minor": ("call", "visit"),
        "shared_phone": ("call", "visit"),
        "deaf": ("link", "visit"),
    }
)
"""By circumstance, the means that fit; of those the first is proposed."""


def better_means(means: str, circumstances: Collection[str]) -> str | None:
    """What would fit better than `means`; None where it fits."""
    fitting = _fitting(circumstances)
    return None if means in fitting else fitting[0]


def possible_means(means: str, circumstances: Collection[str]) -> str:
    """`means`, unless it can't be: who can't hear is never rung, and so never missed for it."""
    return _fitting(circumstances)[0] if means == "call" and DEAF in circumstances else means


def _fitting(circumstances: Collection[str]) -> tuple[str, ...]:
    wanted = [FITS[one] for one in circumstances]
    return tuple(means for means in ("call", *CASE_MEANS) if all(means in fits for fits in wanted))
