"""What happened in the town days ago: checks that nobody answered, and what was decided about them.

A violation takes a day at least: the patient has the time to answer. So the demo's begin the day before yesterday.
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import select, update
from sqlmodel import col

from codes.regimes import in_force
from development.demo.chance import Chance
from development.demo.duty import officer
from development.demo.homes import a_home
from development.demo.people import Citizen
from development.demo.ward import Patient, Ward, due_check, plan_for
from monitoring.cases.watched import held_case, watched_case
from monitoring.checks.settling import check_row, settle
from monitoring.duty.deciding import Decided, Decision, Given, decide
from monitoring.duty.opening import take_alert
from monitoring.duty.telling import note_told
from store import Keyring, Store, Work
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.ids import new_id
from store.work import system_clock

_DAYS: Final = 2
_WINDOW: Final = timedelta(minutes=15)
_ADMITTED, _ASKED, _TOLD, _DECIDED = 10, (12, 15), 16, 17
"""Hours of the order's clock: by day."""
_VIOLATION: Final = Given(Decision.VIOLATION, "Две проверки без ответа, причины нет", "Вы не ответили на две проверки.")


class Past:
    """The store as it is worked with at another time, which is told."""

    def __init__(self, url: str, keys: Keyring) -> None:
        self.now = system_clock()
        # Its ids are of today all the same: the audit is linked in the order of ids.
        told = {"clock": lambda: self.now, "ids": lambda _: new_id(system_clock())}
        self.store = Store.open(url, keys, pool_size=1, **told)

    def at(self, days: int, hour: int) -> Store:
        """So many days ago, at an hour of the order's clock."""
        with self.store.reading() as work:
            zone = in_force(work, system_clock()).regime.zone
        day = system_clock().astimezone(zone) - timedelta(days=days)
        self.now = day.replace(hour=hour, minute=5, second=0, microsecond=0).astimezone(system_clock().tzinfo)
        return self.store


def silent_for_days(ward: Ward, past: Past, who: Citizen, chance: Chance, *, decided: bool) -> Patient | None:
    """Somebody who answered neither of two checks, was told, and had a day to say why; `decided`: a violation."""
    patient = ward.admits(who, a_home(chance), plan_for(), past.at(_DAYS, _ADMITTED))
    if patient is None or not ward.enrols(patient, past.store):
        return None
    for hour in _ASKED:
        with past.at(_DAYS, hour).work() as work:
            check_id = _asked(work, patient)
        past.now += _WINDOW
        with past.store.work() as work:
            _miss(work, check_id)
    with past.at(_DAYS, _TOLD).work() as work:
        _tell(work, patient)
    if decided:
        with past.at(_DAYS - 1, _DECIDED).work() as work:
            _decide(work, patient)
    return patient


def _asked(work: Work, patient: Patient) -> str:
    case = watched_case(work, patient.case_id)
    assert case is not None
    check_id = due_check(work, case)
    given = {"state": "asked", "step": 4, "asked_at": work.now, "window_ends_at": work.now + _WINDOW, "due_at": None}
    work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check_id), **given)
    return check_id


def _miss(work: Work, check_id: str) -> None:
    check = check_row(work, check_id)
    assert check is not None
    settle(work, check, "missed", "no_answer")


def _tell(work: Work, patient: Patient) -> None:
    case = held_case(work, patient.case_id)
    assert case is not None
    note_told(work, _alert(work, patient), case, officer(work), in_force(work).regime)


def _decide(work: Work, patient: Patient) -> bool:
    alert_id, by = _alert(work, patient), officer(work)
    return take_alert(work, alert_id, by) and isinstance(decide(work, alert_id, _VIOLATION, by), Decided)


def _alert(work: Work, patient: Patient) -> str:
    row = work.row(select(table(Alert)).where(col(Alert.case_id) == patient.case_id))
    return str(row.id)
