"""What a segment costs here."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price of a segment, and its currency (ISO 4217)."""

    price: Decimal
    currency: str

    def money(self, segments: int | Decimal) -> str:
        """``12.50 USD``."""
        return f"{self.amount(segments)} {self.currency}"

    def amount(self, segments: int | Decimal) -> Decimal:
        """As a number with two places."""
        return (self.price * segments).quantize(Decimal("0.01"))
