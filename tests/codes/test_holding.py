"""What somebody may do with a pass they hold: extend it, give it back; and who withdraws it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from codes.blocking import block_person, block_phone
from codes.holding import Withdrawal, newest
from codes.outcomes import Grant, Refusal, RefusalReason, VerdictKind
from codes.regimes import in_force, preset
from codes.revoking import revoke_passes
from monitoring.cases.closing import stop_case
from monitoring.cases.opening import NotPossible, open_case
from monitoring.cases.watched import cases_of
from monitoring.patients.leaving import end_case
from store.case_details import open_details
from store.cases import Case
from store.columns import table
from tests.codes.counter import ANN, BOB, Counter
from tests.proofs.races import unsound


def test_a_pass_is_extended_once_by_its_own_length(counter: Counter) -> None:
    first = counter.grant(ANN, 8)

    longer, again = counter.extend(ANN), counter.extend(ANN)

    assert isinstance(longer, Grant) and longer.extended and longer.code == first.code
    assert longer.valid_until == first.valid_until + timedelta(hours=1)
    assert isinstance(again, Refusal) and again.reason is RefusalReason.NOT_EXTENDABLE


def test_extending_keeps_to_the_order_the_pass_was_issued_under(counter: Counter) -> None:
    counter.grant(ANN, 8)
    counter.put_in_force(preset("tatarstan-2020").replace("extension = { times = 1 }", "extension = { times = 0 }"))

    assert isinstance(counter.extend(ANN), Grant)
    counter.grant(BOB, 8)
    assert isinstance(counter.extend(BOB), Refusal)


def test_a_blocked_telephone_and_a_blocked_person_are_extended_nothing(counter: Counter) -> None:
    for phone in (ANN, BOB):
        counter.grant(phone, 8)
    ann, bob = counter.who(ANN).phone.id, counter.who(BOB).holders[0].id
    with counter.store.work() as work:
        block_phone(work, ann, "sells passes", "tests")
        block_person(work, bob, "sells passes", "tests")

    answers = [counter.extend(phone) for phone in (ANN, BOB)]

    assert [isinstance(one, Refusal) and one.reason for one in answers] == [RefusalReason.BLOCKED] * 2


@pytest.mark.parametrize(("minutes", "back"), [(0, True), (10, True), (10.02, False)])
def test_the_quota_comes_back_within_ten_minutes(counter: Counter, minutes: float, back: bool) -> None:
    counter.grant(ANN, 8)
    counter.clock.pass_by(minutes=minutes)

    assert counter.cancel(ANN) is back
    assert unsound(counter.store) == []


def test_the_quota_comes_back_twice_a_day_not_me_included_and_again_tomorrow(counter: Counter) -> None:
    def again(why: Withdrawal) -> bool:
        counter.grant(ANN, 8)
        return counter.cancel(ANN, why)

    today = [again(why) for why in (Withdrawal.CANCELLED, Withdrawal.NOT_ME, Withdrawal.CANCELLED)]
    counter.clock.pass_by(days=1)

    assert (today, again(Withdrawal.CANCELLED)) == ([True, True, False], True)
    assert unsound(counter.store) == []


def test_the_quota_of_children_who_share_a_telephone_comes_back_twice_a_day(counter: Counter) -> None:
    phone = "+79990000005"
    for name in ("Маша", "Паша", "Даша"):
        counter.introduce(phone, name=name)
    backs = []

    for place in range(3):
        counter.grant(phone, 8, place=place)
        backs.append(counter.cancel(phone, place=place))

    assert backs == [True, True, False]
    assert unsound(counter.store) == []


def test_the_quota_of_a_document_on_two_telephones_comes_back_twice_a_day(counter: Counter) -> None:
    other = "+79990000003"
    counter.introduce(other, document="9219632506")
    backs = []

    for phone in (ANN, other, ANN):
        counter.grant(phone, 8)
        backs.append(counter.cancel(phone))

    assert backs == [True, True, False]


def test_a_pass_an_officer_has_seen_counts(on_shift: Counter) -> None:
    on_shift.look(on_shift.grant(ANN, 8).code)

    assert not on_shift.cancel(ANN)


def test_a_pass_given_back_is_no_longer_good(on_shift: Counter) -> None:
    code = on_shift.grant(ANN, 8).code
    on_shift.cancel(ANN)

    assert on_shift.who(ANN).holders[0].live == ()
    assert on_shift.look(code).verdicts[0].kind is VerdictKind.REVOKED


def test_the_pass_that_is_meant_is_the_one_in_use_else_the_next(counter: Counter) -> None:
    first, second = counter.grant(ANN, 6), counter.grant(ANN, 8)
    live = counter.who(ANN).holders[0].live

    found, later = newest(live, counter.clock.now), newest(live, counter.clock.now - timedelta(hours=1))

    assert found and later and found.id == later.id and found.id in (first.pass_id, second.pass_id)
    assert newest((), counter.clock.now) is None


def test_every_live_pass_is_revoked_and_each_telephone_told_once(counter: Counter) -> None:
    for purpose in (8, 3):
        counter.grant(ANN, purpose)
    person = counter.who(ANN).holders[0].id
    with counter.store.work() as work:
        number = revoke_passes(work, person, "isolation", "tests", "revoked_case")

    assert number == 2 and counter.who(ANN).holders[0].live == ()
    assert [(phone, template) for phone, template, _ in counter.owed()] == [(ANN, "revoked_case")]


def test_a_pass_that_is_over_is_not_revoked(counter: Counter) -> None:
    counter.grant(ANN, 8)
    counter.clock.pass_by(hours=1)
    person = counter.who(ANN).holders[0].id
    with counter.store.work() as work:
        assert revoke_passes(work, person, "late", "tests", "revoked_case") == 0

    assert counter.owed() == []


def test_a_case_revokes_tells_and_refuses_until_it_is_closed(counter: Counter) -> None:
    counter.grant(ANN, 8)
    person = counter.who(ANN).holders[0].id
    with counter.store.work() as work:
        opened = open_case(work, person, "contact", "clinician")
    refused = counter.ask(ANN, 3)
    with counter.store.work() as work:
        (case,) = cases_of(work, [person])
        stop_case(work, case, "recovered", "well again", "clinician")

    assert opened.revoked == 1 and [template for _, template, _ in counter.owed()] == ["revoked_case"]
    assert isinstance(refused, Refusal) and refused.reason is RefusalReason.ISOLATION
    assert case.id == opened.case_id and isinstance(counter.ask(ANN, 3), Grant)
    assert unsound(counter.store) == []


def test_a_case_means_whoever_named_the_same_document(counter: Counter) -> None:
    third = "+79990000003"
    counter.introduce(third, document="9219632506")
    counter.grant(third, 8)
    person = counter.who(ANN).holders[0].id
    with counter.store.work() as work:
        opened = open_case(work, person, "contact", "clinician")

    answer = counter.ask(third, 3)

    assert opened.revoked == 1 and isinstance(answer, Refusal) and answer.reason is RefusalReason.ISOLATION
    assert isinstance(counter.ask(BOB, 8), Grant) and unsound(counter.store) == []


def test_a_case_is_opened_once_and_closed_once(counter: Counter) -> None:
    person = counter.who(ANN).holders[0].id
    with counter.store.work() as work:
        open_case(work, person, "contact", "clinician")
        with pytest.raises(NotPossible, match="open case already"):
            open_case(work, person, "contact", "clinician")
        (case,) = cases_of(work, [person])
        ended = [end_case(work, in_force(work).regime, case, "recovered", "well again", "clinician") for _ in range(2)]
        (row,) = work.rows(select(table(Case)))
        _, details = open_details(work.keys, row)

    assert ended == [True, False]
    assert (details.reason, details.closed_reason, row.closed_at) == ("contact", "well again", counter.clock.now)
    assert row.reason is None and b"well again" not in row.details_sealed
