"""Texts we owe, on their way out."""

from typing import Any

import pytest
from sqlalchemy import update

from store import Store
from store.messages import OutboxMessage
from store.people import Phone
from telephony.delivery import GRACE, deliver, settle, sweep
from telephony.gateway import Rejected, Sent
from tests.clock import Clock
from tests.telephony.conftest import NUMBER, Look, Owe
from tests.telephony.remembering import Created, RememberingGateway


def test_a_text_is_sent_once_however_often_it_is_rung_for(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look
) -> None:
    message_id = owe()
    for _ in range(3):
        deliver(store, gateway, message_id)

    row = look(message_id)
    assert [(one.message_id, one.to) for one in gateway.created] == [(message_id, NUMBER)]
    assert (row.state, row.provider_sid, row.attempts, row.due_at) == ("sent", gateway.created[0].sid, 1, None)
    assert (row.segments, row.sent_at) == (1, store.clock())
    assert "A-1" in gateway.bodies[0] and "нет" in gateway.bodies[0]


def test_nothing_happens_for_a_text_nobody_owes(store: Store, gateway: RememberingGateway, owe: Owe) -> None:
    deliver(store, gateway, "0" * 24)
    settle(store, gateway, owe())

    assert gateway.asked == 0


def test_a_busy_carrier_is_asked_again_after_growing_waits_and_then_no_more(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()
    gateway.outcomes = [Rejected(20429)] * 99
    waits = []
    while look(message_id).state == "created":
        deliver(store, gateway, message_id)
        row, before = look(message_id), clock.now
        deliver(store, gateway, message_id)
        clock.now = row.due_at or before
        waits.append(clock.now - before)

    row = look(message_id)
    assert waits[:-1] == sorted(waits[:-1]) and len(set(waits[:-1])) == len(waits) - 1 == 7
    assert (row.state, row.error_code, row.attempts, gateway.asked) == ("failed", 20429, 8, 8)
    assert row.fields_sealed is not None and row.settled_at == clock.now


def test_a_text_that_was_refused_for_now_is_sent_later(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()
    gateway.outcomes = [Rejected(20429)]
    deliver(store, gateway, message_id)
    assert (look(message_id).state, look(message_id).error_code) == ("created", 20429)

    clock.pass_by(minutes=1)
    sweep(store, gateway)

    row = look(message_id)
    assert (row.state, row.error_code, len(gateway.created)) == ("sent", None, 1)


@pytest.mark.parametrize("code", [21211, 21614, 21610, 21408, 21612, 21617])
def test_a_refusal_for_good_is_kept_for_people_to_act_on(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, code: int
) -> None:
    message_id = owe()
    gateway.outcomes = [Rejected(code)]
    deliver(store, gateway, message_id)

    row = look(message_id)
    assert (row.state, row.error_code, row.due_at, row.settled_at) == ("failed", code, None, store.clock())
    assert row.fields_sealed is not None


def test_a_telephone_that_wants_no_notices_gets_none(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look
) -> None:
    message_id = owe()
    with store.work() as work:
        work.run(update(Phone), stopped_at=work.now)
    deliver(store, gateway, message_id)

    assert (look(message_id).state, look(message_id).error_code, gateway.asked) == ("failed", 21610, 0)


@pytest.mark.parametrize("values", [{"template": "no_such_sentence"}, {"fields_sealed": b"tampered with" * 3}])
def test_a_text_that_cannot_be_worded_fails_at_once(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, values: dict[str, Any]
) -> None:
    message_id = owe()
    with store.work() as work:
        work.run(update(OutboxMessage), **values)
    deliver(store, gateway, message_id)

    assert (look(message_id).state, look(message_id).error_code, gateway.asked) == ("failed", 30008, 0)


def test_the_sweep_leaves_the_doorbell_two_seconds(
    store: Store, gateway: RememberingGateway, owe: Owe, clock: Clock
) -> None:
    for _ in range(5):
        owe()
    assert sweep(store, gateway) == 0

    clock.now += GRACE

    assert (sweep(store, gateway), sweep(store, gateway)) == (5, 0)
    assert len({one.message_id for one in gateway.created}) == 5


def test_a_row_that_breaks_the_sweep_stays_and_holds_up_nobody(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    poor, fine = owe(), owe()
    gateway.outcomes = [Sent("SM" + "1" * 32)]

    def broken(made: Created) -> None:
        if made.message_id == poor:
            raise RuntimeError("nobody knows why")

    gateway.in_between = broken
    clock.now += GRACE
    sweep(store, gateway)

    assert (look(poor).state, look(fine).state) == ("sending", "sent")
