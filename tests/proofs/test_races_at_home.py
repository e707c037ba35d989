"""Several people at one patient at one moment: one decision, one outcome, one departure, and no photo twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from monitoring.answers.handing_in import HandedIn, Position, hand_in
from monitoring.cases.closing import stop_case
from monitoring.cases.watched import held_case
from monitoring.checks.ladder import go_on
from monitoring.departures.knowing import glanced_device, reporting_device
from monitoring.departures.taking import Taken, take_fixes, take_report
from monitoring.duty.deciding import Decided, Decision, Given, decide
from monitoring.invariants import broken
from monitoring.photos.keeping import keep_step
from store import Keyring, Store
from store.audit import AuditEntry
from store.blobs import FolderBlobs
from store.checks import Photo, PresenceCheck
from store.columns import table
from store.engine import WriterBusy
from store.last_fixes import MemoryLastFixes
from store.patients import Departure, FenceState
from store.tokens import token_hash
from tests.clock import Clock
from tests.monitoring.checks.ward import PUBLIC_URL
from tests.monitoring.duty.desk import Desk
from tests.monitoring.patient import a_patient
from tests.monitoring.photos.patient import photo
from tests.proofs.posting import at_once

Result = TypeVar("Result")
CROWD = 12
_TOO_LONG = "57014"
"""PostgreSQL's state: a statement waited for longer than it may."""


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    found = Desk(store, clock)
    found.put_in_force(days_ago=1)
    return found


@pytest.fixture
def counters(database_url: str, keyring: Keyring, clock: Clock) -> Iterator[Callable[..., Store]]:
    """``counters(clock)``: a process of its own, as far as the database can tell."""
    opened: list[Store] = []

    def another(its: Callable[[], datetime] = clock) -> Store:
        opened.append(Store.open(database_url, keyring, clock=its, pool_size=4, random=Random(len(opened))))
        return opened[-1]

    yield another
    for one in opened:
        one.close()


def again(act: Callable[[], Result]) -> Result:
    """Who finds the database busy tries again, as the service asks them to."""
    for _ in range(100):
        try:
            return act()
        except WriterBusy:
            continue
        except DBAPIError as error:
            if not isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) != _TOO_LONG:
                raise
    raise AssertionError("busy for good")


def sound(store: Store) -> list[str]:
    with store.reading() as work:
        return broken(work)


def test_of_many_officers_who_decide_at_once_one_does(desk: Desk, counters: Callable[..., Store]) -> None:
    alert_id = desk.ripe()
    stores = [counters() for _ in range(CROWD)]
    wished = [Decision.VIOLATION, Decision.NOTHING, Decision.WARN, Decision.VISIT]

    def one(index: int) -> bool:
        def act() -> bool:
            with stores[index].work() as work:
                given = Given(wished[index % 4], "seen")
                return isinstance(decide(work, alert_id, given, f"staff:{index}"), Decided)

        return again(act)

    assert Counter(at_once(CROWD, one)) == {True: 1, False: CROWD - 1}
    decided = [row for row in desk.rows(AuditEntry) if row.action == "alert.decided"]
    assert len(decided) == 1 and desk.alert(alert_id).decided_by == decided[0].actor
    assert sum(name.startswith("alert_") for name in desk.templates()) == 1 and sound(desk.store) == []


def test_an_answer_at_the_last_moment_counts_or_is_missed_and_never_both(
    desk: Desk, clock: Clock, counters: Callable[..., Store]
) -> None:
    asked = [desk.asked(f"+79990000{number:03}") for number in range(CROWD)]
    ends = desk.check(asked[0]).window_ends_at
    in_time, late = counters(lambda: ends - timedelta(seconds=1)), counters(lambda: ends)
    clock.now = ends

    def one(index: int) -> object:
        if index >= CROWD:
            return again(lambda: go_on(late, PUBLIC_URL))

        def act() -> HandedIn:
            with in_time.work() as work:
                return hand_in(work, asked[index], Position("inside"), "phone:1")

        return again(act)

    outcomes = at_once(CROWD + 3, one)

    while go_on(desk.store, PUBLIC_URL):
        pass
    for check_id, outcome in zip(asked, outcomes, strict=False):
        row = desk.check(check_id)
        taken = outcome is HandedIn.TAKEN
        assert (row.state, row.alert_id is None) == (("answered", True) if taken else ("missed", False))
    assert sound(desk.store) == []


