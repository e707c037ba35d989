"""Table: how much an address asked in public in a day."""

from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED


class PublicChecks(SQLModel, table=True):
    """An address on a local day; the row is gone some days later."""

    __tablename__ = "public_checks"
    __table_args__ = (CLUSTERED,)

    day: str = Field(primary_key=True)
    """``2026-11-26``, local to the order."""
    address_index: bytes = Field(primary_key=True)
    """Blind index of the network address."""
    checks: int
    unknown: int
    """Codes of the right form that nobody has: guesses."""
