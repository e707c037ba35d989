"""Where a patient stands: what is asked of them now, what they answered, what they were told, what they may answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, select
from sqlmodel import col

from monitoring.alerts import Fact, facts_of
from monitoring.cases.watched import WatchedCase
from monitoring.home.links import agrees
from store import Work
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.patients import Departure, PatientWord

MOST_CHECKS: Final = 30
MOST_ALERTS: Final = 50
_SHOWN: Final = timedelta(days=30)
"""Alerts that were decided so long ago are not shown any more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page shows of a case."""

    case: WatchedCase
    agreed: bool
    check: Row[Any] | None
    """The presence check that waits for an answer by link, or for its photos to be read."""
    checks: Sequence[Row[Any]]
    """Those that were asked, the last first."""
    alerts: Sequence[Row[Any]]
    """Of which the patient was told, the last first."""
    words: Sequence[Row[Any]]
    """What they told us, the last first."""


def standing(work: Work, case: WatchedCase) -> Standing:
    """All of it, as it is now."""
    checks = checks_of(work, case)
    waits = next((one for one in checks if one.state in ("asked", "answered") and one.means == "link"), None)
    return Standing(case, agrees(work, case.id), waits, checks, alerts_of(work, case), words_of(work, case))


def checks_of(work: Work, case: WatchedCase) -> Sequence[Row[Any]]:
    """The checks that were asked of a patient, the last first."""
    asked = select(table(PresenceCheck)).where(
        col(PresenceCheck.case_id) == case.id, col(PresenceCheck.asked_at).is_not(None)
    )
    newest = asked.order_by(col(PresenceCheck.asked_at).desc(), col(PresenceCheck.id).desc())
    return work.rows(newest.limit(MOST_CHECKS))


def alerts_of(work: Work, case: WatchedCase) -> Sequence[Row[Any]]:
    """What was noticed of a patient and told them: what waits, then the last first; not what was decided long ago."""
    told = select(table(Alert)).where(col(Alert.case_id) == case.id, col(Alert.told_at).is_not(None))
    lately = (col(Alert.decided_at).is_(None)) | (col(Alert.decided_at) > work.now - _SHOWN)
    return work.rows(
        told.where(lately).order_by(col(Alert.decided_at).is_not(None), col(Alert.told_at).desc()).limit(MOST_ALERTS)
    )


def alert_of(work: Work, case: WatchedCase, alert_id: str) -> Row[Any] | None:
    """One of those, by its id; nobody else's."""
    return next((one for one in alerts_of(work, case) if one.id == alert_id), None)


def words_of(work: Work, case: WatchedCase) -> Sequence[Row[Any]]:
    """What a patient told us, the last first."""
    said = select(table(PatientWord)).where(col(PatientWord.case_id) == case.id)
    return work.rows(said.order_by(col(PatientWord.id).desc()).limit(MOST_CHECKS))


def unanswered(work: Work, case: WatchedCase) -> Row[Any] | None:
    """The last doubt that waits for the patient's answer, if one does."""
    return next((one for one in alerts_of(work, case) if wants_answer(one, work.now)), None)


def wants_answer(alert: Row[Any], now: datetime) -> bool:
    """Whether something of an alert can be answered still, of which the patient said nothing since they know of it."""
    said: datetime | None = alert.answered_at
    return any(said is None or (one.told_at or now) > said for one in open_facts(alert, now))


def open_facts(alert: Row[Any], now: datetime) -> list[Fact]:
    """What of an undecided alert the patient knows and has time to answer to; each until its own moment."""
    known = facts_of(alert) if alert.decided_at is None else ()
    return [one for one in known if one.answer_by is not None and not one.is_over(now)]


def facts_behind(work: Work, alert: Row[Any]) -> list[tuple[Fact, Row[Any]]]:
    """What an alert rests on, as far as it is there still, each with its row."""
    found = []
    for fact in facts_of(alert):
        rows = table(Departure if fact.what == "departure" else PresenceCheck)
        row = work.row(select(rows).where(rows.c.id == fact.id, rows.c.case_id == alert.case_id))
        if row is not None:
            found.append((fact, row))
    return found


def replies_to(work: Work, case: WatchedCase, alert_id: str) -> list[tuple[datetime, str]]:
    """What the patient answered to an alert, the first answer first."""
    mine = col(PatientWord.case_id) == case.id, col(PatientWord.alert_id) == alert_id, col(PatientWord.kind) == "reply"
    rows = work.rows(select(table(PatientWord)).where(*mine).order_by(col(PatientWord.id)))
    return [(row.said_at, case.opened(f"patient_word.words.{row.id}", row.words_sealed)) for row in rows]
