"""The audit: nobody can change it, and whoever goes around that is found out."""

from collections.abc import Callable
from random import Random

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from store import Store
from store.audit import AuditReport, seal_entries, verify_chain
from tests.clock import Clock

TAMPERINGS = 300
"""On each database; 10,000 is what `make prove` is for."""
COLUMNS = ("at", "actor", "action", "subject", "details")


def write(store: Store, number: int) -> None:
    with store.work() as work:
        for index in range(number):
            work.audit(f"phone:{index}", "pass.issued", f"{index:024}", {"purpose": index})


def seal(store: Store) -> int:
    with store.work() as work:
        return seal_entries(work.connection, work.now)


def verify(store: Store) -> AuditReport:
    with store.reading() as work:
        return verify_chain(work.connection)


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


def without_triggers(connection: Connection) -> None:
    """As somebody would who may do anything to the database."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def alter_entry(connection: Connection, chance: Random, places: int) -> None:
    column = chance.choice(COLUMNS)
    other = {"at": "'2020-01-01 00:00:00'"}.get(column, f"{column} || 'x'")
    chosen = {"place": chance.randint(1, places)}
    where = "WHERE id = (SELECT entry_id FROM audit_link WHERE place = :place)"
    connection.execute(text(f"UPDATE audit_entry SET {column} = {other} {where}"), chosen)


def alter_hash(connection: Connection, chance: Random, places: int) -> None:
    values = {"hash": chance.randbytes(32), "place": chance.randint(1, places)}
    connection.execute(text("UPDATE audit_link SET hash = :hash WHERE place = :place"), values)


def remove_link(connection: Connection, chance: Random, places: int) -> None:
    """Not the last one: without its head in another place a chain that is cut short looks like a shorter one."""
    connection.execute(text("DELETE FROM audit_link WHERE place = :place"), {"place": chance.randint(1, places - 1)})


def remove_entry(connection: Connection, chance: Random, places: int) -> None:
    where = "WHERE id = (SELECT entry_id FROM audit_link WHERE place = :place)"
    connection.execute(text(f"DELETE FROM audit_entry {where}"), {"place": chance.randint(1, places)})


def swap_entries(connection: Connection, chance: Random, places: int) -> None:
    one, other = chance.sample(range(1, places + 1), 2)
    find = text("SELECT entry_id FROM audit_link WHERE place = :place")
    ids = [connection.execute(find, {"place": place}).scalar_one() for place in (one, other)]
    put = text("UPDATE audit_link SET entry_id = :id WHERE place = :place")
    for place, entry_id in ((one, "elsewhere"), (other, ids[0]), (one, ids[1])):
        connection.execute(put, {"id": entry_id, "place": place})


WAYS: tuple[Callable[[Connection, Random, int], None], ...] = (
    alter_entry,
    alter_hash,
    remove_link,
    remove_entry,
    swap_entries,
)


def unnoticed(store: Store, places: int, times: int) -> list[str]:
    """Tampers so often, each time with the sound audit, in a transaction that is undone; what was not found."""
    missed = []
    for number in range(times):
        chance = Random(number)
        way = chance.choice(WAYS)
        with store.engine.connect() as connection:
            without_triggers(connection)
            way(connection, chance, places)
            if verify_chain(connection).broken_at is None:
                missed.append(f"{way.__name__} {number}")
            connection.rollback()
    return missed


def test_every_tampering_is_found(store: Store) -> None:
    write(store, 12)
    seal(store)

    assert unnoticed(store, 12, TAMPERINGS) == []
    assert verify(store) == AuditReport(12, 0, None)
