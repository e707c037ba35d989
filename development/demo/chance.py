"""Chance, given to everybody in the town from one seed: the same seed plays the same day."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

Value = TypeVar("Value")


class Chance(Random):
    """A die with the few throws that the town needs."""

    def once(self, share: float) -> bool:
        """Whether it happens this time, of `share` times in all."""
        return self.random() < share

    def weighed(self, weights: Mapping[Value, float]) -> Value:
        """One of the keys, each as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]

    def digits(self, count: int) -> str:
        """So many digits."""
        return "".join(self.choices("0123456789", k=count))
