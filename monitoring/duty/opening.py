"""An alert, opened: all that whoever decides has to see. To open one is a look, noted with the alert as its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, func, select
from sqlmodel import col

from codes.looking import note_look
from codes.people import PERSON, Holder, holder
from codes.regime import Regime
from codes.regimes import in_force
from codes.review.taking import take, use
from monitoring.alerts import facts_of
from monitoring.answers.concluding import AnswerRead, reading_of
from monitoring.cases.watched import WatchedCase, telephone_of, watched_case
from monitoring.duty.deciding import ALERT
from monitoring.duty.weighing import Weighed, has_two, ripe, weigh
from monitoring.outages import outages
from monitoring.photos.showing import ShownPhoto, photo_of, photos_of_check, reference_of
from store import Work
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.keyring import fingerprint
from store.patients import Departure, Device, PatientWord
from store.people import Person
from store.phones import Telephone

LOOKED_BACK: Final = timedelta(days=7)
"""So far back an alert's page tells what happened before it."""
MOST_SAID: Final = 200
"""Of what a patient said, the newest: somebody who presses a button all day must not hide the rest."""
_PLANNED: Final = ("planned",)


@dataclass(frozen=True, slots=True)
class Said:
    """Something the patient said; `words` are empty where a press or a single word said it."""

    kind: str
    channel: str
    words: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """One check that an alert rests on, with what was read of its photos, and those that are there still."""

    check: Row[Any]
    read: AnswerRead | None
    photos: tuple[ShownPhoto, ...]


@dataclass(frozen=True, slots=True)
class OpenedAlert:
    """One alert with its case, as far as a decision needs it."""

    alert: Row[Any]
    case: WatchedCase
    person: Holder
    phone: Telephone | None
    regime: Regime
    weighed: tuple[Weighed, ...]
    answered: tuple[Answered, ...]
    reference: ShownPhoto | None
    checks: Sequence[Row[Any]]
    departures: Sequence[Row[Any]]
    outages: Sequence[Row[Any]]
    said: tuple[Said, ...]
    reason: str
    words: str
    """Of a decision: for the record, and as they were sent."""
    models: dict[str, str] = field(default_factory=dict)
    """Classes of the telephones that departures are of, by device."""
    before: Sequence[Row[Any]] = ()
    """What was decided about this case before, the newest first."""
    no_position: tuple[str, datetime] | None = None
    """Why the browser that was heard of last tells no position, and since when."""
    at: datetime | None = None
    """As of when it is weighed: when it was decided, else now."""

    @property
    def two(self) -> bool:
        """Whether it rests on two independent facts."""
        return has_two(self.weighed)

    @property
    def two_ripe(self) -> bool:
        """Whether it rests on two to which the patient had all the time to answer."""
        return self.at is not None and has_two(ripe(self.weighed, self.at))


def take_alert(work: Work, alert_id: str, by: str) -> bool:
    """Takes an alert that waits, and looks at it; whether it is theirs now."""
    row = work.row(select(table(Alert)).where(col(Alert.id) == alert_id, col(Alert.decided_at).is_(None)))
    case = watched_case(work, row.case_id) if row else None
    if row is None or case is None or not take(work, ALERT, alert_id, by):
        return False
    note_look(work, case.person_id, by, f"alert {alert_id}", "duty")
    return True


def open_alert(work: Work, alert_id: str, by: str) -> OpenedAlert | None:
    """All of it, for who took it; it stays theirs for another while. None for everybody else."""
    return opened(work, alert_id) if use(work, ALERT, alert_id, by) else None


def look_at_alert(work: Work, alert_id: str, by: str, at: str) -> OpenedAlert | None:
    """All of it for a look by `by` at the page or command `at`, without taking it; the look is noted."""
    found = opened(work, alert_id)
    if found is not None:
        note_look(work, found.case.person_id, by, f"alert {alert_id}", at)
    return found


