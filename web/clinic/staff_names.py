"""Who of the staff did something, by name."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import col

from store import Work
from store.staff import Staff

_STAFF = "staff:"


def names_of(work: Work, actors: Collection[str]) -> dict[str, str]:
    """By actor, as the audit has it; who is none of the staff is left out."""
    ids = {actor.removeprefix(_STAFF) for actor in actors if actor.startswith(_STAFF)}
    rows = work.rows(select(col(Staff.id), col(Staff.name)).where(col(Staff.id).in_(ids))) if ids else []
    return {f"{_STAFF}{row.id}": row.name for row in rows}
