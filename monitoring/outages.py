"""Outages: times in which silence proves nothing, whoever's fault it was. Every miss inside is excused."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlmodel import col

from store import Work
from store.columns import table
from store.patients import Outage


def outage_between(work: Work, start: datetime, end: datetime) -> str | None:
    """The id of an outage that has any moment in common with [start, end]; None where there was none."""
    touching = col(Outage.starts_at) <= end, or_(col(Outage.ends_at).is_(None), col(Outage.ends_at) >= start)
    row = work.row(select(table(Outage)).where(*touching).order_by(col(Outage.id)))
    return str(row.id) if row else None
