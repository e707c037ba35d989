"""What we hold about the people on a telephone, and about it: one document, for the page and for the file alike.

Keys are English and stay; values are as they are kept, moments in ISO 8601. What is told where: `held_tables`.
"""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from codes.fields import Field
from codes.meeting import Meeting
from codes.people import Holder
from codes.police.public_checks import count_check
from codes.rights.held_people import told_person
from codes.rights.held_telephone import told_telephone
from codes.rights.keeping import rules
from store import Work

TRIES_A_DAY = 10
"""Documents that may be named, to be shown everything."""
Told = dict[str, Any]


def open_to(meeting: Meeting, documents: Collection[str] = ()) -> set[str]:
    """Of whom everything is told. Where a telephone has one grown-up, of all.

    Where several share it, of those whose document was named, and of whom they care for: who holds the telephone is
    not known, and a thief of it should not read a household's documents.
    """
    grown_up = [one for one in meeting.holders if one.guardian_id is None]
    if len(grown_up) <= 1:
        return {one.id for one in meeting.holders}
    named = {one.id for one in meeting.holders if one.details.get(Field.DOCUMENT) in set(documents)}
    return named | {one.id for one in meeting.holders if one.guardian_id in named}


def may_name(work: Work, meeting: Meeting) -> bool:
    """Counts one try to name a document; whether this telephone has not tried too often today."""
    return count_check(work, meeting.terms, f"documents/{meeting.phone.id}") <= TRIES_A_DAY


def note_told(work: Work, phone_id: str) -> None:
    """A telephone's owner is about to be told."""
    work.audit(f"phone:{phone_id}", "held.told", phone_id)


def what_we_hold(work: Work, meeting: Meeting, language: str, whole: Collection[str]) -> Told:
    """All of it; of people who are not in `whole` what a text or a pass shows. `language` is of purposes' names."""
    of_all = {one.id for one in meeting.holders} <= set(whole)
    people = [_told(work, meeting, one, language, whole) for one in meeting.holders]
    return {
        "made_at": work.now.isoformat(),
        **told_telephone(work, meeting.phone, [one.id for one in meeting.holders], whole=of_all),
        "people": people,
        "kept": [asdict(one) for one in rules(meeting.terms.regime)],
    }


def _told(work: Work, meeting: Meeting, one: Holder, language: str, whole: Collection[str]) -> Told:
    guardian = next((other for other in meeting.holders if other.id == one.guardian_id), None)
    care = {"in_care_of": guardian.details.get(Field.NAME) or guardian.document_tail} if guardian else {}
    return told_person(work, meeting, one, language, whole=one.id in whole) | care
