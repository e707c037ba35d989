"""Texts we owe, on their way out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from store import Store
from store.messages import OutboxMessage
from store.people import Phone
from telephony.delivery import GIVE_UP, GRACE, LEASE, LOOK_AFTER, deliver, settle, sweep
from telephony.gateway import Ambiguous, Rejected, Sent
from tests.clock import Clock
from tests.telephony.conftest import NUMBER, Look, Owe
from tests.telephony.remembering import Created, RememberingGateway


class Died(BaseException):
    """The process was killed here."""


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


@pytest.mark.parametrize("code", [21211, 21614, 21610, 21408, 21612, 21617, 400])
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


def test_a_doubt_is_looked_up_among_the_carriers_messages(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()
    gateway.lost_answers = 1
    deliver(store, gateway, message_id)
    settle(store, gateway, message_id)
    assert look(message_id).state == "sending"

    clock.now += LOOK_AFTER
    settle(store, gateway, message_id)

    assert (look(message_id).state, look(message_id).provider_sid) == ("sent", gateway.created[0].sid)
    assert gateway.asked == 1


def test_what_the_carrier_never_had_is_sent_once_more_with_the_same_words(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()
    gateway.outcomes = [Ambiguous()]
    deliver(store, gateway, message_id)
    clock.now += LOOK_AFTER
    settle(store, gateway, message_id)

    assert (look(message_id).state, look(message_id).attempts, look(message_id).resent) == ("sent", 2, True)
    assert gateway.asked == 2 and len(gateway.created) == 1


def test_a_second_doubt_that_finds_nothing_fails_for_all_to_see(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()
    gateway.outcomes = [Ambiguous()] * 9
    deliver(store, gateway, message_id)
    for _ in range(5):
        clock.now += LEASE
        settle(store, gateway, message_id)

    assert (look(message_id).state, look(message_id).error_code, gateway.asked) == ("failed", 30008, 2)


def test_a_carrier_that_cannot_be_asked_is_asked_for_a_day(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()
    gateway.outcomes, gateway.listing = [Ambiguous()], False
    deliver(store, gateway, message_id)
    began, looks = clock.now, 0
    while look(message_id).state == "sending":
        clock.now = look(message_id).due_at
        settle(store, gateway, message_id)
        looks += 1

    assert look(message_id).state == "failed" and GIVE_UP < clock.now - began < 2 * GIVE_UP
    assert gateway.asked == 1 and 20 < looks < 100


def test_a_look_up_leaves_another_rows_message_alone(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    """Two rows may owe one number the same words: each is its own message."""
    first, second = owe(), owe()
    deliver(store, gateway, first)
    gateway.outcomes = [Ambiguous()]
    deliver(store, gateway, second)
    gateway.created = [replace(made, body=made.body.replace("A-1", "A-2")) for made in gateway.created]
    clock.now += LOOK_AFTER
    settle(store, gateway, second)

    assert [made.message_id for made in gateway.created] == [first, second]
    assert look(second).provider_sid == gateway.created[1].sid


@pytest.mark.parametrize("created", [True, False])
def test_a_process_that_died_in_the_call_leaves_a_row_that_is_settled_after_its_lease(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock, created: bool
) -> None:
    def die(_: Created) -> None:
        if not created:
            gateway.created.clear()
        raise Died

    message_id, gateway.in_between = owe(), die
    with pytest.raises(Died):
        deliver(store, gateway, message_id)
    gateway.in_between = lambda _: None
    sweep(store, gateway)
    deliver(store, gateway, message_id)
    assert look(message_id).state == "sending"

    clock.now += LEASE + GRACE
    sweep(store, gateway)

    assert look(message_id).state == "sent" and len(gateway.created) == 1
    assert gateway.asked == (1 if created else 2)


def test_whoever_comes_back_after_its_lease_changes_nothing_but_a_yes_counts(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()
    second = RememberingGateway()

    def overtaken(_: Created) -> None:
        gateway.created.clear()
        clock.now += LEASE
        settle(store, second, message_id)

    gateway.in_between = overtaken
    gateway.lost_answers = 1
    deliver(store, gateway, message_id)

    row = look(message_id)
    assert (row.state, row.attempts, row.provider_sid) == ("sent", 2, second.created[0].sid)


def test_a_yes_that_comes_late_saves_a_second_try(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()

    def overtaken(made: Created) -> None:
        clock.now += LEASE
        settle(store, RememberingGateway(outcomes=[Rejected(20429)]), message_id)
        assert look(message_id).state == "created"

    gateway.in_between = overtaken
    deliver(store, gateway, message_id)
    clock.now += timedelta(hours=1)
    sweep(store, gateway)

    assert (look(message_id).state, gateway.asked) == ("sent", 1)


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
