"""Apps report where telephones think they are, when they are asked to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from typing import Final

from bench.patients.people import Patient
from bench.rules import LAT, LON, M_LAT, M_LON
from monitoring.departures.knowing import reporting_device
from monitoring.departures.reports import Reported
from monitoring.departures.taking import take_fixes
from store import Store, Work
from store.last_fixes import MemoryLastFixes
from store.tokens import token_hash

_USUAL_S: Final = 600.0


@dataclass
class Reports:
    """Of the whole town."""

    store: Store
    last_fixes: MemoryLastFixes = field(default_factory=MemoryLastFixes)
    _due: list[tuple[float, int, Patient]] = field(default_factory=list)

    def begin(self, patients: Iterable[Patient], now: datetime) -> None:
        """Those with an app report from now on, each at their own pace."""
        for number, one in enumerate(patients):
            if one.token is not None:
                heappush(self._due, (now.timestamp() + one.random.uniform(0, _USUAL_S), number, one))

    def take_due(self, now: datetime) -> None:
        """What is due, in one transaction: many commits would cost more than all the rest."""
        t = now.timestamp()
        if not self._due or self._due[0][0] > t:
            return
        with self.store.work() as work:
            while self._due[0][0] <= t:
                _, number, patient = heappop(self._due)
                wanted = self._report(work, patient) * patient.random.uniform(0.95, 1.1)
                heappush(self._due, (t + wanted, number, patient))

    def _report(self, work: Work, patient: Patient) -> float:
        told = patient.fix(work.now)
        if told is None or patient.token is None:
            return _USUAL_S
        place = LAT + told.north * M_LAT, LON + told.east * M_LON
        fix = Reported(work.now.timestamp(), *place, told.radius, told.provider)
        device = reporting_device(work, token_hash(patient.token))
        if device is None:
            return _USUAL_S
        return take_fixes(work, device.case, device.device_id, [fix], self.last_fixes, grounds=device.grounds).next_s
