"""A patient at home with a telephone that reports: everything that fixes are judged against."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import SQLModel, col

from codes.fields import Field
from codes.people import add_person
from codes.regimes import activate_preset
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.departures.knowing import glanced_device
from monitoring.departures.reports import Reported
from monitoring.departures.taking import Taken, take_report
from monitoring.patients.devices import add_device
from store import Store
from store.cases import Case, Fence
from store.columns import table
from store.last_fixes import LastFixes, MemoryLastFixes
from store.phones import ensure_phone
from store.tokens import token_hash
from tests.clock import Clock
from tests.monitoring.fence.shapes import HOUSE, at


@dataclass
class Patient:
    """One case with a home fence and a device."""

    store: Store
    clock: Clock
    case_id: str
    token: str
    last_fixes: LastFixes = field(default_factory=MemoryLastFixes)

    def report(self, *fixes: Reported) -> Taken:
        """What the telephone sends now."""
        device = glanced_device(self.store, token_hash(self.token))
        assert device is not None
        taken = take_report(self.store, device, fixes, self.last_fixes)
        assert taken is not None
        return taken

    def is_at(self, east_m: float, **more: Any) -> Taken:
        """A fix of now, so far east of the house."""
        return self.report(self.fix(east_m, **more))

    def fix(self, east_m: float, ago_s: float = 0.0, accuracy: float = 20.0, **more: Any) -> Reported:
        lat, lon = at(east_m)
        return Reported(self.clock.now.timestamp() - ago_s, lat, lon, accuracy, more.pop("provider", "wifi"), **more)

    def stays(self, east_m: float, minutes: int, step_min: int = 4) -> list[Taken]:
        """Fixes at a steady pace, each a little elsewhere."""
        taken = []
        for n in range(minutes // step_min):
            self.clock.pass_by(minutes=step_min)
            taken.append(self.is_at(east_m + n * 1.5))
        return taken

    def case(self) -> WatchedCase:
        with self.store.reading() as work:
            found = watched_case(work, self.case_id)
        assert found is not None
        return found

    def change(self, **values: Any) -> None:
        """Changes the row of the case."""
        with self.store.work() as work:
            work.run(update(Case).where(col(Case.id) == self.case_id), **values)

    def add_fence(self, shape: Any, role: str, starts_at: datetime, ends_at: datetime | None = None) -> str:
        case = self.case()
        with self.store.work() as work:
            fence_id = work.new_id()
            assert case.key is not None
            sealed = case.key.seal_bytes(f"fence.shape.{fence_id}", shape.wkb)
            given = {"id": fence_id, "case_id": case.id, "role": role, "shape_sealed": sealed, "weak": False}
            work.insert(Fence, **given, starts_at=starts_at, ends_at=ends_at, set_by="tests", set_at=work.now)
        return fence_id

    def rows(self, model: type[SQLModel]) -> list[Row[Any]]:
        with self.store.reading() as work:
            return list(work.rows(select(table(model)).order_by(*table(model).primary_key)))


def a_patient(
    store: Store, clock: Clock, number: str = "+79990000001", means: str = "link", kind: str = "app"
) -> Patient:
    """Opened, enrolled, at home, with a device."""
    with store.work() as work:
        activate_preset(work, "tatarstan-2020", "tests")
        said = {Field.NAME: "Иванова Анна Ивановна", Field.DOCUMENT: f"92{number[-8:]}"}
        person = add_person(work, ensure_phone(work, number), said)
        case_id = open_case(work, person.id, "order 5", "tests", Plan(means=means)).case_id
        work.run(update(Case).where(col(Case.id) == case_id), enrolled_at=work.now)
        case = watched_case(work, case_id)
        assert case is not None
        token = add_device(work, case, kind, "Android 10", "tests")
    patient = Patient(store, clock, case_id, token)
    patient.add_fence(HOUSE, "home", clock.now)
    return patient
