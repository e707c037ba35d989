"""Which month is shown: calendar months, so that no two pages overlap and none is the other with a day more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

_MONTHS = 4
"""This one and three before; what is older is being destroyed with its cases."""


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month by the clock of an order; `key` is ``2026-11``."""

    first: date

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """As people read it, in figures."""
        return f"{self.first:%m.%Y}"

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From its first midnight to that of the next month."""
        after = _moved(self.first, 1)
        return datetime.combine(self.first, time(), zone), datetime.combine(after, time(), zone)


def months(today: date) -> Sequence[Month]:
    """Those that can be shown, the newest first."""
    return [Month(_moved(today.replace(day=1), -back)) for back in range(_MONTHS)]


def chosen(written: str, known: Sequence[Month]) -> Month:
    """The month that an address names; the newest where it names none of them."""
    return next((one for one in known if one.key == written), known[0])


def _moved(first: date, by: int) -> date:
    years, month = divmod(first.month - 1 + by, 12)
    return date(first.year + years, month + 1, 1)
