"""How patiently a webhook is delivered: Twilio's defaults and their overrides in the URL's fragment.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

_POLICIES: Final = frozenset({"4xx", "5xx", "ct", "rt", "all"})


@dataclass(frozen=True)
class Patience:
    """Times in seconds: ``connect`` and ``read`` for one try, ``total`` for all tries together."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})

    def retries_after(self, failure: str) -> bool:
        """Whether this kind of failure (``ct``, ``rt``, ``4xx``, ``5xx``) is worth another try."""
        return "all" in self.retry_on or failure in self.retry_on


def patience_of(url: str) -> Patience:
    """The delivery rules of one URL; values out of range are clamped, unknown ones left out."""
    given = {name: values[-1] for name, values in parse_qs(urlsplit(url).fragment).items()}
    policies = frozenset(given.get("rp", "ct").lower().split(",")) & _POLICIES
    return Patience(
        connect=_number(given.get("ct"), 100, 10_000, 5_000) / 1000,
        read=_number(given.get("rt"), 100, 15_000, 15_000) / 1000,
        total=_number(given.get("tt"), 100, 15_000, 15_000) / 1000,
        retries=_number(given.get("rc"), 0, 5, 1),
        retry_on=policies or frozenset({"ct"}),
    )


def _number(text: str | None, least: int, most: int, default: int) -> int:
    return min(max(int(text), least), most) if text and text.isascii() and text.isdigit() else default
