"""How much is sealed under each epoch key."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Table, func, select

from store.columns import table
from store.patience import take_time
from store.people import Person, Phone
from store.tables import METADATA
from store.work import Work


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch key by its month; `present` is False where the key is gone and what it sealed can't be read.

    `phones`, `persons` and `others` are the data keys it wraps; `others` are those of everything else: cases, photos,
    recordings, papers and so on. A key is needed until all three are 0.
    """

    name: str
    present: bool
    newest: bool
    phones: int
    persons: int
    others: int


def epochs(work: Work) -> list[Epoch]:
    """Every epoch that has a key or data, oldest first."""
    take_time(work.connection)
    wrapped = {one: _data_keys(work, one) for one in METADATA.sorted_tables if "epoch" in one.columns}
    phones, persons = wrapped.pop(table(Phone)), wrapped.pop(table(Person))
    others = sum(wrapped.values(), Counter[str]())
    return [
        Epoch(name, name in work.keys.epochs, name == work.keys.newest, phones[name], persons[name], others[name])
        for name in sorted({*work.keys.epochs, *phones, *persons, *others})
    ]


def _data_keys(work: Work, of: Table) -> Counter[str]:
    """How many data keys of a table each epoch wraps."""
    epoch = of.c.epoch
    counted = select(epoch, func.count().label("rows")).where(epoch.is_not(None)).group_by(epoch)
    return Counter({row.epoch: row.rows for row in work.rows(counted)})
