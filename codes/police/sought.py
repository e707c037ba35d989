"""What somebody looks up, and the passes found by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, and_, bindparam, or_, select
from sqlmodel import col

from codes.code import read_code, show_code, unprefixed
from codes.passes import CARD, CODE, PASS, PLATE
from codes.people import DOCUMENT, PERSON
from codes.regime import CodeShape
from codes.regimes import Terms
from codes.signed.signed_pass import Unreadable
from codes.signed.signing import SERIAL_BYTES, serial_of
from codes.signed.token_bytes import PassToken
from store import Work
from store.columns import table
from store.passes import Pass
from store.people import Document, Person
from store.prepared import Prepared

TOKEN = "token"  # noqa: S105 - the kind of what is looked up: a QR code
MOST_AT_ONCE = 100
"""Things a machine looks up at once, or a device hands in."""
_INDEX_BYTES = 16
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Seen:
    """A look that a device took and hands in: judged as of then, and stored once however often it comes."""

    nonce: str | None
    """The device's own name for this look; another device may use the same. Without one each time is a look."""
    at: datetime
    told: str | None = None
    """What the device said without a network: ``green``, ``amber``, ``red``, or a verdict's kind."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing looked up: a code, token, plate, card or document; `sound` False: no code is like this."""

    kind: str
    text: str
    sound: bool = True
    shapes: tuple[CodeShape, ...] = ()
    """Of a code: those it may have, nearly always one."""
    token: PassToken | Unreadable | None = None
    """Of a QR code: what it says, or why it is none of ours."""
    seen: Seen | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What a pass may be indexed under: two where a code is sound with an end date in front and without."""
        return tuple(dict.fromkeys(unprefixed(self.text, shape) for shape in self.shapes)) or (self.text,)

    @property
    def shown(self) -> str:
        """As understood."""
        if self.kind == TOKEN:
            return "QR"
        return show_code(self.text, self.shapes[0]) if self.shapes else self.text


_PASSES = (
    select(*PASS, *PERSON)
    .join(Person, col(Person.id) == col(Pass.person_id))
    .with_for_update(read=True, key_share=True, of=table(Pass))
)
"""Held as a look that is kept holds its pass anyway: nobody gives it back between the verdict and the note of it."""
_CODES_AT_ONCE = (1, 10, 20, 2 * MOST_AT_ONCE)
_BY_CODE = {
    many: Prepared(_PASSES.where(col(Pass.code_index).in_([bindparam(f"index_{place}") for place in range(many)])))
    for many in _CODES_AT_ONCE
}
_BY_SERIAL = {
    many: Prepared(
        _PASSES.where(
            or_(
                *(
                    and_(
                        col(Pass.code_index) >= bindparam(f"low_{place}"),
                        col(Pass.code_index) <= bindparam(f"high_{place}"),
                    )
                    for place in range(many)
                )
            )
        )
    )
    for many in (1, 10, MOST_AT_ONCE)
}
_BY_OTHER = _PASSES.where(
    or_(
        col(Pass.plate_index).in_(bindparam("indexes", expanding=True)),
        col(Pass.card_index).in_(bindparam("indexes", expanding=True)),
    )
).order_by(col(Pass.issued_at).desc())
_BY_DOCUMENT = (
    select(*PASS, *PERSON, col(Document.document_index).label("document_index"))
    .join(Person, col(Person.id) == col(Pass.person_id))
    .join(Document, col(Document.person_id) == col(Pass.person_id))
    .where(col(Document.document_index).in_(bindparam("indexes", expanding=True)))
    .order_by(col(Pass.issued_at).desc())
    .with_for_update(read=True, key_share=True, of=table(Pass))
)
GUESSES = {CODE, DOCUMENT}
"""What somebody may try until it is known; a plate and a card are seen, a token is signed."""


def sought_codes(typed: Sequence[str], under: Terms) -> list[Sought]:
    """What officers typed as codes of the order in force or of one before; the same one twice counts once."""
    return list({one.text: one for one in (sought_code(text, under) for text in typed)}.values())


def sought_code(typed: str, under: Terms, seen: Seen | None = None) -> Sought:
    """A code in any spelling."""
    reading = read_code(typed, *under.shapes)
    return Sought(CODE, reading.text, reading.sound, reading.shapes, seen=seen)


def sought_token(read: PassToken | Unreadable, seen: Seen | None = None) -> Sought:
    """What `codes.signed.signing.Signing.read` made of a QR code."""
    name = f"{read.serial:x}" if isinstance(read, PassToken) else str(read)
    return Sought(TOKEN, name, token=read, seen=seen)


def indexes_of(work: Work, one: Sought) -> list[bytes]:
    """Blind indexes of what is sought; under the first one it is stored that it was looked up."""
    return [work.keys.blind(one.kind, name) for name in one.names]


def passes_found(work: Work, sought: Sequence[Sought], indexes: Sequence[list[bytes]]) -> list[list[Row[Any]]]:
    """For each one sought (its `indexes` beside it) the rows, with the columns `PASS` and `PERSON`, newest first."""
    pairs = list(zip(sought, indexes, strict=True))
    by_code = _by_code(work, [index for one, mine in pairs if one.kind == CODE and one.sound for index in mine])
    by_serial = _by_serial(work, [one.token.serial for one in sought if isinstance(one.token, PassToken)])
    by_other = _by_other(work, [index for one, mine in pairs if one.kind in (PLATE, CARD) for index in mine])
    by_document = _by_document(work, [index for one, mine in pairs if one.kind == DOCUMENT for index in mine])
    found: list[list[Row[Any]]] = []
    for one, mine in pairs:
        if isinstance(one.token, PassToken):
            found.append(by_serial.get(one.token.serial, []))
        else:
            lists = (rows.get(index, []) for index in mine for rows in (by_code, by_other, by_document))
            found.append([row for rows in lists for row in rows] if one.sound else [])
    return found


def _by_code(work: Work, indexes: Sequence[bytes]) -> dict[bytes, list[Row[Any]]]:
    if not indexes:
        return {}
    many, padded = _padded(indexes, _BY_CODE)
    rows = work.rows(_BY_CODE[many], **{f"index_{place}": index for place, index in enumerate(padded)})
    return {row.pass_code_index: [row] for row in rows}


def _by_serial(work: Work, serials: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """A serial is the head of an index, so that the index is searched between two ends."""
    if not serials:
        return {}
    many, padded = _padded(serials, _BY_SERIAL)
    rest = _INDEX_BYTES - SERIAL_BYTES
    heads = [serial.to_bytes(SERIAL_BYTES) for serial in padded]
    low = {f"low_{place}": head + bytes(rest) for place, head in enumerate(heads)}
    high = {f"high_{place}": head + b"\xff" * rest for place, head in enumerate(heads)}
    return {serial_of(row.pass_code_index): [row] for row in work.rows(_BY_SERIAL[many], **low, **high)}


def _padded(values: Sequence[Value], sizes: Mapping[int, Prepared]) -> tuple[int, list[Value]]:
    many = next(size for size in sizes if size >= len(values))
    padded = list(values)
    padded += [values[-1]] * (many - len(values))
    return many, padded


def _by_other(work: Work, indexes: Sequence[bytes]) -> dict[bytes, list[Row[Any]]]:
    found: dict[bytes, list[Row[Any]]] = {}
    for row in work.rows(_BY_OTHER, indexes=indexes) if indexes else ():
        for index in {row.pass_plate_index, row.pass_card_index} - {None}:
            found.setdefault(index, []).append(row)
    return found


def _by_document(work: Work, indexes: Sequence[bytes]) -> dict[bytes, list[Row[Any]]]:
    found: dict[bytes, list[Row[Any]]] = {}
    for row in work.rows(_BY_DOCUMENT, indexes=indexes) if indexes else ():
        found.setdefault(row.document_index, []).append(row)
    return found
