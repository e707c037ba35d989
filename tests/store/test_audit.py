"""The audit: nobody can change it, and whoever goes around that is found out."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from store import Store
from store.audit import LATE, SOON, AuditEntry, AuditReport
from tests.clock import Clock
from tests.store.tampering import seal, unnoticed, verify, write

TAMPERINGS = 300
"""On each database; 10,000 is what `make prove` is for."""


def test_entries_are_chained_in_order_and_the_tail_is_told(store: Store) -> None:
    write(store, 5)

    sealed = seal(store)
    write(store, 2)

    assert sealed == 5 and verify(store) == AuditReport(5, 2, None)
    assert (seal(store), seal(store)) == (2, 0) and verify(store) == AuditReport(7, 0, None)


def test_an_empty_audit_is_sound(store: Store) -> None:
    assert (seal(store), verify(store)) == (0, AuditReport(0, 0, None))


def test_more_entries_than_a_batch_are_sealed_batch_by_batch(store: Store) -> None:
    write(store, 1100)

    assert (seal(store), seal(store)) == (1000, 100) and verify(store) == AuditReport(1100, 0, None)


def test_an_entry_of_a_transaction_that_ended_late_is_sealed_still(store: Store, clock: Clock) -> None:
    late = clock.now
    clock.pass_by(minutes=5)
    write(store, 3)
    seal(store)
    clock.now = late
    write(store, 1)
    clock.pass_by(minutes=5)

    assert seal(store) == 1 and verify(store) == AuditReport(4, 0, None)


def test_the_quick_look_leaves_old_entries_to_the_thorough_one(store: Store, clock: Clock) -> None:
    with store.work() as work:
        late = work.new_id()
    clock.pass_by(seconds=8)
    write(store, 1)
    seal(store)
    with store.work() as work:
        work.insert(AuditEntry, id=late, at=work.now, actor="a", action="b", subject="c", details="{}")

    assert seal(store, SOON) == 0
    assert seal(store, LATE) == 1 and verify(store) == AuditReport(linked=2, unsealed=0, broken_at=None)


def test_a_clock_that_is_set_back_stops_no_sealing(store: Store, clock: Clock) -> None:
    write(store, 2)
    seal(store)
    clock.pass_by(hours=-3)
    write(store, 2)

    assert seal(store) == 2 and verify(store) == AuditReport(4, 0, None)


@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize("change", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_the_audit(store: Store, table: str, change: str) -> None:
    write(store, 1)
    seal(store)
    column = "actor" if table == "audit_entry" else "entry_id"

    with pytest.raises(DBAPIError, match="the audit cannot be changed"), store.work() as work:
        work.connection.execute(text(change.format(table=table, column=column)))

    assert verify(store) == AuditReport(1, 0, None)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
def test_postgresql_refuses_to_empty_the_audit(store: Store, table: str) -> None:
    with pytest.raises(DBAPIError, match="the audit cannot be changed"), store.work() as work:
        work.connection.execute(text(f"TRUNCATE {table} CASCADE"))


def test_every_tampering_is_found(store: Store) -> None:
    write(store, 12)
    seal(store)

    assert unnoticed(store, 12, TAMPERINGS) == []
    assert verify(store) == AuditReport(12, 0, None)
