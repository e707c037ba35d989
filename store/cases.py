"""Tables: home-isolation cases, what belongs to one, and appeals.

A case has a data key of its own: whatever is known of somebody's isolation, where they live above all, is sealed with
it, so that destroying that key destroys it everywhere.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED, where

CASE_KINDS = ("confirmed", "suspected", "contact")
CASE_MEANS = ("link", "call", "visit")
"""How presence is checked: a link in a text, a call to the telephone, a visit."""
CLOSINGS = ("recovered", "ended", "hospitalised", "transferred", "opened_in_error", "consent_withdrawn")
CHANGE_KINDS = ("plan", "home", "elsewhere", "device", "number", "reopened")
"""What changes of a case: kind, means or end; where home is; an exemption; what reports; the telephone's
number; it is open again."""
FENCE_ROLES = ("home", "other")
"""The area that counts as home; a second one, for an exemption."""


class Case(SQLModel, table=True):
    """One person's home isolation, from opening to closing."""

    __tablename__ = "isolation_case"
    __table_args__ = (
        Index("isolation_case_open", "person_id", unique=True, **where("closed_at IS NULL")),
        Index("isolation_case_watched", "id", **where("closed_at IS NULL")),
        Index("isolation_case_kept", "closed_at", "id", **where("closed_at IS NOT NULL AND destroyed_at IS NULL")),
        Index("isolation_case_left", "id", **where("destroyed_at IS NOT NULL AND emptied_at IS NULL")),
        Index("isolation_case_clinic", "clinic", **where("closed_at IS NULL")),
        Index("isolation_case_opener", "opened_by", **where("closed_at IS NULL")),
        Index("isolation_case_ends", "ends_at", **where("closed_at IS NULL")),
        CheckConstraint(f"kind IN {CASE_KINDS}", name="isolation_case_kind"),
        CheckConstraint(f"means IN {CASE_MEANS}", name="isolation_case_means"),
        CheckConstraint(f"closing IN {CLOSINGS}", name="isolation_case_closing"),
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    phone_id: str | None = Field(default=None, foreign_key="phone.id", index=True)
    """Where the patient is texted and called; None: wherever they are known."""
    kind: str = "suspected"
    means: str = "link"
    of_case_id: str | None = Field(default=None, foreign_key="isolation_case.id", index=True)
    """Of a contact or somebody of the household: the case they belong to."""
    opened_at: datetime
    opened_by: str
    clinic: str | None = None
    """Whose case it is: every clinician there sees it. None: of whoever opened it alone."""
    ends_at: datetime | None = None
    """Nothing is asked after; None: until it is closed."""
    enrol_by: datetime | None = None
    """By when the patient is to have opened their page; None where nothing is to be opened."""
    enrolled_at: datetime | None = None
    """Since when they can be asked: nothing before counts."""
    reminded_at: datetime | None = None
    """When they were last reminded to enrol."""
    paused_at: datetime | None = None
    """Since when nothing is asked, because the patient said why and a person has not answered yet."""
    pause_kind: str | None = None
    """One of `store.patients.WORD_KINDS`."""
    data_key: bytes | None = None
    """Under which all of it is sealed; None once it was destroyed, or in cases of before there was one."""
    epoch: str | None = None
    details_sealed: bytes | None = None
    """JSON: `store.case_details.Details`."""
    seed_sealed: bytes | None = None
    """Of the schedule of presence checks: whoever has it can reckon them again."""
    planned_until: datetime | None = None
    """Up to when its presence checks are planned."""
    closing: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    reason: str | None = None
    """Why it was opened, in cases of before they had a key; since then it is in the details."""
    closed_reason: str | None = None
    """The same of closing."""
    destroyed_at: datetime | None = None
    """When its key went, and what was known with it."""
    emptied_at: datetime | None = None
    """When nothing was left but this row, and that was nobody's: `monitoring.retention`."""


class Consent(SQLModel, table=True):
    """A patient agreed to a version of what they were shown or read; or took it back."""

    __table_args__ = (CheckConstraint("way IN ('signed', 'phone')", name="consent_way"), CLUSTERED)

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    version: str
    """Of the text: `monitoring.cases.consent`."""
    language: str
    text_hash: str
    """SHA-256 of the words, as hex."""
    way: str
    """Signed on the page, or read on the telephone and recorded."""
    signature_sealed: bytes | None = None
    """The name as it was signed, under the case's key."""
    recording_sid: str | None = None
    given_at: datetime
    taken_by: str
    """Who was there, as in the audit."""
    withdrawn_at: datetime | None = None


class Fence(SQLModel, table=True):
    """An area that counts as home, for good or for a while. Its shape is sealed under the case's key."""

    __table_args__ = (CheckConstraint(f"role IN {FENCE_ROLES}", name="fence_role"), CLUSTERED)

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    role: str = "home"
    shape_sealed: bytes | None = None
    """WKB, WGS 84: areas, without the distance that is allowed around them; of a weak one the point."""
    weak: bool = False
    """No footprint is known: a circle of 100 m around a point."""
    starts_at: datetime
    ends_at: datetime | None = None
    """Of an exemption: until when it counts."""
    set_by: str
    set_at: datetime
    replaced_at: datetime | None = None


class LentPhone(SQLModel, table=True):
    """A telephone that was handed out to a patient."""

    __tablename__ = "lent_phone"
    __table_args__ = (
        Index("lent_phone_out", "due_at", **where("returned_at IS NULL")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    data_key: bytes
    epoch: str
    number_sealed: bytes
    """E.164."""
    serial_sealed: bytes
    handed_out_at: datetime
    handed_out_by: str
    due_at: datetime
    reminded_at: datetime | None = None
    returned_at: datetime | None = None
    returned_to: str | None = None


class CaseChange(SQLModel, table=True):
    """Something that somebody of the staff changed of a case, and why."""

    __tablename__ = "case_change"
    __table_args__ = (CheckConstraint(f"kind IN {CHANGE_KINDS}", name="case_change_kind"), CLUSTERED)

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="isolation_case.id", index=True)
    kind: str
    reason_sealed: bytes | None = None
    """Under the case's key."""
    changed_at: datetime
    changed_by: str


class CaseDraft(SQLModel, table=True):
    """A case that a clinician is about to open, a page at a time; gone a day after the last of them."""

    __tablename__ = "case_draft"
    __table_args__ = (CLUSTERED,)

    id: str = Field(primary_key=True)
    data_key: bytes
    epoch: str
    content_sealed: bytes
    """JSON: `monitoring.cases.drafts.Draft`."""
    made_by: str = Field(index=True)
    """Of the staff: nobody else opens it."""
    changed_at: datetime = Field(index=True)


class CaseProposal(SQLModel, table=True):
    """A change of people's state that a second person must confirm: cases opened by a list, a case opened again."""

    __tablename__ = "case_proposal"
    __table_args__ = (
        CheckConstraint("kind IN ('bulk', 'reopen')", name="case_proposal_kind"),
        CheckConstraint("state IN ('proposed', 'confirmed', 'sent_back')", name="case_proposal_state"),
        CheckConstraint("proposed_by <> decided_by", name="case_proposal_two_people"),
        Index("case_proposal_open", "id", **where("state = 'proposed'")),
        CLUSTERED,
    )

    id: str = Field(primary_key=True)
    kind: str
    case_id: str | None = Field(default=None, foreign_key="isolation_case.id", index=True)
    state: str = "proposed"
    data_key: bytes | None = None
    epoch: str | None = None
    content_sealed: bytes | None = None
    """JSON: what is proposed and why; wiped once it is decided."""
    rows: int = 1
    proposed_at: datetime
    proposed_by: str
    decided_at: datetime | None = None
    decided_by: str | None = None


class Appeal(SQLModel, table=True):
    """Somebody says that we were wrong, in their own words."""

    __table_args__ = (
        CheckConstraint("state IN ('open', 'upheld', 'denied')", name="appeal_state"),
        CheckConstraint(
            "(about IS NULL) = (about_id IS NULL) AND about IN ('application', 'pass', 'case', 'alert')",
            name="appeal_about",
        ),
        Index("appeal_named", "about_id", **where("about_id IS NOT NULL")),
    )

    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    """The short number people quote."""
    phone_id: str = Field(foreign_key="phone.id", index=True)
    text_sealed: bytes
    state: str = "open"
    filed_at: datetime = Field(index=True)
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision_sealed: bytes | None = None
    about: str | None = None
    """What it is about, ``application``, ``pass``, ``case`` (its opening) or ``alert`` (its decision), where its
    sender chose that; and its id."""
    about_id: str | None = None
