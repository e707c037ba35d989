"""Who did something, as people are told: by what they are, never by name."""

from sqlalchemy import select
from sqlmodel import col

from store import Work
from store.audit import SERVICE, WORKER
from store.staff import Staff

_BY_KIND = {
    "phone": "owner",
    "operator": "operator",
    "officer": "officer",
    "client": "machine",
    "organisation": "employer",
    WORKER: "machine",
    SERVICE: "machine",
}


def role_of(work: Work, actor: str) -> str:
    """The roles of somebody of the staff (``agent supervisor``), else what an actor of the audit is."""
    kind, _colon, staff_id = actor.partition(":")
    if kind == "staff":
        row = work.row(select(col(Staff.roles)).where(col(Staff.id) == staff_id))
        return str(row.roles) if row else "staff"
    return _BY_KIND.get(kind, "operator")
