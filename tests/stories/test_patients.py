"""People at home on both databases: who leaves is asked, who stays is left in peace. In browsers: `stories/home`."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlmodel import col

from monitoring.checks.ladder import go_on
from store import Store
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.patients import Departure
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.monitoring.patient import Patient, a_patient
from tests.stories.test_at_home import URL


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
