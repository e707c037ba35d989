"""The duty desk by day: a duty officer of the town decides what is clear, and leaves what is worth a look."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from codes.regimes import in_force
from development.demo.accounts import PLAYED_DUTY_OFFICER
from development.demo.ward import Patient, clinician
from monitoring.alerts import DOUBTS
from monitoring.cases.watched import held_case
from monitoring.duty.deciding import Decided, Decision, Given, decide
from monitoring.duty.opening import take_alert
from monitoring.patients.leaving import end_case
from monitoring.patients.words import say
from store import Store, Work
from store.columns import table
from store.duty import Alert
from web.signin.accounts import account_row

_CLEAR: Final[Mapping[str, Given]] = MappingProxyType(
    {
        "sos": Given(Decision.NOTHING, "Позвонили: скорая уже там, помощь есть"),
        "pause": Given(Decision.EXCUSED, "Больница подтверждает", "Выздоравливайте."),
        "appeal_upheld": Given(Decision.NOTHING, "Дело закрыто как открытое по ошибке"),
    }
)
_WARNED: Final = Given(
    Decision.WARN, "Ответил, что выходил ненадолго; одного факта мало", "Пожалуйста, оставайтесь дома."
)
_FOR_YOU: Final = 1
"""Of each clear kind so many are left for whoever tries it out."""


@dataclass(frozen=True, slots=True)
class DutyDesk:
    """Where Dinar sits."""

    store: Store

    def decides(self) -> str:
        """What is clear, the oldest first; of each kind the last is left."""
        with self.store.work() as work:
            for kind, given in _CLEAR.items():
                waiting = [row for row in _waiting(work) if row.kind == kind]
                for row in waiting if kind == "appeal_upheld" else waiting[:-_FOR_YOU]:
                    if kind == "appeal_upheld":
                        _close(work, row.case_id)
                    _decide(work, row.id, given)
        return ""

    def warns(self, patient: Patient) -> str:
        """A patient who answered what was held against them."""
        with self.store.work() as work:
            for row in _waiting(work):
                if row.case_id == patient.case_id and row.kind in DOUBTS:
                    _decide(work, row.id, _WARNED)
        return ""

    def hears(self, patient: Patient, words: str) -> str:
        """What a patient answers on their page."""
        with self.store.work() as work:
            case = held_case(work, patient.case_id)
            if case is not None and case.is_open(work.now):
                say(work, case, "reply", "page", words, by=f"phone:{case.phone_id}")
        return ""


def officer(work: Work) -> str:
    """Who decides, as in the audit."""
    return f"staff:{account_row(work, PLAYED_DUTY_OFFICER).id}"


def _waiting(work: Work) -> list[Alert]:
    open_still = select(table(Alert)).where(col(Alert.decided_at).is_(None)).order_by(col(Alert.id))
    return list(work.rows(open_still))


def _decide(work: Work, alert_id: str, given: Given) -> bool:
    """False where it is not possible, such as at night, or somebody else is at it."""
    by = officer(work)
    return take_alert(work, alert_id, by) and isinstance(decide(work, alert_id, given, by), Decided)


def _close(work: Work, case_id: str) -> None:
    case = held_case(work, case_id)
    if case is not None:
        end_case(work, in_force(work).regime, case, "opened_in_error", "Жалоба удовлетворена", clinician(work))
