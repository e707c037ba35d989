"""Whatever happens to a case, in whatever order, nobody is found at fault but by the rules.

The verbs are the real ones, on SQLite, with the clock moved. What may lead to a violation is written down here while it
happens (quiet hours, outages, pauses, the end), and every violation that comes through is held against that.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import Row

from codes.regimes import in_force
from monitoring.alerts import Fact, facts_of
from monitoring.cases.fences import set_home
from monitoring.cases.watched import WatchedCase
from monitoring.checks.enrolling import enrol
from monitoring.checks.planning import plan_checks
from monitoring.checks.settling import check_row, settle
from monitoring.departures.knowing import reporting_device
from monitoring.departures.reports import Reported
from monitoring.departures.taking import take_fixes
from monitoring.invariants import CHECKS
from monitoring.outages import begin_outage, end_outage
from monitoring.outlines import read_wkb
from monitoring.patients.devices import add_device
from monitoring.patients.leaving import end_case
from monitoring.patients.words import PAUSES
from monitoring.retention.running import destroy_due
from store import Keyring, Store
from store.checks import PresenceCheck
from store.duty import Alert
from store.last_fixes import MemoryLastFixes
from store.patients import Departure
from store.tokens import token_hash
from tests.clock import Clock
from tests.monitoring.duty.desk import DORA, Desk
from tests.monitoring.fence.shapes import HOUSE, at

OPENER = "staff:clinician"
ANSWER = timedelta(hours=24)
KAZAN = timedelta(hours=3)
ROUND = timedelta(minutes=30)
Span = list[datetime | None]


class Reached:
    """How often the machine got somewhere: one that gets nowhere fails."""

    violations = 0
    refused = 0


class CaseMachine(RuleBasedStateMachine):
    """One case, from its opening to whatever end."""

    template: Path
    keyring: Keyring
    folder: Path
    number = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).number += 1
        file = self.folder / f"{self.number}.db"
        shutil.copy(self.template, file)
        self.clock = Clock()
        self.store = Store.open(f"sqlite:///{file}", self.keyring, clock=self.clock)
        self.desk = Desk(self.store, self.clock)
        self.desk.put_in_force(days_ago=1)
        self.last_fixes = MemoryLastFixes()
        self.outage_id: str | None = None
        self.outages: list[Span] = []
        self.pauses: list[Span] = []
        self.enrolled_at: datetime | None = None
        self.told: dict[str, datetime] = {}
        self.closed = False

    def _is_told(self) -> None:
        texts = self.desk.tell_and_count()
        new = [fact.id for row in self.desk.rows(Alert) for fact in facts_of(row) if fact.told_at == self.clock.now]
        assert texts == len(new), "a text for each fact"
        self.told |= dict.fromkeys(new, self.clock.now)

    def teardown(self) -> None:
        """The rules of the store hold at the end, and nothing is left of a machine."""
        with self.store.reading() as work:
            broken = {rule: found for rule, check in CHECKS.items() if (found := list(check(work)))}
        self.store.close()
        for file in self.folder.glob(f"{self.number}.db*"):
            file.unlink()
        assert broken == {}

    @initialize(enrolled=st.booleans())
    def is_admitted(self, enrolled: bool) -> None:
        self.case_id = self.desk.admit(enrolled=False, days=9)
        with self.store.work() as work:
            case = self.held(work)
            set_home(work, case, read_wkb(HOUSE.wkb), weak=False, by=OPENER)
            self.token = add_device(work, case, "app", "Android 10", "tests")
            if enrolled:
                enrol(work, case, "tests")
        self.enrolled_at = self.clock.now if enrolled else None

    @precondition(lambda self: self.enrolled_at is None and not self.closed)
    @rule()
    def opens_the_page(self) -> None:
        with self.store.work() as work:
            if enrol(work, self.held(work), "tests"):
                self.enrolled_at = work.now

    @rule(hours=st.sampled_from([1, 5, 14, 27]))
    def time_goes_by(self, hours: float) -> None:
        for _ in range(round(2 * hours)):
            self.clock.now += ROUND
            plan_checks(self.store)
            self.desk.work_on()
            self._is_told()
            self.desk.excuse()
        destroy_due(self.store)

    @rule()
    def is_silent_until_an_officer_decides(self) -> None:
        """The fair way. What is missed meanwhile has a time of its own, and makes this one no longer."""
        self.time_goes_by(54)
        while not 9 <= (self.clock.now + KAZAN).hour < 21:
            self.time_goes_by(0.5)
        self.somebody_decides(DORA, "violation")

    @rule(state=st.sampled_from(["passed", "failed", "unclear"]))
    def answers(self, state: str) -> None:
        with self.store.work() as work:
            asked = [row for row in self.desk.rows(PresenceCheck) if row.state == "asked"]
            row = check_row(work, asked[-1].id) if asked else None
            if row is not None and work.now < row.window_ends_at:
                outcome = "passed" if state == "passed" else "no_match" if state == "failed" else "quality"
                settle(work, row, state, outcome, by="phone:1", answered_at=work.now)

    @precondition(lambda self: not self.closed)
    @rule(east=st.sampled_from([0, 400]))
    def is_somewhere(self, east: float) -> None:
        for step in range(6):
            self.clock.now += timedelta(minutes=4)
            lat, lon = at(east + 1.5 * step)
            fix = Reported(self.clock.now.timestamp(), lat, lon, 20.0, "wifi")
            with self.store.work() as work:
                device = reporting_device(work, token_hash(self.token))
                if device is not None:
                    take_fixes(work, device.case, device.device_id, [fix], self.last_fixes)

    @precondition(lambda self: not self.closed)
    @rule(kind=st.sampled_from([*PAUSES, "reply", "home", "sos"]))
    def says(self, kind: str) -> None:
        self.desk.says(self.case_id, kind)
        if kind in PAUSES:
            self.pauses.append([self.clock.now, None])

    @rule()
    def an_outage_begins_or_ends(self) -> None:
        with self.store.work() as work:
            if self.outage_id is None:
                self.outage_id = begin_outage(work, "carrier", work.now, "staff:other")
                self.outages.append([work.now, None])
            elif self.outages[-1][0] != work.now:
                end_outage(work, self.outage_id, work.now, "staff:other")
                self.outages[-1][1], self.outage_id = work.now, None

    @precondition(lambda self: not self.closed)
    @rule(often=st.integers(0, 5))
    def is_closed(self, often: int) -> None:
        if often:  # most cases go on
            return
        with self.store.work() as work:
            end_case(work, in_force(work).regime, self.held(work), "recovered", "well", OPENER)
        self.closed = True

    @rule(
        by=st.sampled_from([DORA, OPENER]), decision=st.sampled_from(["violation", "violation", "nothing", "excused"])
    )
    def somebody_decides(self, by: str, decision: str) -> None:
        for alert in self.desk.rows(Alert):
            if alert.decided_at is None:
                self._decide(alert, by, decision)

    def _decide(self, alert: Row[Any], by: str, decision: str) -> None:
        if self.desk.decides(alert.id, decision, by):
            Reached.refused += decision == "violation"
            return
        if decision == "violation":
            Reached.violations += 1
            self._is_fair(alert, by)
        if self.desk.case(self.case_id).paused_at is None:
            for span in self.pauses:
                span[1] = span[1] or self.clock.now

    def _is_fair(self, alert: Row[Any], by: str) -> None:
        now, local = self.clock.now, self.clock.now + KAZAN
        assert by != OPENER, "who opened the case decided"
        assert 8 <= local.hour < 22, "decided by night"
        ends_at = self.desk.case(self.case_id).ends_at
        assert not self.closed and ends_at is not None and now < ends_at, "decided after the end"
        counting = {fact.id for fact in facts_of(alert) if self._counts(fact)}
        assert len(counting) >= 2, "not two facts"
        waited = [one for one in counting if one in self.told and now >= self.told[one] + ANSWER]
        assert len(waited) >= 2, "the time to answer was not over"

    def _counts(self, fact: Fact) -> bool:
        model = Departure if fact.what == "departure" else PresenceCheck
        row = next(one for one in self.desk.rows(model) if one.id == fact.id)
        if fact.what == "departure":
            begins, ends = row.left_at, row.detected_at
        else:
            begins, ends = row.asked_at, row.answered_at or row.window_ends_at
            if row.state not in ("failed", "missed"):
                return False
        last = ends + KAZAN - timedelta.resolution  # a window may end with the day
        by_day = 8 <= (begins + KAZAN).hour < 22 and last.hour < 22 and ends - begins < timedelta(hours=9)
        enrolled = self.enrolled_at is not None and self.enrolled_at <= begins
        free = not any(_touch(span, begins, ends) for span in (*self.outages, *self.pauses))
        return by_day and enrolled and free

    def held(self, work: Any) -> WatchedCase:
        """The case, for this work alone."""
        return self.desk.held(work, self.case_id)


def _touch(span: Span, begins: datetime, ends: datetime) -> bool:
    start, end = span
    return start is not None and start <= ends and (end is None or end > begins)


def test_no_way_leads_to_a_violation_but_the_fair_one(sqlite_template: Path, keyring: Keyring, tmp_path: Path) -> None:
    CaseMachine.template, CaseMachine.keyring, CaseMachine.folder = sqlite_template, keyring, tmp_path

    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Reached.violations and Reached.refused, "the machine never got so far"
