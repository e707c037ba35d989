"""Numbers and people go by themselves when their time is over, and not before."""

from datetime import timedelta

from sqlalchemy import select

from codes.meeting import meet
from codes.rights.deleting import Why, delete_telephone
from codes.rights.forgetting import destroy_past, forget_numbers
from codes.rights.keeping import destroyed_on
from monitoring.cases.opening import Plan, open_case
from store.columns import table
from store.messages import OutboxMessage
from store.people import Phone
from store.phones import ensure_phone, find_phone
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.codes.rights.deleting import DOCUMENT, NAME, leaves, opened


def test_a_number_goes_a_day_after_its_telephone_was_deleted(counter: Counter, clock: Clock) -> None:
    assert leaves(counter) == []
    with counter.store.work() as work:
        work.run(table(OutboxMessage).update(), state="delivered", fields_sealed=None)
        assert (forget_numbers(work), find_phone(work, ANN) is not None) == (0, True)
    clock.pass_by(days=1, minutes=1)

    with counter.store.work() as work:
        assert forget_numbers(work) == 1

    with counter.store.reading() as work:
        assert find_phone(work, ANN) is None
    assert ANN not in opened(counter.store) and BOB in opened(counter.store)


def test_a_number_that_is_used_again_stays(counter: Counter, clock: Clock) -> None:
    leaves(counter)
    counter.introduce(ANN, name=NAME, document=DOCUMENT)
    clock.pass_by(days=2)

    with counter.store.work() as work:
        forget_numbers(work)

    with counter.store.reading() as work:
        assert find_phone(work, ANN)
        assert [row.leaving_at for row in work.rows(select(Phone))] == [None] * 2


def test_a_number_that_was_lent_to_somebody_at_home_stays(counter: Counter, clock: Clock) -> None:
    ann = counter.introduce(BOB)
    with counter.store.work() as work:
        lent = ensure_phone(work, "+79990000077")
        open_case(work, ann, "order", "tests", Plan(phone_id=lent.id))

    with counter.store.work() as work:
        found = delete_telephone(work, meet(work, "+79990000077"))

    assert [one.why for one in found] == [Why.OPEN_CASE]


def test_people_go_when_their_time_is_over_and_not_before(counter: Counter, clock: Clock) -> None:
    counter.grant(ANN, 8)
    clock.pass_by(days=1)
    counter.grant(BOB, 8)
    with counter.store.reading() as work:
        known = find_phone(work, ANN)
        assert known
        regime = counter.who(ANN).terms.regime
        end, other = (destroyed_on(work, regime, counter.who(one).holders[0].id) for one in (ANN, BOB))
    assert end and other and end < other
    clock.now = end - timedelta(seconds=1)
    with counter.store.work() as work:
        assert destroy_past(work) == 0

    clock.now = end + timedelta(seconds=1)
    with counter.store.work() as work:
        assert destroy_past(work) == 1

    found = opened(counter.store)
    assert NAME not in found and "Петров" in found
