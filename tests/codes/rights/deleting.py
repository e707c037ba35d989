"""Deleting at the counter, and reading all that any key opens."""

from typing import Any

from sqlalchemy import LargeBinary, select

from codes.rights.deleting import Obstacle, delete_person, delete_telephone, hold
from store import Store
from store.keyring import Tampered
from store.phones import find_phone
from store.tables import METADATA
from tests.codes.counter import ANN, Counter

NAME, DOCUMENT = "Иванова Анна Ивановна", "9219632506"


def deletes(counter: Counter, phone: str = ANN, place: int = 0) -> list[Obstacle]:
    with counter.store.work() as work:
        known = find_phone(work, phone)
        assert known
        meeting = hold(work, known.id, phone)
        return delete_person(work, meeting, meeting.holders[place].id)


def leaves(counter: Counter, phone: str = ANN) -> list[Obstacle]:
    with counter.store.work() as work:
        known = find_phone(work, phone)
        assert known
        return delete_telephone(work, hold(work, known.id, phone))


def opened(store: Store) -> str:
    """Everything in the database that opens under any key there is, side by side."""
    with store.reading() as work:
        keys = [
            work.keys.unwrap(row.data_key, row.epoch)
            for one in METADATA.sorted_tables
            if {"data_key", "epoch"} <= set(one.columns.keys())
            for row in work.rows(select(one))
            if row.data_key
        ]
        found: list[str] = []
        for one in (one for one in METADATA.sorted_tables if not one.name.startswith("regime")):  # of examples
            columns = [column.name for column in one.columns if isinstance(column.type, LargeBinary)]
            names = [column.name for column in one.primary_key]
            for row in work.rows(select(one)):
                found.append(repr(tuple(value for value in row if not isinstance(value, bytes))))
                for column in columns:
                    place = f"{one.name}.{column.removesuffix('_sealed')}.{getattr(row, names[0])}"
                    found += _openings(keys, place, getattr(row, column))
    return "\n".join(found)


def _openings(keys: list[Any], place: str, sealed: bytes | None) -> list[str]:
    found = []
    for key in keys if sealed else []:
        try:
            found.append(key.open(place, sealed))
        except (Tampered, UnicodeDecodeError):
            continue
    return found
