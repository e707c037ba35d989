"""Table: alarms about agents and officers who look up too much, and who looked into them."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED


class SettledAlarm(SQLModel, table=True):
    """A supervisor looked into an alarm: what it counts begins anew."""

    __tablename__ = "settled_alarm"
    __table_args__ = (CLUSTERED,)

    id: str = Field(primary_key=True)
    kind: str
    """One of `codes.desk.alarms.Kind`."""
    subject: str
    """The agent's or officer's id."""
    count: int
    """How many there were."""
    settled_at: datetime
    settled_by: str = Field(foreign_key="staff.id")
    data_key: bytes
    """The note's own."""
    epoch: str
    note_sealed: bytes