def opened(work: Work, alert_id: str) -> OpenedAlert | None:
    """All of an alert; whoever shows it notes the look."""
    row = work.row(select(table(Alert)).where(col(Alert.id) == alert_id))
    case = watched_case(work, row.case_id) if row else None
    if row is None or case is None:
        return None
    regime, since = in_force(work).regime, row.raised_at - LOOKED_BACK
    weighed = weigh(work, case, facts_of(row), regime)
    checks, departures = _checks(work, case, since), _departures(work, case, since)
    person = work.row(select(*PERSON).where(col(Person.id) == case.person_id))
    return OpenedAlert(
        row,
        case,
        holder(work, person),
        telephone_of(work, case),
        regime,
        weighed,
        tuple(_answered(work, case, one.row) for one in weighed if one.fact.what == "check" and one.row is not None),
        reference_of(work, case),
        checks,
        departures,
        outages(work, since),
        _said(work, case, since),
        case.opened(f"alert.reason.{alert_id}", row.reason_sealed),
        case.opened(f"alert.words.{alert_id}", row.words_sealed),
        _models(work, case),
        _before(work, row),
        _no_position(work, case),
        row.decided_at or work.now,
    )


def mark_of(work: Work, alert: Row[Any]) -> str:
    """Changes with whatever speaks for or against the patient: facts, and what they say."""
    mine = col(PatientWord.case_id) == alert.case_id
    words = work.row(select(func.max(col(PatientWord.id)).label("last")).where(mine))
    return fingerprint(f"{alert.facts} {words.last}")[:16]


def look_at_photo(work: Work, alert_id: str, photo_id: str, by: str) -> ShownPhoto | None:
    """A photo of the case whose alert they are at; the look is noted. None where it is not theirs to see, or gone."""
    row = work.row(select(table(Alert)).where(col(Alert.id) == alert_id))
    if row is None or not use(work, ALERT, alert_id, by):
        return None
    case = watched_case(work, row.case_id)
    found = photo_of(work, case, photo_id) if case else None
    if case is None or found is None:
        return None
    note_look(work, case.person_id, by, f"photo of alert {alert_id}", "duty")
    return found


def _answered(work: Work, case: WatchedCase, check: Row[Any]) -> Answered:
    return Answered(check, reading_of(case, check), tuple(photos_of_check(work, case, check.id)))


def _checks(work: Work, case: WatchedCase, since: datetime) -> Sequence[Row[Any]]:
    check = table(PresenceCheck)
    mine = check.c.case_id == case.id, check.c.state.not_in(_PLANNED), check.c.planned_at >= since
    return work.rows(select(check).where(*mine).order_by(check.c.planned_at.desc()))


def _departures(work: Work, case: WatchedCase, since: datetime) -> Sequence[Row[Any]]:
    mine = col(Departure.case_id) == case.id, col(Departure.detected_at) >= since
    return work.rows(select(table(Departure)).where(*mine).order_by(col(Departure.left_at).desc()))


def _said(work: Work, case: WatchedCase, since: datetime) -> tuple[Said, ...]:
    mine = and_(col(PatientWord.case_id) == case.id, col(PatientWord.said_at) >= since)
    rows = work.rows(select(table(PatientWord)).where(mine).order_by(col(PatientWord.id).desc()).limit(MOST_SAID))
    return tuple(
        Said(
            row.kind,
            row.channel,
            case.opened(f"patient_word.words.{row.id}", row.words_sealed),
            row.said_at,
        )
        for row in rows
    )


def _models(work: Work, case: WatchedCase) -> dict[str, str]:
    rows = work.rows(select(table(Device)).where(col(Device.case_id) == case.id))
    return {row.id: row.model for row in rows}


def _no_position(work: Work, case: WatchedCase) -> tuple[str, datetime] | None:
    mine = select(table(Device)).where(col(Device.case_id) == case.id, col(Device.ended_at).is_(None))
    row = work.row(mine.order_by(col(Device.last_heard_at).desc()))
    return (row.no_position, row.no_position_at) if row and row.no_position else None


def _before(work: Work, row: Row[Any]) -> Sequence[Row[Any]]:
    mine = col(Alert.case_id) == row.case_id, col(Alert.decided_at).is_not(None), col(Alert.id) != row.id
    return work.rows(select(table(Alert)).where(*mine).order_by(col(Alert.decided_at).desc()).limit(20))
