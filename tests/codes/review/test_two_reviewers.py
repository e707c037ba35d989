"""Who may decide: not who asked, not who proposed, nobody but who took it; and at one moment only one of them."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from codes.desk.agents import go_available
from codes.outcomes import Grant, Referral, Refusal, RefusalReason
from codes.regimes import preset
from codes.review.barring import Barred
from codes.review.reviewing import (
    Came,
    NotWaiting,
    ask_for_paper,
    confirm_proposal,
    grant_application,
    refuse_application,
    send_back,
)
from codes.review.taking import APPLICATION, UNUSED, give_back, take, taken, use
from monitoring.cases.opening import open_case
from store import Store, Work
from store.passes import Application
from store.phones import ensure_phone
from store.reviews import ApplicationReview
from store.staff import Staff
from tests.codes.counter import ANN, Counter
from tests.proofs.races import unsound

ONE, TWO = "staff:one", "staff:two"
HOME = 4
"""A purpose that two decide about."""


@pytest.fixture
def order() -> str:
    return preset("india-epass")


@pytest.fixture
def number(counter: Counter) -> str:
    answer = counter.ask(ANN, HOME, destination="Kochi")
    assert isinstance(answer, Referral)
    return answer.application


def did(counter: Counter, act: Callable[..., Any], *given: Any) -> Any:
    with counter.store.work() as work:
        return act(work, *given)


def application_id(counter: Counter) -> str:
    with counter.store.reading() as work:
        return str(work.row(select(col(Application.id))).id)


def test_one_proposes_and_another_confirms(counter: Counter, number: str) -> None:
    came = did(counter, grant_application, number, ONE), did(counter, confirm_proposal, number, TWO)

    assert came[0] is Came.PROPOSED and isinstance(came[1], Grant)
    assert [template for _, template, _ in counter.owed()] == ["application_granted"]
    assert unsound(counter.store) == []


def test_who_proposed_can_neither_confirm_nor_send_back_nor_decide_anew(counter: Counter, number: str) -> None:
    did(counter, refuse_application, number, "no", ONE)

    acts: tuple[tuple[Any, ...], ...] = (
        (confirm_proposal, number, ONE),
        (send_back, number, "x", ONE),
        (grant_application, number, ONE),
        (grant_application, number, TWO),
    )
    assert [did(counter, *one) for one in acts] == [Barred.TWICE, Barred.TWICE, Barred.PROPOSED, Barred.PROPOSED]


def test_the_database_refuses_the_same_person_twice(counter: Counter, number: str) -> None:
    did(counter, grant_application, number, ONE)

    with pytest.raises(IntegrityError), counter.store.work() as work:
        work.run(update(ApplicationReview).values(confirmed_by=ONE))


def test_that_one_alone_decided_is_found(counter: Counter, number: str) -> None:
    did(counter, grant_application, number, ONE)
    did(counter, confirm_proposal, number, TWO)
    with counter.store.work() as work:
        work.run(update(ApplicationReview).values(confirmed_by=None))

    assert unsound(counter.store) == [f"one alone decided what two decide: {application_id(counter)}"]


def test_what_is_sent_back_may_be_proposed_again(counter: Counter, number: str) -> None:
    did(counter, refuse_application, number, "no address", ONE)
    did(counter, send_back, number, "there is one", TWO)

    came = did(counter, grant_application, number, ONE), did(counter, confirm_proposal, number, TWO)

    assert came[0] is Came.PROPOSED and isinstance(came[1], Grant)


def test_nothing_is_confirmed_that_nobody_proposed(counter: Counter, number: str) -> None:
    assert did(counter, confirm_proposal, number, TWO) is Barred.NOT_PROPOSED
    assert did(counter, send_back, number, "x", TWO) is Barred.NOT_PROPOSED


def test_a_case_that_opened_meanwhile_stops_what_was_proposed(counter: Counter, number: str) -> None:
    did(counter, grant_application, number, ONE)
    did(counter, open_case, counter.who(ANN).holders[0].id, "contact", "clinician")

    answer = did(counter, confirm_proposal, number, TWO)

    assert isinstance(answer, Refusal) and answer.reason is RefusalReason.ISOLATION


def test_who_asked_for_it_does_not_decide_it(counter: Counter, number: str) -> None:
    asker = counter.who(ANN).phone.actor

    assert did(counter, grant_application, number, asker) is Barred.OWN


def test_who_has_the_telephone_it_was_asked_from_does_not_decide_it(counter: Counter, store: Store) -> None:
    with store.work() as work:
        staff_id = add_agent(work)
    answer = counter.ask(ANN, HOME, destination="Kochi")
    assert isinstance(answer, Referral)

    assert did(counter, refuse_application, answer.application, "no", f"staff:{staff_id}") is Barred.OWN


def add_agent(work: Work) -> str:
    staff_id = work.new_id()
    work.insert(Staff, id=staff_id, name="Rosa", roles="agent reviewer", created_at=work.now, wrong_sign_ins=0)
    go_available(work, staff_id, ensure_phone(work, ANN))
    return staff_id


def test_what_another_took_is_not_decided_by_anybody_else(counter: Counter, number: str) -> None:
    did(counter, take, APPLICATION, application_id(counter), ONE)

    assert did(counter, grant_application, number, TWO) is Barred.TAKEN
    assert did(counter, grant_application, number, ONE) is Came.PROPOSED


def test_what_is_used_stays_taken_and_what_is_not_used_is_free(counter: Counter, number: str) -> None:
    one = application_id(counter)
    first, second = did(counter, take, APPLICATION, one, ONE), did(counter, take, APPLICATION, one, TWO)
    counter.clock.pass_by(minutes=14)
    used = did(counter, use, APPLICATION, one, ONE)
    counter.clock.pass_by(minutes=14)
    still = did(counter, take, APPLICATION, one, TWO)
    counter.clock.now += UNUSED

    late = did(counter, use, APPLICATION, one, ONE), did(counter, take, APPLICATION, one, TWO)
    assert (first, second, used, still, *late) == (True, False, True, False, False, True)


def test_only_who_has_it_gives_it_back(counter: Counter, number: str) -> None:
    one = application_id(counter)
    did(counter, take, APPLICATION, one, ONE)
    did(counter, give_back, APPLICATION, one, TWO)
    kept = did(counter, taken, APPLICATION, one)
    did(counter, give_back, APPLICATION, one, ONE)

    assert kept.by == ONE and did(counter, taken, APPLICATION, one) is None


def test_no_paper_is_asked_for_where_the_order_takes_none(counter: Counter) -> None:
    plain = preset("india-epass").replace(
        'papers = { need = "optional", hint = { en = "Proof of your address at home" } }', ""
    )
    counter.put_in_force(plain)
    answer = counter.ask(ANN, HOME, destination="Kochi")
    assert isinstance(answer, Referral)

    assert did(counter, ask_for_paper, answer.application, "any", ONE) is Barred.NONE_WANTED


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each came to, or the exception, when all are done at one moment."""
    came: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def one(place: int) -> None:
        gate.wait()
        try:
            came[place] = acts[place]()
        except Exception as error:
            came[place] = error

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_of_many_who_take_it_at_once_one_gets_it(counter: Counter, number: str) -> None:
    one = application_id(counter)

    came = at_once(*(lambda by=by: did(counter, take, APPLICATION, one, f"staff:{by}") for by in range(6)))

    assert sorted(came) == [False] * 5 + [True]


def test_of_two_decisions_at_once_one_stands(counter: Counter, number: str) -> None:
    did(counter, grant_application, number, ONE)

    came = at_once(
        lambda: did(counter, confirm_proposal, number, TWO),
        lambda: did(counter, send_back, number, "no", "staff:three"),
        lambda: did(counter, confirm_proposal, number, "staff:four"),
    )

    grants = [one for one in came if isinstance(one, Grant)]
    assert len(grants) + came.count(Came.RETURNED) == 1
    assert all(one in (Barred.NOT_PROPOSED, Came.RETURNED) or isinstance(one, Grant | NotWaiting) for one in came)
    assert len(counter.owed()) == len(grants) and unsound(counter.store) == []


@pytest.mark.parametrize("turn", range(4))
def test_a_decision_and_a_case_at_once_leave_nobody_with_both(counter: Counter, number: str, turn: int) -> None:
    did(counter, grant_application, number, ONE)
    person = counter.who(ANN).holders[0].id

    came = at_once(
        lambda: did(counter, confirm_proposal, number, TWO), lambda: did(counter, open_case, person, "contact", "x")
    )

    assert not any(isinstance(one, Exception) for one in came), came
    assert counter.who(ANN).holders[0].live == () and unsound(counter.store) == []
