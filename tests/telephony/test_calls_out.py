"""Calls we owe: made once, never in doubt twice, not at night, and no agent is rung when it is too late."""

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from codes.desk.agents import RING, RING_FOR, go_available
from codes.desk.calling import CallBack, owe_call_back
from codes.regimes import activate, in_force, preset
from store import Store, Work
from store.messages import CALL_BACK, NOTICE, OutboxMessage
from store.outbox import owe_call, send
from store.phones import Telephone, ensure_phone
from store.staff import Agent, Staff
from telephony.delivery import LEASE, deliver, settle
from telephony.gateway import Ambiguous, Rejected
from tests.clock import Clock
from tests.telephony.remembering import RememberingGateway

NUMBER = "+79990000001"


def states(store: Store) -> list[tuple[str, str, int | None]]:
    with store.reading() as work:
        rows = work.rows(select(col(OutboxMessage.template), col(OutboxMessage.state), col(OutboxMessage.error_code)))
        return [tuple(row) for row in rows]


def phone_in(work: Work) -> Telephone:
    return ensure_phone(work, NUMBER)


@pytest.fixture(autouse=True)
def order(store: Store, clock: Clock) -> None:
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")


@pytest.fixture
def owed(store: Store, clock: Clock) -> str:
    """A call back that is due."""
    with store.work() as work:
        assert owe_call_back(work, phone_in(work), "ru", in_force(work).regime) is CallBack.PROMISED
    clock.pass_by(seconds=10)
    with store.reading() as work:
        return str(work.row(select(col(OutboxMessage.id))).id)


def test_a_call_back_leads_to_the_first_step_of_a_call(store: Store, owed: str) -> None:
    gateway = RememberingGateway()

    deliver(store, gateway, owed)
    deliver(store, gateway, owed)

    assert [(made.to, made.body) for made in gateway.created] == [(NUMBER, "/voice")]
    assert states(store) == [(CALL_BACK, "sent", None)]


def test_a_call_in_doubt_that_the_carrier_made_is_known_by_looking(store: Store, owed: str, clock: Clock) -> None:
    gateway = RememberingGateway(lost_answers=1)
    deliver(store, gateway, owed)

    clock.pass_by(seconds=LEASE.total_seconds())
    settle(store, gateway, owed)

    assert len(gateway.created) == 1 and states(store) == [(CALL_BACK, "sent", None)]


def test_a_call_in_doubt_that_nobody_finds_is_not_made_again(store: Store, owed: str, clock: Clock) -> None:
    gateway = RememberingGateway(outcomes=[Ambiguous()])
    deliver(store, gateway, owed)

    clock.pass_by(seconds=LEASE.total_seconds())
    settle(store, gateway, owed)

    assert gateway.asked == 1 and [state for _, state, _ in states(store)] == ["failed"]


def test_a_call_that_the_carrier_was_too_busy_for_is_made_later(store: Store, owed: str, clock: Clock) -> None:
    gateway = RememberingGateway(outcomes=[Rejected(20429)])
    deliver(store, gateway, owed)

    clock.pass_by(minutes=1)
    deliver(store, gateway, owed)

    assert len(gateway.created) == 1


def test_a_call_back_that_was_late_waits_for_the_morning(store: Store, owed: str, clock: Clock) -> None:
    clock.pass_by(hours=11)  # 23:00
    gateway = RememberingGateway()

    deliver(store, gateway, owed)
    assert gateway.asked == 0

    clock.pass_by(hours=9)
    deliver(store, gateway, owed)
    assert len(gateway.created) == 1


@pytest.mark.parametrize("kind", ["text", "call"])
def test_what_somebody_at_home_is_told_wakes_nobody_when_it_was_late(store: Store, clock: Clock, kind: str) -> None:
    with store.work() as work:
        told = send(work, phone_in(work), "pause_over", "ru", {"text": ""}, asked=True)
        rung = owe_call(work, phone_in(work), NOTICE, "ru", {}, work.now)
    clock.pass_by(hours=11)  # 23:00
    gateway, late = RememberingGateway(), told if kind == "text" else rung

    deliver(store, gateway, late)
    assert gateway.asked == 0

    clock.pass_by(hours=9)
    deliver(store, gateway, late)
    assert len(gateway.created) == 1


def test_an_answer_to_somebody_at_home_goes_at_night_too(store: Store, clock: Clock) -> None:
    clock.pass_by(hours=11)
    with store.work() as work:
        fields = {"received": work.now}
        answer = send(work, phone_in(work), "check_passed", "ru", fields, asked=True)
    gateway = RememberingGateway()

    deliver(store, gateway, answer)

    assert len(gateway.created) == 1


def test_who_called_for_help_is_answered_at_night_however_late(store: Store, clock: Clock) -> None:
    with store.work() as work:
        help_is = send(work, phone_in(work), "told_sos", "ru", {"number": "112"}, asked=True)
    clock.pass_by(hours=11)  # 23:00
    gateway = RememberingGateway()

    deliver(store, gateway, help_is)

    assert len(gateway.created) == 1


def ring(store: Store) -> str:
    with store.work() as work:
        given = {"name": "Agent", "roles": "agent", "created_at": work.now, "wrong_sign_ins": 0}
        work.insert(Staff, id="agent-1", **given)
        go_available(work, "agent-1", phone_in(work))
        ring_id = owe_call(work, phone_in(work), RING, "ru", {}, work.now)
        work.run(update(Agent), presence="ringing", ring_id=ring_id)
    return ring_id


def presence(store: Store) -> str:
    with store.reading() as work:
        return str(work.row(select(col(Agent.presence))).presence)


def test_an_agent_whom_the_carrier_will_not_ring_is_away(store: Store) -> None:
    ring_id = ring(store)

    deliver(store, RememberingGateway(outcomes=[Rejected(21211)]), ring_id)

    assert presence(store) == "away" and states(store) == [(RING, "failed", 21211)]


def test_an_agent_is_not_rung_when_it_is_too_late(store: Store, clock: Clock) -> None:
    ring_id, gateway = ring(store), RememberingGateway()
    clock.pass_by(seconds=RING_FOR.total_seconds() + 1)

    deliver(store, gateway, ring_id)

    assert gateway.asked == 0 and presence(store) == "away"
