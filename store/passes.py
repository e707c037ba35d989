"""Tables: applications, passes and the quota slots they take.

Every index is paid for by every pass: ids sort by time, so that none is needed for "since"; those few rows have are
partial; and there are foreign keys only where an application is born, since all passes would lock the same few rows.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, false
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where


class Application(SQLModel, table=True):
    """Somebody asked for a pass and was refused, with the reason, or referred to a person who then grants or refuses.

    A pass granted at once has no row here: it says all that there would be to say.
    """

    __table_args__ = (
        CheckConstraint("state IN ('granted', 'refused', 'referred')", name="application_state"),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="application_refusal"),
        Index("application_waiting", "person_id", **where("state = 'referred'")),
        Index("application_refused", "person_id", "id", **where("state = 'refused'")),
        Index("application_number", "number", unique=True, **where("number IS NOT NULL")),
        Index("application_decided", "decided_at", **where("number IS NOT NULL")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    number: str | None = None
    """The short number people quote; only referred ones have one."""
    person_id: str = Field(foreign_key="person.id")
    phone_id: str = Field(foreign_key="phone.id")
    regime_version: int
    purpose: int
    state: str
    refusal: str | None = None
    fields_sealed: bytes | None = None
    """JSON: the fields of this application, under the person's key."""
    channel: str
    asked_at: datetime
    start_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None


class Pass(SQLModel, table=True):
    """The permit; one that was referred first has its application's id. Expired is computed, never stored."""

    __table_args__ = (
        CheckConstraint("valid_from < valid_until", name="pass_span"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="pass_revoked"),
        Index("pass_live", "person_id", "valid_until"),
        Index("pass_plate", "plate_index", **where("plate_index IS NOT NULL")),
        Index("pass_card", "card_index", **where("card_index IS NOT NULL")),
        Index("pass_quota_back", "quota_holder", "revoked_at", **where("quota_back")),
        Index("pass_revoked_when", "revoked_at", **where("revoked_at IS NOT NULL")),
        Index("pass_call", "call_sid", **where("call_sid IS NOT NULL")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    phone_id: str
    regime_version: int
    purpose: int
    code_index: bytes = Field(unique=True)
    face_sealed: bytes
    """JSON list under the person's key: what the pass shows, in the order of `codes.passes.Face`."""
    fields_sealed: bytes | None = None
    """JSON under the person's key: what was said for this one request."""
    quota_holder: bytes
    """Whose places it took: `QuotaSlot.holder`."""
    plate_index: bytes | None = None
    card_index: bytes | None = None
    channel: str
    issued_at: datetime
    valid_from: datetime
    valid_until: datetime
    extended: int = 0
    bound_anew: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How often its holder named another plate or card."""
    revoked_at: datetime | None = None
    revoked_reason: str | None = None
    quota_back: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether its places were given back when its holder withdrew it."""
    call_sid: str | None = None
    """The call in which it was issued, and its code heard."""


class QuotaSlot(SQLModel, table=True):
    """One of the `cap` places a holder has under a rule in a period. Its key is what makes a limit a limit."""

    __tablename__ = "quota_slot"
    __table_args__ = (CheckConstraint("slot BETWEEN 1 AND cap", name="quota_slot_within_cap"), CLUSTERED)

    holder: bytes = Field(primary_key=True)
    """Blind index of the document, or of the phone where there is none."""
    rule: str = Field(primary_key=True)
    """``all`` or the purpose's number, with the period's name: ``all/day``, ``6/week``."""
    period: str = Field(primary_key=True)
    """Local date, ISO week or month: ``2026-11-23``, ``2026-W48``, ``2026-11``."""
    slot: int = Field(primary_key=True)
    cap: int
    pass_id: str
