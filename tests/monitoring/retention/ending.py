"""A case from its opening to its destruction, with all that belongs to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import SQLModel, col

from codes.review.appealed import About
from codes.review.appeals import file_appeal
from codes.telling import owe_spoken
from monitoring.alerts import Fact, raise_alert
from monitoring.cases.closing import stop_case
from monitoring.cases.watched import WatchedCase, held_case
from monitoring.departures.knowing import reporting_device
from monitoring.patients.devices import add_device
from monitoring.patients.links import new_link
from monitoring.patients.telling import whom
from monitoring.patients.words import say
from monitoring.photo_ends import sweep_photos
from monitoring.retention.proving import Remains, remains
from monitoring.retention.running import destroy_due
from store import Store, Work
from store.cases import Case, CaseChange, Consent, Fence, LentPhone
from store.columns import table
from store.duty import Alert, CaseFile
from store.patients import Departure, FenceState
from store.phones import ensure_phone
from store.reviews import Taking
from store.tokens import token_hash
from tests.clock import Clock
from tests.codes.counter import ANN
from tests.monitoring.photos.patient import Patient, looked

TERM = timedelta(days=40)
"""Ten days to appeal, thirty more."""
OFFICER = "staff:2"
LENT = "+79990000009"


@dataclass(frozen=True)
class Ending:
    """What happens to one case."""

    patient: Patient
    clock: Clock
    person_id: str

    @property
    def store(self) -> Store:
        return self.patient.counter.store

    @property
    def case_id(self) -> str:
        return self.patient.case_id

    def destroy(self) -> Mapping[str, int]:
        """The job, and the sweep that deletes blobs."""
        found = destroy_due(self.store)
        while sweep_photos(self.store, self.patient.blobs):
            pass
        return found

    def held(self, work: Work) -> WatchedCase:
        case = held_case(work, self.case_id)
        assert case is not None and case.key is not None
        return case

    def passes_a_check(self) -> str:
        """For the first time: photos sent again are not believed."""
        self.patient.shows(looked(100))
        check_id = self.patient.answers_all()
        self.patient.answers.read(check_id)
        assert self.patient.check(check_id).state == "passed"
        return check_id

    def fails_a_check(self) -> str:
        """Somewhere else; its alert's id."""
        check_id = self.patient.answers_all("outside")
        self.patient.answers.read(check_id)
        alert_id = self.patient.check(check_id).alert_id
        assert alert_id
        return str(alert_id)

    def decides(self, alert_id: str, decision: str = "nothing") -> None:
        with self.store.work() as work:
            key = self.held(work).key
            assert key is not None
            sealed = key.seal(f"alert.reason.{alert_id}", "because")
            decided = {"decision": decision, "decided_at": work.now, "decided_by": OFFICER, "reason_sealed": sealed}
            work.run(update(Alert).where(col(Alert.id) == alert_id), **decided)

    def hands_over(self, alert_id: str) -> None:
        with self.store.work() as work:
            made = {"case_id": self.case_id, "alert_id": alert_id, "made_at": work.now, "made_by": OFFICER}
            work.insert(CaseFile, id=work.new_id(), **made, digest="00", attempts=0)

    def is_answered(self) -> None:
        """By the other authority."""
        with self.store.work() as work:
            work.run(update(CaseFile), outcome="dropped", outcome_at=work.now, outcome_by=OFFICER)

    def appeals(self, what: str, about_id: str) -> None:
        with self.store.work() as work:
            file_appeal(work, ensure_phone(work, ANN), "why", About(what, about_id))

    def lives_through_everything(self) -> None:
        """A row in every table that belongs to cases."""
        self.passes_a_check()
        alert_id = self.fails_a_check()
        with self.store.work() as work:
            case, device = self.held(work), "device"
            assert case.key is not None
            say(work, case, "hospital", "text", "мне плохо", by="phone:1")
            new_link(work, case, "page", work.now + timedelta(days=3))
            token = add_device(work, case, "app", "Android 10", "tests")
            found = reporting_device(work, token_hash(token))
            device = found.device_id if found else device
            work.insert(FenceState, case_id=case.id, device_id=device, state="{}", heard_at=work.now, next_s=600)
            departure_id = self._leaves(work, case, device)
            raise_alert(work, case, "departure", [Fact("departure", departure_id)])
            self._papers(work, case)
            owe_spoken(work, whom(case), "told_missed", {"asked": work.now}, alert_id)
            work.insert(Taking, subject_id=alert_id, kind="appeal", **_taken(work))
        self.decides(alert_id, "warn")
        self.hands_over(alert_id)
        self.is_answered()

    def _leaves(self, work: Work, case: WatchedCase, device: str) -> str:
        departure_id = work.new_id()
        bands = {"distance_band": "200-500", "radius_band": "0-50", "fixes": 3, "span_s": 600, "plain": True}
        moments = {"left_at": work.now, "detected_at": work.now, "back_at": work.now, "parameters": "1"}
        work.insert(Departure, id=departure_id, case_id=case.id, device_id=device, **bands, **moments)
        return departure_id

    def _papers(self, work: Work, case: WatchedCase) -> None:
        key = case.key
        assert key is not None
        one = work.new_id()
        fence = {"role": "home", "shape_sealed": key.seal(f"fence.shape.{one}", "shape"), "weak": False}
        work.insert(Fence, id=one, case_id=case.id, **fence, starts_at=work.now, set_by=OFFICER, set_at=work.now)
        agreed = {"version": "1", "language": "ru", "text_hash": "", "way": "signed", "taken_by": OFFICER}
        signed = key.seal(f"consent.signature.{one}", "Анна")
        work.insert(Consent, id=one, case_id=case.id, **agreed, given_at=work.now, signature_sealed=signed)
        why = key.seal(f"case_change.reason.{one}", "why")
        given = {"case_id": case.id, "kind": "plan", "reason_sealed": why}
        work.insert(CaseChange, id=one, **given, changed_at=work.now, changed_by=OFFICER)

    def is_lent_a_phone(self) -> None:
        with self.store.work() as work:
            one, new = work.new_id(), work.keys.new_key()
            sealed = {
                "number_sealed": new.key.seal(f"lent_phone.number.{one}", LENT),
                "serial_sealed": new.key.seal(f"lent_phone.serial.{one}", "SERIAL-77"),
            }
            given = {"data_key": new.wrapped, "epoch": new.epoch, "handed_out_at": work.now, **sealed}
            due = work.now + timedelta(days=14)
            work.insert(LentPhone, id=one, case_id=self.case_id, **given, handed_out_by=OFFICER, due_at=due)

    def gives_the_phone_back(self) -> None:
        with self.store.work() as work:
            work.run(update(LentPhone), returned_at=work.now, returned_to=OFFICER)

    def is_planned_until(self, moment: datetime) -> None:
        with self.store.work() as work:
            work.run(update(Case).where(col(Case.id) == self.case_id), ends_at=moment)

    def closes(self) -> None:
        with self.store.work() as work:
            stop_case(work, self.held(work), "recovered", "well", OFFICER)

    def remains(self) -> Remains:
        with self.store.reading() as work:
            found = remains(work, self.case_id)
        assert found is not None
        return found

    def count(self, model: type[SQLModel]) -> int:
        with self.store.reading() as work:
            return work.count(select(func.count()).select_from(table(model)))

    def rows(self, model: type[SQLModel]) -> list[Any]:
        with self.store.reading() as work:
            return list(work.rows(select(table(model))))


def _taken(work: Work) -> dict[str, Any]:
    return {"taken_by": OFFICER, "taken_at": work.now, "used_at": work.now}
