"""Importing a register of addresses, or a layer of buildings: some at a time, and at the end it is the one in use."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, insert, select, text
from sqlmodel import col

from monitoring.addresses.folding import spellings_of, words_of
from monitoring.addresses.grid import cell
from store import Store, Work
from store.columns import table
from store.layers import Area, Layer
from store.registers import RegisterPlace, RegisterWord

REGISTERS: Final = ("addresses", "buildings")
"""Names of layers that are registers: where people live, and the buildings of which no address may be known."""
_AT_ONCE: Final = 1_000
"""Places a transaction: for no longer is a text kept waiting."""
_SPELL = text("INSERT INTO register_spelling (spelling, word) VALUES (:spelling, :word) ON CONFLICT DO NOTHING")
_IMPORTING = b"registers.import"


@dataclass(frozen=True, slots=True)
class Place:
    """An address or a building to be imported: `wkb` is its outline, valid, WGS 84; None for a point."""

    text: str
    lon: float
    lat: float
    wkb: bytes | None


def import_register(store: Store, name: str, places: Sequence[Place], by: str) -> str:
    """Keeps a register, in place of the one of that name; its version.

    It is searched once all of it is there. What somebody left behind who died over it is taken away first.
    """
    with store.work() as work:
        version, live = work.new_id(), versions(work)
    _clear(store, live.values())
    spelt: set[str] = set()
    for first in range(0, len(places), _AT_ONCE):
        with store.work() as work:
            _add(work, version, first, places[first : first + _AT_ONCE], spelt)
    with store.work() as work:
        _switch(work, name, version, len(places), by)
        live = versions(work)
    _clear(store, live.values())
    return version


def versions(work: Work) -> dict[str, str]:
    """The versions of the registers in use, by name."""
    named = select(col(Layer.name), col(Layer.version)).where(col(Layer.name).in_(REGISTERS))
    return {row.name: row.version for row in work.rows(named)}


def _add(work: Work, version: str, first: int, places: Iterable[Place], spelt: set[str]) -> None:
    rows: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    spellings: list[dict[str, Any]] = []
    for number, one in enumerate(places, first):
        where: dict[str, Any] = {"lon": one.lon, "lat": one.lat, "cell": cell(one.lon, one.lat), "wkb": one.wkb}
        rows.append({"version": version, "place": number, "text": one.text, **where})
        for word in words_of(one.text):
            words.append({"version": version, "word": word, "place": number})
            spellings += _new_spellings(word, spelt)
    for statement, some in ((insert(RegisterPlace), rows), (insert(RegisterWord), words), (_SPELL, spellings)):
        if some:
            work.connection.execute(statement, some)


def _new_spellings(word: str, spelt: set[str]) -> Iterator[dict[str, str]]:
    if word not in spelt:
        spelt.add(word)
        yield from ({"spelling": one, "word": word} for one in sorted(spellings_of(word)))


def _switch(work: Work, name: str, version: str, places: int, by: str) -> None:
    work.lock(_IMPORTING)
    work.run(delete(Area).where(col(Area.layer) == name))
    work.run(delete(Layer).where(col(Layer.name) == name))
    work.insert(Layer, name=name, version=version, areas=places, imported_at=work.now, imported_by=by)
    work.audit(by, "layer.imported", name, {"places": places, "version": version})


def _clear(store: Store, live: Iterable[str]) -> None:
    """Takes away, some at a time, what belongs to no register that is in use."""
    kept = tuple(live)
    for model in (RegisterPlace, RegisterWord):
        known = table(model)
        while True:
            with store.work() as work:
                row = work.row(select(known.c.version).where(known.c.version.not_in(kept)).limit(1))
                if row is None:
                    break
                _clear_some(work, model, row.version)


def _clear_some(work: Work, model: type[RegisterPlace] | type[RegisterWord], version: str) -> None:
    known = table(model)
    key = known.c.place if model is RegisterPlace else known.c.word
    some = select(key).where(known.c.version == version).order_by(key).limit(_AT_ONCE).subquery()
    work.run(delete(known).where(known.c.version == version, key.in_(select(some))))
