"""A clock that stands still until it is told to go on."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Give it where a store wants its clock; noon of an ordinary Wednesday in Kazan."""

    def __init__(self, now: datetime = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> datetime:
        """Moves on by so many `days`, `hours`, `minutes`, `seconds`; the new time."""
        self.now += timedelta(**time)
        return self.now
