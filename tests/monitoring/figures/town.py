"""Many patients at once: rows as they are once all is over, and homes in two districts of a town."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from codes.counts.layers import DISTRICTS, Shape, import_layer
from monitoring.alerts import Fact, raise_alert
from monitoring.cases.fences import set_home
from monitoring.outlines import Outline, circle, write_wkb
from store.checks import PresenceCheck
from store.duty import Alert
from store.patients import Departure, Device
from tests.monitoring.duty.desk import DORA, Desk


def square(west: float, south: float, size: float = 1.0) -> Outline:
    east, north = west + size, south + size
    return ((((west, south), (east, south), (east, north), (west, north), (west, south)),),)


class Town(Desk):
    """A duty desk with as many patients as a test needs."""

    def patients(self, many: int, first: int = 100) -> list[str]:
        return [self.admit(f"+7999000{first + place:04}") for place in range(many)]

    def all_checked(self, cases: list[str], state: str, outcome: str, times: int = 1) -> None:
        """Each was asked so often, an hour ago and before."""
        with self.store.work() as work:
            for case_id in cases:
                for back in range(times):
                    asked = work.now - timedelta(hours=1 + back)
                    given = {"case_id": case_id, "state": state, "outcome": outcome, "planned_at": asked, "step": 5}
                    more = {"asked_at": asked, "window_ends_at": asked, "origin": "staff", "means": "link"}
                    work.insert(PresenceCheck, id=work.new_id(), attempts=0, **given, **more)

    def all_decided(self, cases: list[str], decision: str, *, model: str = "", **more: Any) -> list[str]:
        """Each left home, half an hour later somebody decided; the alerts."""
        alerts = []
        for case_id in cases:
            departure_id = self.departure_of(case_id)
            alert_id = self.alert_of(case_id).id
            alerts.append(alert_id)
            with self.store.work() as work:
                if model:
                    self._has(work, case_id, departure_id, model)
                mine = update(Alert).where(col(Alert.id) == alert_id)
                work.run(mine, decision=decision, decided_at=work.now + timedelta(minutes=31), decided_by=DORA, **more)
        return alerts

    def _has(self, work: Any, case_id: str, departure_id: str, model: str) -> None:
        given = {"case_id": case_id, "kind": "browser", "model": model, "added_at": work.now}
        device_id = work.new_id()
        work.insert(Device, id=device_id, token_hash=device_id.encode(), last_heard_at=work.now, **given)
        work.run(update(Departure).where(col(Departure.id) == departure_id), device_id=device_id)

    def all_read(self, cases: list[str], outcome: str, decision: str) -> None:
        """Of each a photo was read so, and a person decided so."""
        with self.store.work() as work:
            for case_id in cases:
                check_id = work.new_id()
                alert_id = raise_alert(work, self.held(work, case_id), "failed", [Fact("check", check_id)])
                given = {"case_id": case_id, "state": "failed", "outcome": outcome, "planned_at": work.now, "step": 5}
                more = {"asked_at": work.now, "origin": "schedule", "means": "link", "alert_id": alert_id}
                work.insert(PresenceCheck, id=check_id, attempts=0, **given, **more)
                work.flush()
                mine = update(Alert).where(col(Alert.id) == alert_id)
                work.run(mine, decision=decision, decided_at=work.now, decided_by=DORA)

    def districts(self, *names: str) -> None:
        """Squares of a degree beside each other, from 49 degrees east on."""
        shapes = [Shape(name, {}, write_wkb(square(49.0 + place, 55.0))) for place, name in enumerate(names)]
        with self.store.work() as work:
            import_layer(work, DISTRICTS, shapes, "tests")

    def all_live(self, cases: list[str], lon: float) -> None:
        with self.store.work() as work:
            for case_id in cases:
                set_home(work, self.held(work, case_id), circle(lon, 55.5), weak=True, by="tests")
