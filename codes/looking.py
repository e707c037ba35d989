"""Every look at personal data is noted: who looked, at whom, and why. People are told how often (`MYDATA`)."""

from store import Work

LOOKED_AT = "person.looked_at"
EVERYONE = "everyone"
"""The subject of a look at a whole list."""


def note_look(work: Work, subject: str, by: str, why: str, at: str) -> None:
    """`by` looked at a person (their id) or at `EVERYONE`, at the page or command `at`."""
    work.audit(by, LOOKED_AT, subject, {"why": why, "at": at})
