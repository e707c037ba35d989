"""The checker itself: a sound store has nothing to find, and each thing that must not be is found."""

import pytest
from sqlalchemy import text

from codes.invariants import CHECKS
from tests.codes.counter import ANN, BOB, Counter
from tests.proofs.races import unsound

CASE = (
    "INSERT INTO isolation_case (id, person_id, kind, means, opened_at, opened_by) "
    "SELECT 'c', person_id, 'contact', 'link', issued_at, 'tests' FROM pass WHERE id = :one"
)
OUT = (
    "INSERT INTO outbox_message (id, phone_id, template, language, state, attempts, resent, created_at) "
    "SELECT 'm', phone_id, 'revoked', 'ru', 'created', 0, :no, issued_at FROM pass WHERE id = :one"
)
TEXT = (
    "INSERT INTO inbound_message (sid, phone_id, reply_sealed, intent, segments, received_at, answered_ms) "
    "SELECT 's', phone_id, code_index, 'request:granted', 1, issued_at, 1 FROM pass WHERE id = :one"
)
APPLICATION = (
    "INSERT INTO application (id, person_id, phone_id, regime_version, purpose, state, channel, asked_at) "
    "SELECT {id}, person_id, phone_id, regime_version, purpose, '{state}', channel, issued_at FROM pass WHERE id = :one"
)
RECORDING = (
    "INSERT INTO recording (sid, leg_sid, announced_at, data_key, destroy_at, attempts) "
    "SELECT 'r', 'l', issued_at, code_index, '2020-01-01 00:00:00', 0 FROM pass WHERE id = :one"
)
SPOILT = {
    "a place is taken by no pass": "UPDATE quota_slot SET pass_id = 'nobody' WHERE pass_id = :one",
    "a pass does not hold its places": "DELETE FROM quota_slot WHERE pass_id = :one",
    "a pass has no granted application": APPLICATION.format(id="id", state="referred"),
    "a granted application has no pass": APPLICATION.format(id="'elsewhere'", state="granted"),
    "a pass is not in the audit once": "INSERT INTO audit_entry SELECT 'x', at, actor, action, subject, details "
    "FROM audit_entry WHERE subject = :one",
    "answers by text and passes differ": TEXT,
    "a live pass in isolation": CASE,
    "a text out that nobody will look after": OUT,
    "a recording can be heard after its time": RECORDING,
}


@pytest.fixture
def busy(counter: Counter) -> tuple[Counter, str]:
    """Two people with a pass each; the id of the first."""
    first = counter.grant(ANN, 8)
    counter.grant(BOB, 6)
    return counter, first.pass_id


def spoil(counter: Counter, statement: str, pass_id: str) -> None:
    given = {name: value for name, value in {"one": pass_id, "no": False}.items() if f":{name}" in statement}
    with counter.store.work() as work:
        work.connection.execute(text(statement), given)


def found(counter: Counter) -> set[str]:
    return {line.partition(":")[0] for line in unsound(counter.store)}


def test_a_sound_store_has_nothing_to_find(busy: tuple[Counter, str]) -> None:
    counter, _ = busy

    assert unsound(counter.store) == []


@pytest.mark.parametrize("rule", SPOILT)
def test_each_thing_that_must_not_be_is_found(busy: tuple[Counter, str], rule: str) -> None:
    counter, pass_id = busy

    spoil(counter, SPOILT[rule], pass_id)

    assert rule in found(counter)


def test_a_case_of_one_says_nothing_about_another(busy: tuple[Counter, str]) -> None:
    counter, pass_id = busy

    spoil(counter, CASE, pass_id)

    assert [line for line in unsound(counter.store) if "isolation" in line] == [f"a live pass in isolation: {pass_id}"]


def test_more_places_than_there_are_are_found_even_without_the_tables_own_check(busy: tuple[Counter, str]) -> None:
    counter, pass_id = busy
    slots = (
        "INSERT INTO quota_slot (holder, rule, period, slot, cap, pass_id) "
        "SELECT holder, rule, period, {slot}, cap, pass_id FROM quota_slot WHERE pass_id = :one AND slot = 1"
    )

    with counter.store.work() as work:
        unchecked = {
            "sqlite": "PRAGMA ignore_check_constraints = ON",
            "postgresql": "ALTER TABLE quota_slot DROP CONSTRAINT quota_slot_within_cap",
        }
        work.connection.exec_driver_sql(unchecked[work.connection.dialect.name])
        for slot in (2, 3):
            work.connection.execute(text(slots.format(slot=slot)), {"one": pass_id})

    assert "more places taken than there are" in found(counter)


def test_a_broken_chain_is_found(busy: tuple[Counter, str]) -> None:
    counter, _ = busy
    with counter.store.work() as work:
        entry_id = work.connection.execute(text("SELECT id FROM audit_entry LIMIT 1")).scalar_one()
        work.connection.execute(
            text("INSERT INTO audit_link (place, entry_id, hash) VALUES (1, :id, :hash)"),
            {"id": entry_id, "hash": b"x"},
        )

    assert found(counter) == {"the audit's chain is broken"}


def test_every_check_is_tried_here_or_beside_what_it_is_about() -> None:
    assert set(CHECKS) - set(SPOILT) == {
        "more places taken than there are",
        "the audit's chain is broken",
        "a paper can be seen after its time",  # tests/papers/test_ends.py
        "one alone decided what two decide",  # tests/codes/review/test_two_reviewers.py
    }
