"""How much is sealed under each epoch key."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from store.patience import take_time
from store.people import Person, Phone
from store.work import Work


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch key by its month; `present` is False where the key is gone and what it sealed can't be read."""

    name: str
    present: bool
    newest: bool
    phones: int
    persons: int


def epochs(work: Work) -> list[Epoch]:
    """Every epoch that has a key or data, oldest first."""
    take_time(work.connection)
    phones, persons = (
        {row.epoch: row.rows for row in work.rows(select(column, func.count().label("rows")).group_by(column))}
        for column in (col(Phone.epoch), col(Person.epoch))
    )
    return [
        Epoch(name, name in work.keys.epochs, name == work.keys.newest, phones.get(name, 0), persons.get(name, 0))
        for name in sorted({*work.keys.epochs, *phones, *persons})
    ]
