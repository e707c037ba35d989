"""Texts of which nobody knows whether the carrier has them: looked up, sent once more at most, or visibly failed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store import Store
from telephony.delivery import GIVE_UP, GRACE, LEASE, LOOK_AFTER, deliver, settle, sweep
from telephony.gateway import Ambiguous, Rejected
from tests.clock import Clock
from tests.telephony.conftest import Look, Owe
from tests.telephony.remembering import Created, RememberingGateway


class Died(BaseException):
    """The process was killed here."""


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
