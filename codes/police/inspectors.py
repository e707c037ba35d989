"""Who may look: an officer, or a machine with a key of the API."""

from collections.abc import Mapping
from typing import Protocol

from codes.regimes import Terms
from store import Work


class Inspector(Protocol):
    """Whoever inspects, as of now."""

    @property
    def zone(self) -> str | None:
        """Where they stand, if zones matter."""

    @property
    def actor(self) -> str:
        """Who they are in the audit."""

    @property
    def owner(self) -> Mapping[str, str]:
        """The column of `store.officers.Inspection` that names them, with their id."""

    @property
    def guesses_left(self) -> int:
        """After so many guesses nothing more of what they asked is answered."""

    def guess(self, work: Work, guesses: int, under: Terms) -> bool:
        """Counts `guesses` today; True where that locks them."""