def test_a_case_that_is_closed_while_it_is_asked_is_asked_nothing_more(
    desk: Desk, counters: Callable[..., Store]
) -> None:
    cases = [desk.admit(f"+79990000{number:03}") for number in range(CROWD)]
    for case_id in cases:
        desk.challenge(case_id)
    clinic, workers = counters(), [counters(), counters()]

    def one(index: int) -> None:
        def close() -> None:
            with clinic.work() as work:
                case = held_case(work, cases[index])
                assert case is not None
                stop_case(work, case, "recovered", "well", "staff:clinician")

        if index < CROWD:
            again(close)
        else:
            again(lambda: go_on(workers[index - CROWD], PUBLIC_URL))

    at_once(CROWD + 2, one)
    while go_on(desk.store, PUBLIC_URL):
        pass

    assert {(row.state, row.outcome) for row in desk.rows(PresenceCheck)} == {("excused", "case_closed")}
    assert len(desk.templates()) <= CROWD and desk.alerts() == [] and sound(desk.store) == []


def test_two_tabs_that_send_photos_keep_one_of_each_step(
    desk: Desk, counters: Callable[..., Store], tmp_path: Path
) -> None:
    check_id = desk.asked()
    with desk.store.work() as work:
        given = table(PresenceCheck).update().where(table(PresenceCheck).c.id == check_id)
        work.run(given, challenge='["centre", "left", "right"]')
    tabs, blobs = [counters() for _ in range(4)], FolderBlobs(tmp_path / "blobs")

    def one(index: int) -> object:
        step, tab = index % 3, index % 4
        content = photo(step if tab % 2 else 10 + step)  # two tabs each send the same
        return again(lambda: keep_step(tabs[tab], blobs, check_id, step, content, "phone:1"))

    at_once(CROWD, one)

    kept = Counter(row.step for row in desk.rows(Photo) if row.state == "waiting")
    assert kept == {0: 1, 1: 1, 2: 1}
    assert all(row.data_key is None for row in desk.rows(Photo) if row.state == "destroyed")


def test_a_report_that_comes_a_hundred_times_at_once_is_one_departure(
    store: Store, clock: Clock, counters: Callable[..., Store]
) -> None:
    patient = a_patient(store, clock)
    patient.stays(0, 20)
    clock.pass_by(minutes=14)
    batch = [patient.fix(500 + n, 720 - 240 * n) for n in range(4)]
    stores, last_fixes = [counters() for _ in range(CROWD)], MemoryLastFixes()

    def one(index: int) -> Taken:
        def act() -> Taken:
            with stores[index % CROWD].work() as work:
                device = reporting_device(work, token_hash(patient.token))
                assert device is not None
                return take_fixes(work, device.case, device.device_id, batch, last_fixes, grounds=device.grounds)

        return again(act)

    told = Counter(taken.counted for taken in at_once(100, one))

    assert told == {4: 1, 0: 99}
    assert len(patient.rows(Departure)) == len(patient.rows(PresenceCheck)) == 1 and sound(store) == []


@pytest.mark.parametrize("known", [True, False])
def test_what_an_app_reports_many_times_at_once_counts_once(
    store: Store, clock: Clock, counters: Callable[..., Store], known: bool
) -> None:
    patient = a_patient(store, clock)
    if known:
        patient.stays(0, 20)
    clock.pass_by(minutes=14)
    stores, fixes = [counters() for _ in range(CROWD)], [patient.fix(3)]

    def one(index: int) -> Taken | None:
        def act() -> Taken | None:
            device = glanced_device(stores[index % CROWD], token_hash(patient.token))
            assert device is not None
            return take_report(stores[index % CROWD], device, fixes, MemoryLastFixes())

        return again(act)

    told = Counter(taken and taken.counted for taken in at_once(60, one))

    assert told == {1: 1, 0: 59} and len(patient.rows(FenceState)) == 1
