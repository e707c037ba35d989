"""Tables: hours that are counted, plots that were asked for, and the figures the public sees. Nothing personal."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where


class CountedHour(SQLModel, table=True):
    """An hour of the order's clock that was counted; the next one begins where it ends."""

    __tablename__ = "counted_hour"
    __table_args__ = (Index("counted_hour_due", "due_at", **where("due_at IS NOT NULL")), CLUSTERED)

    begins_at: datetime = Field(primary_key=True)
    ends_at: datetime
    counted_at: datetime
    """As of when; before its end it is not the whole hour."""
    due_at: datetime | None
    """When to count it again; None once nothing changes any more."""


class HourFigure(SQLModel, table=True):
    """One number of a counted hour."""

    __tablename__ = "hour_figure"
    __table_args__ = (CLUSTERED,)

    begins_at: datetime = Field(primary_key=True)
    figure: str = Field(primary_key=True)
    """One of `codes.counts.counting.Figure`."""
    part: str = Field(primary_key=True)
    """Of the figure: a reason, a verdict and a channel, ...; see there."""
    count: int
    amount: int = 0
    """What goes with it: segments of texts, the minutes the oldest one waits."""


class Plot(SQLModel, table=True):
    """A plot by what it is to show: the same numbers in the same words are drawn once."""

    __table_args__ = (Index("plot_wanted", "asked_at", **where("svg IS NULL")), CLUSTERED)

    key: str = Field(primary_key=True)
    """Hash of the request."""
    request: str = Field(sa_type=Text)
    """JSON, as `plotting` reads it."""
    svg: str | None = Field(default=None, sa_type=Text)
    asked_at: datetime
    attempts: int = 0


class Published(SQLModel, table=True):
    """What the public sees."""

    __table_args__ = (CLUSTERED,)

    name: str = Field(primary_key=True)
    document: str = Field(sa_type=Text)
    """JSON, with nothing in it that must not be seen."""
    made_at: datetime
