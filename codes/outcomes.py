"""What the counter answers: values, so that the type checker makes every channel answer each one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Grant:
    """A pass is there: a new one, or the live one again (`repeated`)."""

    pass_id: str
    code: str
    """As shown to people, in groups."""
    purpose: int
    name: Mapping[str, str]
    """Of the purpose, by language, in the order the pass was issued under."""
    valid_from: datetime
    valid_until: datetime
    initials: str
    document_tail: str
    """Last four signs of the document, or empty."""
    repeated: bool = False
    extended: bool = False


class RefusalReason(StrEnum):
    """Why no pass was given; each has its own sentence on every channel."""

    QUOTA = "quota"
    HOURS = "hours"
    ISOLATION = "isolation"
    BLOCKED = "blocked"
    CROWDED = "crowded"  # as many people as a family may have are known on the telephone
    REVIEW = "review"  # a person decided so
    NO_PASS_NEEDED = "no_pass_needed"  # noqa: S105 - no password
    NOT_AHEAD = "not_ahead"  # this purpose cannot be booked that far ahead
    NOTHING_LIVE = "nothing_live"  # there is no pass to repeat, extend or cancel
    NOT_EXTENDABLE = "not_extendable"


@dataclass(frozen=True, slots=True)
class Refusal:
    """No pass, and why; `next_at` is when one could be had."""

    reason: RefusalReason
    purpose: int | None = None
    next_at: datetime | None = None
    detail: str = ""
    """A name to show: of the exception that needs no pass."""


@dataclass(frozen=True, slots=True)
class Referral:
    """A person decides; the answer comes as a text."""

    application: str
    """The short number people quote."""
    purpose: int


class VerdictKind(StrEnum):
    """What an officer is told. Order of tests: known, revoked, not yet valid, expired, wrong zone, valid."""

    VALID = "valid"
    WRONG_ZONE = "wrong_zone"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"
    FORGED = "forged"  # a QR code that none of our keys signed
    TEST = "test"  # a QR code that a development key signed


class Mark(StrEnum):
    """The colour at the head of a verdict."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One look at one code, plate or card."""

    kind: VerdictKind
    mark: Mark
    shown: str
    """What was looked up, as understood."""
    purpose: str = ""
    """Name in the officer's language."""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    initials: str = ""
    document_tail: str = ""
    grace: bool = False
    """The regime's grace period runs: warn, do not fine."""
