"""Tables: police officers, and every look that they and machines took."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where


class Officer(SQLModel, table=True):
    """A police officer enrolled with a telephone."""

    __table_args__ = (Index("officer_staff", "staff_id", unique=True, **where("staff_id IS NOT NULL")),)

    id: str = Field(primary_key=True)
    phone_id: str = Field(foreign_key="phone.id", unique=True)
    unit: str
    pin_index: bytes
    zone: str | None = None
    """The zone this officer works in unless the shift names another."""
    shift_until: datetime | None = None
    shift_zone: str | None = None
    wrong_pins: int = 0
    unknown_on: str | None = None
    """The local date `unknown_codes` counts."""
    unknown_codes: int = 0
    locked_at: datetime | None = None
    enrolled_at: datetime
    left_at: datetime | None = None
    staff_id: str | None = None
    """Their account on pages, where they have one."""


_THERE = "IS NOT NULL AND nonce IS NOT NULL"


class Inspection(SQLModel, table=True):
    """An officer or a machine looked once, good or bad."""

    __table_args__ = (
        CheckConstraint(
            "verdict IN ('valid', 'unknown', 'mistyped', 'forged', 'test', 'revoked', "
            "'not_yet_valid', 'expired', 'wrong_zone')",
            name="inspection_verdict",
        ),
        CheckConstraint("(officer_id IS NULL) <> (client_id IS NULL)", name="inspection_who"),
        Index("inspection_officer_nonce", "officer_id", "nonce", unique=True, **where(f"officer_id {_THERE}")),
        Index("inspection_client_nonce", "client_id", "nonce", unique=True, **where(f"client_id {_THERE}")),
        Index("inspection_pass", "pass_id", **where("pass_id IS NOT NULL")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    officer_id: str | None = Field(default=None, foreign_key="officer.id")
    client_id: str | None = Field(default=None, foreign_key="api_client.id")
    """A machine's; each look is an officer's or a machine's."""
    nonce: str | None = None
    """Given by who looked, so that the same look handed in twice is stored once."""
    told: str | None = None
    """What a device without a network told then; `verdict` is what we find for that moment."""
    pass_id: str | None = Field(default=None, foreign_key="pass.id")
    verdict: str
    asked_index: bytes
    """Blind index of what was looked up, so that two looks at the same thing can be told."""
    zone: str | None = None
    channel: str
    seen_at: datetime
    stored_at: datetime
