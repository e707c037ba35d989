"""Two who do something to one thing at one moment: it is done once, and whoever comes second reads why not."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlmodel import col

from codes.holding import Cancelled, Withdrawal, cancel_pass, extend_pass
from codes.invariants import broken
from codes.meeting import meet
from codes.outcomes import Grant, Refusal, RefusalReason, VerdictKind
from codes.passes import LivePass
from codes.people import Holder
from codes.police.inspecting import inspect
from codes.police.sought import indexes_of, passes_found, sought_code
from codes.revoking import NotLive, revoke_by_code
from store import Store, Work
from store.audit import AuditEntry
from store.passes import Pass
from store.people import PersonPhone
from store.phones import ensure_phone
from store.tokens import new_token
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.proofs.posting import at_once
from tests.web.citizen.entering import texts
from tests.web.people import citizen_signed_in
from tests.web.police.conftest import enrolled_officer
from tests.web.reading import csrf, words

HERBS = 8
PATIENCE = 0.4
"""Seconds in which whoever does not wait is through."""


@pytest.fixture
def counter(app: Flask, store: Store, clock: Clock) -> Counter:
    """Anna is known on two telephones; she has a pass to the chemist's."""
    found = Counter(store, clock)
    person = found.introduce(ANN, name="Иванова Анна", document="9219632506")
    with store.work() as work:
        other = ensure_phone(work, BOB)
        work.insert(PersonPhone, phone_id=other.id, person_id=person, added_at=work.now)
    found.grant(ANN, HERBS)
    return found


def read(counter: Counter, number: str = ANN) -> tuple[Holder, LivePass]:
    """Who is known on a telephone, and the pass as it stood when it was read."""
    (known,) = counter.who(number).holders
    return known, known.live[0]


def extends(counter: Counter, number: str, known: Holder, live: LivePass) -> Grant | Refusal:
    with counter.store.work() as work:
        return extend_pass(work, meet(work, number).phone, known, live, "tests")


def cancels(counter: Counter, live: LivePass) -> Cancelled | Refusal:
    with counter.store.work() as work:
        return cancel_pass(work, meet(work, ANN).terms, live, Withdrawal.CANCELLED, "tests")


def revokes(counter: Counter, live: LivePass) -> str:
    with counter.store.work() as work:
        return revoke_by_code(work, meet(work, ANN).terms, live.face.code, "order 12", "staff:x")


def only(store: Store, table: Any) -> Any:
    with store.reading() as work:
        (row,) = work.rows(select(table))
        return row


def entries(store: Store, action: str) -> int:
    with store.reading() as work:
        return work.count(select(func.count()).where(col(AuditEntry.action) == action))


def test_a_pass_is_extended_once_though_two_telephones_read_that_it_may(counter: Counter, store: Store) -> None:
    known, live = read(counter)

    first, second = (extends(counter, number, known, live) for number in (ANN, BOB))

    assert isinstance(first, Grant) and second == Refusal(RefusalReason.NOT_EXTENDABLE, HERBS)
    assert entries(store, "pass.extended") == only(store, Pass).extended == 1


def test_what_was_given_back_meanwhile_is_not_extended(counter: Counter, store: Store) -> None:
    known, live = read(counter)

    gone, late = cancels(counter, live), extends(counter, BOB, known, live)

    assert isinstance(gone, Cancelled) and late == Refusal(RefusalReason.NOTHING_LIVE)
    assert entries(store, "pass.extended") == only(store, Pass).extended == 0


def test_a_pass_is_given_back_once(counter: Counter, store: Store) -> None:
    _, live = read(counter)

    gone, late = cancels(counter, live), cancels(counter, live)

    assert isinstance(gone, Cancelled) and late == Refusal(RefusalReason.NOTHING_LIVE)
    assert entries(store, "pass.cancelled") == 1


def test_what_officials_withdrew_meanwhile_is_not_given_back(counter: Counter, store: Store) -> None:
    """Else the reason would be lost, and its place under the limit would be free again."""
    _, live = read(counter)
    revokes(counter, live)

    late = cancels(counter, live)

    row = only(store, Pass)
    assert late == Refusal(RefusalReason.NOTHING_LIVE)
    assert (row.revoked_reason, row.quota_back, entries(store, "pass.cancelled")) == ("order 12", False, 0)


def test_what_was_given_back_is_not_withdrawn_as_well(counter: Counter, store: Store) -> None:
    _, live = read(counter)
    cancels(counter, live)

    with pytest.raises(NotLive):
        revokes(counter, live)
    assert only(store, Pass).revoked_reason == "cancelled" and not texts(store, "revoked")


def looked_for(counter: Counter, work: Work, live: LivePass) -> Any:
    """An officer's look until the pass is found, and the rest of it."""
    met = meet(work, "+79990000009")
    assert met.officer is not None
    sought = [sought_code(live.face.code, met.terms)]
    passes_found(work, sought, [indexes_of(work, one) for one in sought])
    return lambda: inspect(work, met.terms, met.officer, sought, "ru", "text")


@pytest.mark.parametrize("when", ["found", "judged"])
def test_no_place_comes_back_for_a_pass_that_an_officer_looks_at_just_now(
    counter: Counter, store: Store, when: str
) -> None:
    """The officer has found or judged it, and the transaction is not over yet."""
    enrolled_officer(store)
    _, live = read(counter)

    with ThreadPoolExecutor(1) as other:
        with store.work() as work:
            go_on = looked_for(counter, work, live)
            told = go_on() if when == "judged" else None
            work.flush()
            giving: Future[Cancelled | Refusal] = other.submit(cancels, counter, live)
            time.sleep(PATIENCE)
            told = told or go_on()
        gone = giving.result()

    assert told.verdicts[0].kind is VerdictKind.VALID
    assert isinstance(gone, Cancelled) and not gone.quota_back
    with store.reading() as work:
        assert broken(work) == []


def pressed(app: Flask, store: Store, acts: list[tuple[str, str]], shown: str) -> list[tuple[int, str]]:
    """Browsers of these telephones press at once; status and words of the page each is led to."""
    clients = [citizen_signed_in(app, store, number) for number, _ in acts]
    tokens = [csrf(one, shown) for one in clients]

    def press(index: int) -> tuple[int, str]:
        form = {"csrf_token": tokens[index], "once": new_token()}
        answer = clients[index].post(acts[index][1], data=form, follow_redirects=True)
        return answer.status_code, words(answer)

    return at_once(len(acts), press)


def test_two_telephones_extend_at_once_on_their_pages(app: Flask, counter: Counter, store: Store) -> None:
    page = f"/passes/{read(counter)[1].id}"

    told = pressed(app, store, [(number, f"{page}/extend") for number in (ANN, BOB) * 4], page)

    assert {status for status, _ in told} == {200}
    refused = [said for _, said in told if "This pass can't be longer" in said]
    assert entries(store, "pass.extended") == only(store, Pass).extended == 1
    assert len(refused) == len(told) - 1, told


def test_two_telephones_extend_and_give_back_at_once(app: Flask, counter: Counter, store: Store) -> None:
    page = f"/passes/{read(counter)[1].id}"
    acts = [(ANN, f"{page}/extend"), (BOB, f"{page}/cancel")] * 4

    told = pressed(app, store, acts, page)

    row = only(store, Pass)
    assert {status for status, _ in told} == {200}
    assert (row.revoked_reason, entries(store, "pass.cancelled")) == ("cancelled", 1)
    assert entries(store, "pass.extended") == row.extended <= 1
    with store.reading() as work:
        assert broken(work) == []
