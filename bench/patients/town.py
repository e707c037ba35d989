"""A town of honest patients at home: time goes by three minutes at a time, and everybody does what they do.

The store, the schedule, the ladder, settling, fences, alerts and decisions are the real ones. Photos and the way over
the network are left out: what they come to is drawn (`people`), and so is what the carrier does (`carrier`).
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from random import Random
from typing import Any, Final

from sqlalchemy import Row, select

from bench.patients.admitting import admit_all
from bench.patients.answering import answer, key_in, read_answers
from bench.patients.carrier import Carrier
from bench.patients.officer import Officer, case_held
from bench.patients.people import OPENS_PAGE, PICKS_UP, REPLIES, RIGHT_AWAY, SAYS_ASLEEP, WOKEN_BY_CALL, Patient
from bench.patients.reporting import Reports
from codes.regimes import activate, preset
from monitoring.checks import enrolling, excusing, ladder, noticing, planning
from monitoring.departures import silence
from monitoring.duty import telling
from monitoring.outages import begin_outage
from monitoring.patients import leaving
from monitoring.patients.words import say
from store import Store
from store.checks import PresenceCheck
from store.columns import table

PUBLIC_URL: Final = "https://pass.example"
STEP: Final = timedelta(minutes=3)
"""As long as the worker may be away."""
OUTAGE: Final = timedelta(hours=2)
OUTAGE_EVERY: Final = timedelta(days=1)
KINDS: Final = ("ours", "carrier", "power")
BEGINS: Final = datetime(2026, 6, 3, 6, 0, tzinfo=UTC)
"""Nine in the morning in Kazan."""
_CHECK = table(PresenceCheck)
_OPEN_LINK = ("check_due", "check_again", "check_reminder")
_TOLD = ("told_departure", "told_failed", "told_missed", "told_unclear", "told_unreached")
_TO_ENROL = ("case_opened", "enrol_reminder")


def numbered() -> Callable[[datetime], str]:
    """Ids as the store gives them, but the same each time."""
    numbers = count()
    return lambda now: f"{int(now.timestamp() * 1000):012x}{next(numbers):012x}"


@dataclass
class Town:
    """One town. `clock` is a list of one moment, which the store's clock reads."""

    store: Store
    clock: list[datetime]
    random: Random
    order: str = "tatarstan-2020"
    more: str = ""
    patients: dict[str, Patient] = field(default_factory=dict)
    """By telephone."""
    outages: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    _plans: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)
    _ticks: int = 0

    def __post_init__(self) -> None:
        self.carrier = Carrier(self.store, Random(self.random.getrandbits(64)))
        self.officer = Officer(self.store)
        self.reports = Reports(self.store)

    def live(self, people: int, days: int, tell: Callable[[float], None] = lambda _: None) -> None:
        """So many patients, so many days; `tell` hears the days that went by."""
        with self.store.work() as work:
            activate(work, preset(self.order) + self.more, work.now - timedelta(days=1), "bench")
        self.patients = admit_all(self.store, self.random, people, days)
        self._draw_outages(days)
        began = self.clock[0]
        until = began + timedelta(days=days)
        self.reports.begin(self.patients.values(), began)
        while self.clock[0] < until:
            self.clock[0] += STEP
            self._tick()
            tell((self.clock[0] - began) / timedelta(days=1))
        leaving.end_in_time(self.store)

    # What goes on.

    def _tick(self) -> None:
        now, self._ticks = self.clock[0], self._ticks + 1
        kind = next((kind for kind, starts, ends in self.outages if starts <= now < ends), None)
        self.carrier.away = kind == "carrier"
        if kind != "ours":
            self._work_on()
            for row in self.carrier.carry():
                self._arrives(row, power=kind != "power")
        while self._plans and self._plans[0][0] <= now:
            heapq.heappop(self._plans)[2]()
        self.reports.take_due(now)
        if self._ticks % 5 == 0:
            self.officer.look()

    def _work_on(self) -> None:
        """The worker's loops, those that matter here, as often as one needs to see."""
        store = self.store
        with store.work() as work:
            noticing.beat(work)
            noticing.watch_carrier(work)
        ladder.go_on(store, PUBLIC_URL)
        read_answers(store, self.patients)
        telling.tell_doubts(store, PUBLIC_URL)
        if self._ticks % 5 == 0:
            planning.plan_checks(store)
            excusing.excuse_misses(store)
            silence.sweep(store)
        if self._ticks % 20 == 0:
            enrolling.remind_to_enrol(store, PUBLIC_URL)

    def _at(self, moment: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._plans, (moment, next(self._numbers), act))

    def _after(self, wait: timedelta, act: Callable[[], None]) -> None:
        self._at(self.clock[0] + wait, act)

    def _draw_outages(self, days: int) -> None:
        """One a day, more or less; the power's is noted by an officer some hours later."""
        ends, moment = self.clock[0] + timedelta(days=days), self.clock[0]
        for kind in cycle(KINDS):
            moment += OUTAGE_EVERY * self.random.uniform(0.5, 1.5)
            if moment > ends:
                return
            self.outages.append((kind, moment, moment + OUTAGE))
            if kind == "power":
                self._at(moment + 2 * OUTAGE, self._note(moment))

    def _note(self, starts: datetime) -> Callable[[], None]:
        def note() -> None:
            with self.store.work() as work:
                begin_outage(work, "power", starts, "staff:dora", starts + OUTAGE)

        return note

    # What patients do.

    def _arrives(self, row: Row[Any], *, power: bool) -> None:
        """A text or call got to a telephone; without power nobody sees it before the power is back."""
        patient = self.patients.get(row.phone_id)
        if patient is None:
            return
        wait = patient.sees_after() if power else OUTAGE
        if row.kind == "call":
            if power:
                self._rings(patient)
        elif row.template in _OPEN_LINK:
            self._is_asked(patient, row.template, wait, seen=power)
        elif row.template in _TO_ENROL and not patient.enrolled and patient.chance(OPENS_PAGE):
            self._after(wait * 4, self._enrols(patient))
        elif row.template in _TOLD and patient.chance(REPLIES):
            self._after(wait * 6, self._says(patient, "reply"))

    def _is_asked(self, patient: Patient, template: str, wait: timedelta, *, seen: bool) -> None:
        check = self._asked(patient)
        if check is None:
            return
        if seen:
            patient.reached.add(check.id)
        linked = template != "check_reminder" or check.id in patient.answering
        if not linked:
            return
        if seen and patient.naps(check.id):
            if template == "check_due" and patient.chance(SAYS_ASLEEP):
                self._after(timedelta(minutes=patient.random.uniform(30, 240)), self._says(patient, "asleep"))
            return
        patient.answering.add(check.id)
        late = timedelta(0) if patient.chance(RIGHT_AWAY) else timedelta(hours=1)
        self._after(wait + late, lambda: answer(self.store, patient, check.id))

    def _rings(self, patient: Patient) -> None:
        check = self._asked(patient)
        if check is None:
            return
        patient.reached.add(check.id)
        if not patient.chance(WOKEN_BY_CALL if patient.naps(check.id) else PICKS_UP):
            return
        if patient.means == "call":
            self._after(timedelta(0), lambda: key_in(self.store, patient, check.id))
        elif patient.naps(check.id) or check.id in patient.answering:
            patient.napping[check.id] = False
            patient.answering.add(check.id)
            self._after(timedelta(minutes=2), lambda: answer(self.store, patient, check.id))

    def _asked(self, patient: Patient) -> Row[Any] | None:
        mine = select(_CHECK.c.id).where(_CHECK.c.case_id == patient.case_id, _CHECK.c.state == "asked")
        with self.store.reading() as work:
            found: Row[Any] | None = work.row(mine.order_by(_CHECK.c.id.desc()))
        return found

    def _enrols(self, patient: Patient) -> Callable[[], None]:
        def enrol() -> None:
            with self.store.work() as work:
                enrolling.enrol(work, case_held(work, patient.case_id), "phone:patient")
            patient.enrolled = True

        return enrol

    def _says(self, patient: Patient, kind: str) -> Callable[[], None]:
        def says() -> None:
            with self.store.work() as work:
                case = case_held(work, patient.case_id)
                if case.is_open(work.now):
                    say(work, case, kind, "page", by="phone:patient")

        return says
