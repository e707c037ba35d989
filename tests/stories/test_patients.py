"""People at home, from the clinic to the closing: leaving is noticed and asked after, silence without power excused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from monitoring.cases.closing import close_case
from monitoring.cases.watched import cases_on
from monitoring.checks.excusing import excuse_misses
from monitoring.checks.ladder import go_on
from monitoring.outages import begin_outage
from store import Store
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.patients import Departure
from store.phones import ensure_phone
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.monitoring.patient import Patient, a_patient
from tests.stories.reading import has_code
from tests.stories.test_at_home import URL, ask, told_to_stay


@pytest.fixture
def at_home(phone: Handset, store: Store, clock: Clock) -> Patient:
    """Somebody enrolled whose app reports, on the first telephone."""
    return a_patient(store, clock, phone.number)


def checks(store: Store) -> list[tuple[str, str, str | None]]:
    """Origin, state and outcome of what was asked."""
    with store.reading() as work:
        rows = work.rows(select(table(PresenceCheck)).order_by(col(PresenceCheck.id)))
        return [(row.origin, row.state, row.outcome) for row in rows]


def passes(store: Store, clock: Clock, minutes: int) -> None:
    """Time goes by, and what is due is done."""
    for _ in range(minutes // 5):
        clock.pass_by(minutes=5)
        while go_on(store, URL):
            pass


def test_who_leaves_is_asked_at_once_and_what_is_not_answered_goes_to_a_person_with_both(
    at_home: Patient, phone: Handset, store: Store, clock: Clock, delivers: Callable[[], None]
) -> None:
    at_home.stays(0, 40)
    assert checks(store) == []

    at_home.stays(400, 24)
    go_on(store, URL)
    delivers()

    assert [origin for origin, _, _ in checks(store)] == ["challenge"]
    assert "/i/" in phone.inbox[-1]

    passes(store, clock, 90)
    delivers()
    with store.reading() as work:
        (left,), (alert,) = work.rows(select(table(Departure))), work.rows(select(table(Alert)))
    assert (alert.kind, alert.decision) == ("missed", None) and left.back_at is None


def test_at_home_for_a_week_nobody_is_alarmed(at_home: Patient, store: Store, clock: Clock) -> None:
    for _ in range(7 * 4):
        clock.pass_by(hours=6)
        at_home.is_at(clock.now.hour % 5)

    with store.reading() as work:
        assert not work.rows(select(table(Departure))) and not work.rows(select(table(Alert)))


def test_a_miss_without_power_is_excused(
    registered: Handset, store: Store, clock: Clock, delivers: Callable[[], None]
) -> None:
    told_to_stay(store, registered)
    ask(store, registered)
    delivers()
    passes(store, clock, 70)
    assert checks(store) == [("challenge", "missed", "no_answer")]

    with store.work() as work:
        begin_outage(work, "power", work.now - timedelta(hours=2), "staff:duty", work.now)
    clock.pass_by(minutes=1)
    excuse_misses(store)

    assert checks(store) == [("challenge", "excused", "outage")]


def test_once_the_case_is_closed_passes_are_given_again(registered: Handset, store: Store) -> None:
    told_to_stay(store, registered)
    assert not has_code(registered.text("цель 8"))

    with store.work() as work:
        (case,) = cases_on(work, ensure_phone(work, registered.number))
        close_case(work, case.person_id, "recovered", "staff:clinician", "recovered")

    assert has_code(registered.text("цель 8"))
