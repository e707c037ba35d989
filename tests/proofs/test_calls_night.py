"""Calls back around the night and after doubts: nobody is rung from 22 to 8, and nobody twice for one thing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from codes.desk.agents import go_available
from codes.desk.calling import CallBack, owe_call_back
from codes.invariants import broken
from codes.regimes import in_force as order_in_force
from store import Store
from store.columns import table
from store.messages import OutboxMessage
from store.phones import ensure_phone
from store.staff import Staff
from telephony.delivery import GRACE, LEASE, sweep
from telephony.gateway import Outcome, Rejected
from telephony.retrying import UNREACHED
from tests.clock import Clock
from tests.telephony.remembering import RememberingGateway

CALLER = "+79990000001"
EVENING = datetime(2026, 6, 3, 18, 59, 30, tzinfo=UTC)
"""Half a minute before ten in Kazan."""


@pytest.fixture
def gateway() -> RememberingGateway:
    return RememberingGateway()


def owe(store: Store, number: str = CALLER, *, for_agent: bool = False) -> CallBack:
    with store.work() as work:
        regime = order_in_force(work).regime
        return owe_call_back(work, ensure_phone(work, number), "ru", regime, for_agent=for_agent)


def states(store: Store) -> list[str]:
    outbox = table(OutboxMessage)
    with store.reading() as work:
        return [row.state for row in work.rows(select(outbox.c.state).order_by(outbox.c.id))]


def local_hours(store: Store, gateway: RememberingGateway, clock: Clock, until: timedelta) -> list[float]:
    """When telephones rang until then, in hours of the day in Kazan."""
    rang: list[float] = []
    gateway.in_between = lambda _: rang.append((clock.now + timedelta(hours=3)).hour)
    end = clock.now + until
    while clock.now < end:
        sweep(store, gateway)
        clock.pass_by(minutes=5)
    return rang


def test_a_call_in_doubt_at_ten_in_the_evening_is_not_made_again_in_the_morning(
    in_force: Store, gateway: RememberingGateway, clock: Clock
) -> None:
    clock.now = EVENING
    owe(in_force)
    clock.pass_by(seconds=8)
    gateway.lost_answers = 1
    sweep(in_force, gateway)
    assert states(in_force) == ["sending"] and len(gateway.created) == 1

    for _ in range(200):
        clock.pass_by(minutes=5)
        sweep(in_force, gateway)

    assert len(gateway.created) == 1 and states(in_force) == ["sent"]


@pytest.mark.parametrize("refused", [Rejected(UNREACHED), Rejected(20003), Rejected(20429)], ids=lambda one: one.code)
def test_a_call_that_the_carrier_refused_in_the_evening_is_not_tried_again_at_night(
    in_force: Store, gateway: RememberingGateway, clock: Clock, refused: Outcome
) -> None:
    clock.now = EVENING - timedelta(minutes=10)
    owe(in_force)
    clock.pass_by(seconds=8)
    gateway.outcomes = [refused] * 3

    rang = local_hours(in_force, gateway, clock, timedelta(hours=16))

    assert all(8 <= hour < 22 for hour in rang) and len(rang) == 1
    assert states(in_force) == ["sent"]


def test_what_an_agent_frees_at_night_waits_for_the_morning(
    in_force: Store, gateway: RememberingGateway, clock: Clock
) -> None:
    clock.now = EVENING + timedelta(hours=2)
    owe(in_force, for_agent=True)
    with in_force.work() as work:
        work.insert(Staff, id="a", name="A", roles="agent", created_at=work.now, wrong_sign_ins=0)
        go_available(work, "a", ensure_phone(work, "+79990000007"))

    rang = local_hours(in_force, gateway, clock, timedelta(hours=12))

    assert rang == [8]


def test_a_call_that_waits_for_an_agent_is_no_fault_of_the_store(in_force: Store) -> None:
    owe(in_force, for_agent=True)

    with in_force.reading() as work:
        assert broken(work) == []


@pytest.mark.parametrize(
    "number",
    ["+78091234567", "+78030000000", "+37322000001", "+77011234567", "+12425551234"],
    ids=["premium", "shared cost", "Moldova", "Kazakhstan", "Bahamas"],
)
def test_numbers_that_earn_by_being_rung_are_not_rung(in_force: Store, number: str) -> None:
    assert owe(in_force, number) is CallBack.ABROAD and states(in_force) == []


@pytest.mark.parametrize("number", ["+79991234567", "+78432000000", "+74951234567"])
def test_mobiles_and_landlines_of_the_country_are_rung(in_force: Store, number: str) -> None:
    assert owe(in_force, number) is CallBack.PROMISED


def test_a_worker_that_died_over_a_call_rings_nobody_twice(
    in_force: Store, gateway: RememberingGateway, clock: Clock
) -> None:
    class Died(BaseException):
        pass

    def die(_: object) -> None:
        raise Died

    owe(in_force)
    clock.pass_by(seconds=8)
    gateway.in_between = die
    sweep(in_force, gateway)
    assert states(in_force) == ["sending"]
    gateway.in_between = lambda _: None
    for _ in range(5):
        clock.now += LEASE + GRACE
        sweep(in_force, gateway)

    assert len(gateway.created) == 1 and states(in_force) == ["sent"]
