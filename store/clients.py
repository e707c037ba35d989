"""Table: machines that ask by the API, such as cameras, turnstiles and taxi dispatchers."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class ApiClient(SQLModel, table=True):
    """A machine, or a firm's machines, with one key."""

    __tablename__ = "api_client"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    """What it is and where, as people who look after it call it; names nobody."""
    key_hash: bytes = Field(unique=True)
    scopes: str
    """Of `codes.police.clients.Scope`, with spaces between."""
    zone: str | None = None
    """The zone it stands in, where the order has zones."""
    rate: int
    """Requests a minute."""
    guesses: int
    """Well-formed unknown codes a day; one more locks it."""
    unknown_on: str | None = None
    """The local date `unknown_codes` counts."""
    unknown_codes: int = 0
    locked_at: datetime | None = None
    added_at: datetime
    revoked_at: datetime | None = None
