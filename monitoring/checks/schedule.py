"""When patients are asked: times drawn from a case's seed and the day, and from nothing else.

    HMAC-SHA256(seed, "passline.presence.1 2026-11-26") -> how many checks, and where in the day each lies

Whoever has the seed, which is sealed under the case's key, can reckon every day again; nobody else can foresee one, not
even who saw all the days before. How many there are is drawn too, so that the first of a day does not tell that it was
the last. Hours are by the order's clock: on the days it is put forward or back nobody is asked at another hour.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from codes.regime import Regime

_USE: Final = "passline.presence.1"
_COUNT, _PLACE = 4, 7
"""Bytes of what is drawn: the number of checks, then one place each; four at most make up the 32 bytes."""


@dataclass(frozen=True, slots=True)
class AskingDay:
    """A day in which patients may be asked: from `begins` on for `seconds`; `most` checks, `gap` seconds apart."""

    day: date
    begins: datetime
    seconds: int
    most: int
    gap: int

    def times(self, seed: bytes) -> tuple[datetime, ...]:
        """The moments, aware and ascending, at which whoever has this seed is asked; perhaps none."""
        if self.seconds < 0 or self.most < 1 or not seed:
            return ()
        drawn = hmac.digest(seed, f"{_USE} {self.day.isoformat()}".encode(), "sha256")
        count = 1 + _below(drawn[:_COUNT], min(self.most, self.seconds // self.gap + 1))
        slack = self.seconds - (count - 1) * self.gap
        ends = range(_COUNT + _PLACE, _COUNT + _PLACE * (count + 1), _PLACE)
        places = sorted(_below(drawn[end - _PLACE : end], slack + 1) for end in ends)
        return tuple(self.begins + timedelta(seconds=place + order * self.gap) for order, place in enumerate(places))


def asking_day(regime: Regime, day: date) -> AskingDay:
    """The day under an order: between the quiet hours, so early that the answer's window ends before the night.

    It begins later where less than the gap would lie between the last check of the day before and the first.
    """
    isolation, gap = regime.isolation, timedelta(minutes=regime.isolation.gap_minutes)
    begins = max(_wall(regime, day, quiet=False), _last(regime, day - timedelta(days=1)) + gap)
    seconds = int((_last(regime, day) - begins).total_seconds())
    return AskingDay(day, begins, seconds, isolation.checks_a_day, int(gap.total_seconds()))


def _last(regime: Regime, day: date) -> datetime:
    """The last moment of a day at which anybody is asked."""
    return _wall(regime, day, quiet=True) - timedelta(minutes=regime.isolation.window_minutes)


def _wall(regime: Regime, day: date, *, quiet: bool) -> datetime:
    """When the quiet hours of a day begin, or end; in UTC, since arithmetic on local times skips a clock's change."""
    hour = regime.isolation.quiet_from if quiet else regime.isolation.quiet_until
    return datetime.combine(day, hour, regime.zone).astimezone(UTC)


def _below(drawn: bytes, end: int) -> int:
    """A number from 0 to `end` - 1; with 32 bits or more none comes noticeably more often than another."""
    return int.from_bytes(drawn) * end >> 8 * len(drawn)
