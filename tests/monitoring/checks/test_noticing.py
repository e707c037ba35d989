"""A carrier that loses what it is given: noticed where more telephones are without their text than chance leaves so."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import update
from sqlmodel import col

from monitoring.checks.noticing import is_outage, tail, traffic_since, watch_carrier
from monitoring.outages import begin_outage, outage_now
from store.messages import OutboxMessage
from store.outbox import send
from store.patients import Outage
from store.phones import ensure_phone
from tests.monitoring.checks.ward import Ward


@pytest.mark.parametrize(("lost", "telephones"), [(4, 4), (5, 5), (5, 6), (6, 8), (7, 10), (9, 20), (30, 100)])
def test_more_lost_than_chance_leaves_is_an_outage(lost: int, telephones: int) -> None:
    assert is_outage(lost, telephones)
    assert tail(lost, telephones) <= Fraction(1, 10_000)


@pytest.mark.parametrize(
    ("lost", "telephones"), [(0, 0), (3, 3), (4, 5), (5, 8), (6, 10), (8, 20), (29, 100), (299, 1000)]
)
def test_what_chance_may_leave_or_what_is_no_third_is_none(lost: int, telephones: int) -> None:
    assert not is_outage(lost, telephones)


def test_where_the_share_alone_decides_no_chance_is_so_great() -> None:
    assert tail(30, 100) < 1e-7
    assert is_outage(30_000, 100_000)  # in no time


def text(ward: Ward, state: str, *people: int) -> None:
    """A text to each of these telephones, and what became of it."""
    with ward.store.work() as work:
        ids = [send(work, ensure_phone(work, f"+7999{one:07}"), "check_due", "ru", {}) for one in people]
        settled = {"state": state, "settled_at": work.now, "due_at": None}
        work.run(update(OutboxMessage).where(col(OutboxMessage.id).in_(ids)), **settled)


def text_many(ward: Ward, lost: int, fine: int) -> None:
    """So many telephones are texted, of which some get nothing."""
    text(ward, "undelivered", *range(lost))
    text(ward, "delivered", *range(lost, lost + fine))


def watch(ward: Ward) -> bool:
    """Whether an outage goes on, after the service looked."""
    with ward.store.work() as work:
        watch_carrier(work)
    ward.clock.pass_by(seconds=1)
    with ward.store.reading() as work:
        return outage_now(work) is not None


def test_a_carrier_that_loses_much_is_an_outage_until_it_does_not(ward: Ward) -> None:
    text_many(ward, lost=21, fine=40)
    ward.clock.pass_by(minutes=3)
    assert watch(ward)

    ward.clock.pass_by(minutes=10)
    text_many(ward, lost=5, fine=5)
    ward.clock.pass_by(minutes=3)
    assert watch(ward)

    ward.clock.pass_by(minutes=16)
    assert not watch(ward)
    (outage,) = ward.rows(Outage)
    assert timedelta(minutes=32) <= outage.ends_at - outage.starts_at < timedelta(minutes=33)


def test_texts_that_nobody_takes_are_an_outage_too(ward: Ward) -> None:
    with ward.store.work() as work:
        for one in range(4):
            send(work, ensure_phone(work, f"+7999{one:07}"), "check_due", "ru", {})
    assert not watch(ward)

    ward.clock.pass_by(minutes=5)

    assert watch(ward)


@pytest.mark.parametrize(("lost", "fine"), [(3, 0), (5, 3), (12, 90)])
def test_what_is_lost_every_day_is_no_outage(ward: Ward, lost: int, fine: int) -> None:
    text_many(ward, lost, fine)
    ward.clock.pass_by(minutes=3)

    assert not watch(ward)


def test_a_telephone_that_is_off_is_one_however_much_it_is_texted(ward: Ward) -> None:
    for _ in range(7):
        text_many(ward, lost=3, fine=1)
        ward.clock.pass_by(minutes=3)

    assert not watch(ward)


def test_a_telephone_that_got_its_last_text_is_not_lost(ward: Ward) -> None:
    text_many(ward, lost=5, fine=0)
    ward.clock.pass_by(minutes=3)
    text(ward, "delivered", 0, 1, 2)
    ward.clock.pass_by(minutes=3)

    assert not watch(ward)
    text(ward, "undelivered", 0, 1, 2)
    ward.clock.pass_by(minutes=3)
    assert watch(ward)


@pytest.mark.parametrize(("minutes", "noticed"), [(9, True), (15, True), (35, True), (45, False)])
def test_a_small_town_s_outage_is_seen_within_two_hours_and_begins_with_its_first_text(
    ward: Ward, minutes: int, noticed: bool
) -> None:
    began = ward.clock.now
    for one in range(4):
        text(ward, "undelivered", one)
        ward.clock.pass_by(minutes=minutes if one < 3 else 3)

    watch(ward)

    assert [row.starts_at for row in ward.rows(Outage)] == [began] * noticed


def test_what_arrived_before_hides_no_outage_of_the_last_half_hour(ward: Ward) -> None:
    text(ward, "delivered", *range(10, 30))
    ward.clock.pass_by(minutes=31)
    text_many(ward, lost=4, fine=0)
    ward.clock.pass_by(minutes=3)

    assert watch(ward)


def test_where_a_hundred_were_texted_lately_nobody_looks_further_back(ward: Ward) -> None:
    text(ward, "undelivered", *range(100, 160))
    ward.clock.pass_by(minutes=31)
    text_many(ward, lost=0, fine=100)
    ward.clock.pass_by(minutes=3)

    assert not watch(ward)


@pytest.mark.parametrize("kind", ["carrier", "ours", "power"])
def test_what_was_lost_in_an_outage_that_is_over_shows_no_other(ward: Ward, kind: str) -> None:
    text(ward, "undelivered", 0, 1, 2)
    ward.clock.pass_by(minutes=10)
    with ward.store.work() as work:
        begin_outage(work, kind, work.now - timedelta(minutes=20), "staff:dora", work.now)
    ward.clock.pass_by(minutes=10)
    text(ward, "undelivered", 3, 4, 5)
    ward.clock.pass_by(minutes=3)

    assert not watch(ward)
    text(ward, "undelivered", 6)
    ward.clock.pass_by(minutes=3)
    assert watch(ward)


def test_who_wants_no_texts_is_not_the_carriers_fault(ward: Ward) -> None:
    text_many(ward, lost=30, fine=0)
    with ward.store.work() as work:
        work.run(update(OutboxMessage), error_code=21610)
    ward.clock.pass_by(minutes=3)

    with ward.store.reading() as work:
        assert traffic_since(work, work.now - timedelta(hours=1)).lost == 0
