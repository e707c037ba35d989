"""Consent: a text with a version, in the patient's language, and who agreed to it how, when, before whom.

Texts are files: `consent_texts/VERSION/LANGUAGE.txt`. One that somebody agreed to is never changed: another wording is
another version, and each consent keeps the SHA-256 of the words.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from monitoring.cases.watched import WatchedCase
from store import Work
from store.calls import Recording
from store.cases import Consent
from store.columns import table
from store.keyring import fingerprint

VERSION: Final = "1"
"""What is agreed to from now on."""
WAYS: Final = ("signed", "phone")
WITHDRAWN: Final = "consent_withdrawn"
"""What taking it back is called: as a word of the patient's, as an alert, as a way in which a case closes."""
_TEXTS = Path(__file__).parent / "consent_texts"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What is agreed to."""

    version: str
    language: str
    words: str
    digest: str
    """SHA-256 of the words, as hex."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words, to be shown."""
        return tuple(part for part in self.words.split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True)
class Agreed:
    """Somebody agreed: by their name under the text, or on a call that was recorded."""

    language: str
    digest: str
    way: str
    """One of `WAYS`."""
    signature: str
    """The name as it was signed; of a call, of whom it was said."""
    recording_sid: str | None = None


@dataclass(frozen=True, slots=True)
class KnownConsent:
    """A consent as it was kept; `signature` is empty once it was destroyed."""

    id: str
    version: str
    language: str
    way: str
    signature: str
    recording_sid: str | None
    given_at: datetime
    taken_by: str
    withdrawn_at: datetime | None


def languages() -> tuple[str, ...]:
    """Those the text of today is written in."""
    return tuple(sorted(file.stem for file in (_TEXTS / VERSION).glob("*.txt")))


@cache
def consent_text(language: str, version: str = VERSION) -> ConsentText:
    """The text in a language; in English where it is in no such."""
    known = language if language in languages() else "en"
    words = (_TEXTS / version / f"{known}.txt").read_text("utf-8").strip()
    return ConsentText(version, known, words, fingerprint(words))


def is_recorded(work: Work, sid: str) -> bool:
    """Whether there is a recording of this id, and it is there still."""
    recording = table(Recording)
    kept = select(recording.c.sid).where(recording.c.sid == sid, recording.c.destroyed_at.is_(None))
    return work.row(kept) is not None


def keep_consent(work: Work, case: WatchedCase, agreed: Agreed, by: str) -> str:
    """Keeps a consent; its id. `by` was there, as in the audit."""
    assert case.key is not None, "who opens a case has its key"
    consent_id = work.new_id()
    work.insert(
        Consent,
        id=consent_id,
        case_id=case.id,
        version=VERSION,
        language=agreed.language,
        text_hash=agreed.digest,
        way=agreed.way,
        signature_sealed=case.key.seal(f"consent.signature.{consent_id}", agreed.signature),
        recording_sid=agreed.recording_sid,
        given_at=work.now,
        taken_by=by,
    )
    told = {"consent": consent_id, "version": VERSION, "language": agreed.language, "way": agreed.way}
    work.audit(by, "case.consented", case.id, told)
    return consent_id


def consents_of(work: Work, case: WatchedCase) -> list[KnownConsent]:
    """The consents of a case, the last first."""
    rows = work.rows(select(table(Consent)).where(col(Consent.case_id) == case.id).order_by(col(Consent.id).desc()))
    return [
        KnownConsent(
            row.id,
            row.version,
            row.language,
            row.way,
            case.opened(f"consent.signature.{row.id}", row.signature_sealed),
            row.recording_sid,
            row.given_at,
            row.taken_by,
            row.withdrawn_at,
        )
        for row in rows
    ]


def take_back(work: Work, case: WatchedCase) -> int:
    """Marks every consent of a case as taken back; how many were not yet."""
    mine = update(Consent).where(col(Consent.case_id) == case.id, col(Consent.withdrawn_at).is_(None))
    return work.run(mine, withdrawn_at=work.now)
