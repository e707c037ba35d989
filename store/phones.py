"""Telephones as values: a row with its data key opened."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlmodel import col

from store.columns import labelled
from store.keyring import DataKey
from store.people import Phone
from store.prepared import Prepared
from store.work import Work

NUMBER = "number"
"""The kind of blind index a telephone is found by."""
PHONE = labelled(Phone, "phone", without=("created_at", "leaving_at"))
"""The columns `telephone` reads."""
_FIND = select(*PHONE).where(col(Phone.number_index) == bindparam("index"))
_RESEAL = Prepared(update(Phone).where(col(Phone.id) == bindparam("resealed_id")), ("number_sealed",))
_BY_ID = select(*PHONE).where(col(Phone.id) == bindparam("phone_id"))


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number we talk with."""

    id: str
    index: bytes
    key: DataKey
    language: str | None = None
    language_chosen: bool = False
    stopped: bool = False
    flagged: bool = False
    blocked: bool = False
    number_sealed: bytes = b""

    @property
    def actor(self) -> str:
        """Its owner, for the audit."""
        return f"phone:{self.id}"

    @property
    def number(self) -> str:
        """The number, E.164."""
        return self.key.open(f"phone.number.{self.id}", self.number_sealed)


def telephone(work: Work, row: Row[Any]) -> Telephone:
    """A row with the columns `PHONE` as a value."""
    return Telephone(
        row.phone_id,
        row.phone_number_index,
        work.keys.unwrap(row.phone_data_key, row.phone_epoch),
        row.phone_language,
        row.phone_language_chosen,
        row.phone_stopped_at is not None,
        row.phone_flagged_at is not None,
        row.phone_blocked_at is not None,
        row.phone_number_sealed,
    )


def add_phone(work: Work, number: str) -> Telephone:
    """A new telephone; the caller knows that there is none with this number and holds its lock."""
    phone_id, new = work.new_id(), work.keys.new_key()
    index = work.keys.blind(NUMBER, number)
    sealed = new.key.seal(f"phone.number.{phone_id}", number)
    work.insert(
        Phone,
        id=phone_id,
        number_index=index,
        number_sealed=sealed,
        data_key=new.wrapped,
        epoch=new.epoch,
        language_chosen=False,
        created_at=work.now,
    )
    return Telephone(phone_id, index, new.key, number_sealed=sealed)


def find_phone(work: Work, number: str) -> Telephone | None:
    """The telephone with this E.164 number."""
    row = work.row(_FIND, index=work.keys.blind(NUMBER, number))
    return telephone(work, row) if row else None


def phone_by_id(work: Work, phone_id: str) -> Telephone:
    """The telephone of a row that names it."""
    row = work.row(_BY_ID, phone_id=phone_id)
    assert row is not None, "a foreign key names a row"
    return telephone(work, row)


def ensure_phone(work: Work, number: str) -> Telephone:
    """The telephone with this E.164 number, new if need be."""
    work.lock(work.keys.blind(NUMBER, number))
    return find_phone(work, number) or add_phone(work, number)


def ensure_phone_alike(work: Work, number: str) -> Telephone:
    """As `ensure_phone`, at one price: how long it takes tells nobody whether the number was known here."""
    work.lock(work.keys.blind(NUMBER, number))
    known = find_phone(work, number)
    if known is None:
        return add_phone(work, number)
    work.keys.new_key()
    sealed = known.key.seal(f"phone.number.{known.id}", number)
    work.later(_RESEAL, number_sealed=sealed, resealed_id=known.id)
    return known


def choose_language(work: Work, phone_id: str, language: str) -> None:
    """What is sent to this telephone, and said, is in this language from now on."""
    work.run(update(Phone).where(col(Phone.id) == phone_id), language=language, language_chosen=True)
