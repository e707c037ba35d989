"""Table: the versions of the order in force."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class RegimeVersion(SQLModel, table=True):
    """One version, from its start until the next one starts. Passes keep the version they were issued under."""

    __tablename__ = "regime_version"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    toml: str
    starts_at: datetime = Field(index=True)
    activated_at: datetime
    activated_by: str
