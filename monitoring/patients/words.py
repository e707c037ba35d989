"""What a patient says, by whatever channel: kept, heard as an answer, and put before a person where it needs one."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from monitoring.alerts import raise_alert
from monitoring.cases.watched import WatchedCase
from store import Work
from store.cases import Case
from store.checks import PresenceCheck
from store.duty import Alert
from store.patients import PatientWord

PAUSES: Final = ("hospital", "ambulance", "doctor", "asleep", "ill", "no_battery", "other")
"""Until a person answered nothing is asked, and silence means nothing."""
ANSWERED_WITHIN: Final = timedelta(hours=24)
"""By then a person has answered who paused: patients are told so."""
SAME_CALL: Final = timedelta(seconds=10)
"""Within this time a call for help by the same way is the same one."""


def say(
    work: Work,
    case: WatchedCase,
    kind: str,
    channel: str,
    words: str = "",
    *,
    by: str,
    alert_id: str | None = None,
) -> str:
    """Keeps what a patient said, `kind` of `store.patients.WORD_KINDS`; its id. `by` said it, as in the audit.

    `alert_id` is of the alert it answers. SOS, once however often it is pressed in some seconds, and what pauses go to
    the duty desk; whatever was told the patient and not decided yet counts as answered.
    """
    if kind == "sos":
        called = _called_just_now(work, case, channel)
        if called is not None:
            return called
        alert_id = raise_alert(work, case, "sos")
    elif kind in PAUSES:
        alert_id = raise_alert(work, case, "pause")
        work.run(update(Case).where(col(Case.id) == case.id), paused_at=work.now, pause_kind=kind)
        look_at_asked(work, case)
    word_id = work.new_id()
    sealed = case.key.seal(f"patient_word.words.{word_id}", words) if words and case.key else None
    given = {"id": word_id, "case_id": case.id, "kind": kind, "channel": channel, "words_sealed": sealed}
    work.insert(PatientWord, **given, said_at=work.now, alert_id=alert_id)
    told = update(Alert).where(col(Alert.case_id) == case.id, col(Alert.told_at).is_not(None))
    work.run(told.where(col(Alert.decided_at).is_(None)), answered_at=work.now)
    work.audit(by, "patient.said", word_id, {"case": case.id, "kind": kind, "channel": channel})
    return word_id


def look_at_asked(work: Work, case: WatchedCase) -> None:
    """A check that waits for an answer is gone on with now: it is excused, and no reminder comes any more."""
    asked = update(PresenceCheck).where(col(PresenceCheck.case_id) == case.id, col(PresenceCheck.state) == "asked")
    work.run(asked.where(col(PresenceCheck.due_at).is_not(None)), due_at=work.now)


def waits_for_answer(work: Work, case: WatchedCase) -> bool:
    """Whether the patient was told of something that nobody decided yet: what they say now is their answer."""
    told = col(Alert.case_id) == case.id, col(Alert.told_at).is_not(None), col(Alert.decided_at).is_(None)
    return work.row(select(col(Alert.id)).where(*told).limit(1)) is not None


def _called_just_now(work: Work, case: WatchedCase, channel: str) -> str | None:
    """The call for help that was made just now and waits for a person: pressed in haste, or kept pressed."""
    lately = col(PatientWord.said_at) > work.now - SAME_CALL, col(PatientWord.said_at) <= work.now
    mine = (
        select(col(PatientWord.id))
        .join(Alert, col(Alert.id) == col(PatientWord.alert_id))
        .where(col(PatientWord.case_id) == case.id, col(PatientWord.kind) == "sos", col(PatientWord.channel) == channel)
    )
    row = work.row(mine.where(*lately, col(Alert.decided_at).is_(None)).limit(1))
    return str(row.id) if row else None
