"""Whatever happens to a case, in whatever order, nobody is found at fault but by the rules.

The verbs are the real ones, on SQLite, with the clock moved. What may lead to a violation is written down here while it
happens (quiet hours, outages, pauses, the end), and every violation that comes through is held against that.
"""

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
from tests.proofs.case_fairness import KAZAN, Reached, Span, counts, empty_database
from tests.proofs.case_hands import OPENER, OPENERS, many_hands, wrongly_answered

ANSWER = timedelta(hours=24)
ROUND = timedelta(minutes=30)


class CaseMachine(RuleBasedStateMachine):
    """One case, from its opening to whatever end."""

    def __init__(self, database_url: str, keyring: Keyring) -> None:
        super().__init__()
        self.clock = Clock()
        self.store = Store.open(database_url, keyring, clock=self.clock)
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
        """Whatever happened, it ends with every way to a violation, and the rules of the store hold."""
        if not self.closed:
            self.nothing_stands_in_the_way()
            self.is_silent_until_an_officer_decides(self.goes_on)
        with self.store.reading() as work:
            broken = {rule: found for rule, check in CHECKS.items() if (found := list(check(work)))}
        self.store.close()
        assert broken == {}

    @initialize(enrolled=st.sampled_from([True, True, False]), goes_on=st.integers(0, 2))
    def is_admitted(self, enrolled: bool, goes_on: int) -> None:
        self.goes_on = goes_on
        self.case_id = self.desk.admit(enrolled=False, days=9)
        with self.store.work() as work:
            case = self.held(work)
            set_home(work, case, read_wkb(HOUSE.wkb), weak=False, by=OPENER)
            self.token = add_device(work, case, "app", "Android 10", "tests")
            if enrolled:
                enrol(work, case, "tests")
        many_hands(self.desk, self.case_id)
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

    @rule(goes_on=st.integers(0, 3))
    def is_silent_until_an_officer_decides(self, goes_on: int) -> None:
        """The fair way, every unfair one tried first: too early, by night, by those who opened it, after the end."""
        self._waits_for(9, 21, 27)
        self.somebody_decides(DORA, "violation")
        self._waits_for(22, 24, 27)
        self.somebody_decides(DORA, "violation")
        self._waits_for(9, 21, 0.5)
        for by in OPENERS:
            self.somebody_decides(by, "violation")
        if not goes_on and not self.closed:
            self.is_closed(0)
        self.somebody_decides(DORA, "violation")

    @rule()
    def is_silent_once(self) -> None:
        """One fact, whose time is over, is not two."""
        missed = self._misses()
        for _ in range(108):
            self.time_goes_by(0.5)
            if self._misses() > missed:
                self.answers("passed")
        self._waits_for(9, 21, 0.5)
        self.somebody_decides(DORA, "violation")

    def nothing_stands_in_the_way(self) -> None:
        """Whatever waits is excused, and outages are over."""
        self.somebody_decides(DORA, "excused")
        if self.outage_id is not None:
            self.time_goes_by(0.5)
            self.an_outage_begins_or_ends()

    def _misses(self) -> int:
        return sum(row.state == "missed" for row in self.desk.rows(PresenceCheck))

    def _waits_for(self, first: int, last: int, hours: float) -> None:
        """So many hours, and on until it is so late in Kazan."""
        self.time_goes_by(hours)
        while not first <= (self.clock.now + KAZAN).hour < last:
            self.time_goes_by(0.5)

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

    @rule(by=st.sampled_from([DORA, *OPENERS]), decision=st.sampled_from(["violation"] * 2 + ["nothing", "excused"]))
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
            assert wrongly_answered(self.desk, self.case_id, alert.id, by) is None, "they had a hand in it"
        if self.desk.case(self.case_id).paused_at is None:
            for span in self.pauses:
                span[1] = span[1] or self.clock.now

    def _is_fair(self, alert: Row[Any], by: str) -> None:
        now, local = self.clock.now, self.clock.now + KAZAN
        assert by not in OPENERS, "who opened the case decided"
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
        return counts(fact, row, self.enrolled_at, (*self.outages, *self.pauses))

    def held(self, work: Any) -> WatchedCase:
        """The case, for this work alone."""
        return self.desk.held(work, self.case_id)


def test_no_way_leads_to_a_violation_but_the_fair_one(sqlite_template: Path, keyring: Keyring, tmp_path: Path) -> None:
    class OnItsOwn(CaseMachine):
        def __init__(self) -> None:
            super().__init__(empty_database(sqlite_template, tmp_path), keyring)

    Reached.violations = Reached.refused = 0  # of other tests
    quick = settings(deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
    run_state_machine_as_test(OnItsOwn, settings=settings(quick, max_examples=8, stateful_step_count=10))

    assert Reached.violations and Reached.refused, "the machine never got so far"
