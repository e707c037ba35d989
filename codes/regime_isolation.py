"""What an order says of people who stay at home: how often they are asked, when never, and until when they answer."""

from datetime import time
from typing import Annotated

from pydantic import Field as Constraint
from pydantic import model_validator

from codes.regime_values import Part, TimeOfDay, Words


class Isolation(Part):
    """What is asked of people who have to stay at home, and what they are told."""

    checks_a_day: Annotated[int, Constraint(ge=0, le=4)] = 2
    gap_minutes: Annotated[int, Constraint(ge=120, le=720)] = 120
    """Between two checks, at least."""
    window_minutes: Annotated[int, Constraint(ge=15, le=60)] = 60
    """To answer one."""
    quiet_from: TimeOfDay = time(22)
    quiet_until: TimeOfDay = time(8)
    """Nothing is asked between the two, at home; they may be wider than these, never narrower."""
    answer_hours: Annotated[int, Constraint(ge=12, le=168)] = 24
    """A patient has to answer what they were told before anybody may decide against them."""
    appeal_days: Annotated[int, Constraint(ge=3, le=90)] = 10
    sos_number: Annotated[str, Constraint(pattern=r"^\+?[0-9]{2,15}$")] = "112"
    """What the patient's SOS calls."""
    authority: Words = {}
    """Who looks after people at home, by language."""
    news: Words = {}
    """What they want every patient to read now."""

    @model_validator(mode="after")
    def _nights_are_quiet(self) -> "Isolation":
        if not (time(12) < self.quiet_from <= time(22) and time(8) <= self.quiet_until <= time(12)):
            raise ValueError("nights are quiet from 22:00 at the latest to 08:00 at the earliest")
        return self
