"""Values with a form of their own in a regime file: times of day, patterns, time zones, places of a published form."""

import re
from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from codes.fields import Field

PARTS = (
    "purpose",
    "surname",
    "given_name",
    "patronymic",
    "document_kind",
    "document_series",
    "document_number",
    "consent",
    "ignored",
)
"""Places of a published form that are not names of a `Field`."""


def _clock(value: object) -> object:
    """A time of day from ``"07:30"`` or TOML's ``07:30:00``; ``"24:00"`` is midnight. A bare number is no time."""
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", value):
        return time.fromisoformat(value.replace("24:00", "00:00"))
    if isinstance(value, time):
        return value
    raise ValueError('write a time of day as "07:30"')


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except (re.error, OverflowError) as error:
        raise ValueError(f"this is no regular expression: {error}") from error
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("this is no time zone of the IANA list") from error
    return value


def _place(value: str) -> str:
    if value not in (*Field, *PARTS):
        raise ValueError(f"unknown place; the places are {', '.join((*PARTS, *Field))}")
    return value


TimeOfDay = Annotated[time, BeforeValidator(_clock)]
Pattern = Annotated[str, AfterValidator(_pattern)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Place = Annotated[str, AfterValidator(_place)]
Words = dict[str, str]
"""By language."""


class Part(BaseModel):
    """A table of a regime's file: nothing in it changes, and nothing may stand in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")
