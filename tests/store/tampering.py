"""Ways to tamper with the audit, for somebody who may do anything to the database."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from sqlalchemy import Connection, text

from store import Store
from store.audit import LATE, AuditReport, seal_entries, verify_chain

COLUMNS = ("at", "actor", "action", "subject", "details")


def write(store: Store, number: int) -> None:
    """So many entries."""
    with store.work() as work:
        for index in range(number):
            work.audit(f"phone:{index}", "pass.issued", f"{index:024}", {"purpose": index})


def seal(store: Store, back: timedelta = LATE) -> int:
    """Chains what is not chained yet; how many entries that were."""
    with store.work() as work:
        return seal_entries(work.connection, work.now, back)


def verify(store: Store) -> AuditReport:
    """What the check finds."""
    with store.reading() as work:
        return verify_chain(work.connection)


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


def unnoticed(store: Store, places: int, times: int, tell: Callable[[int], None] = lambda _: None) -> list[str]:
    """Tampers so often, each time with the sound audit, in a transaction that is undone; what was not found."""
    missed = []
    for number in range(times):
        tell(number)
        chance = Random(number)
        way = chance.choice(WAYS)
        with store.engine.connect() as connection:
            without_triggers(connection)
            way(connection, chance, places)
            if verify_chain(connection).broken_at is None:
                missed.append(f"{way.__name__} {number}")
            connection.rollback()
    return missed
