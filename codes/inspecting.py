"""Inspecting: is this pass good? Every look is kept, whatever it found.

Order of tests: mistyped, unknown, revoked, not yet valid, expired, wrong zone, valid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, bindparam, or_, select
from sqlmodel import col

from codes.code import read_code, show_code, unprefixed
from codes.officers import Officer, count_unknown
from codes.outcomes import Mark, Verdict, VerdictKind
from codes.passes import CODE, PASS, Face, open_face
from codes.people import DOCUMENT, PERSON, holder
from codes.regime import CodeShape, Purpose
from codes.regimes import Terms, terms
from store import Work
from store.officers import Inspection
from store.passes import Pass
from store.people import Document, Person
from store.prepared import Prepared

RED, AMBER, GREEN = Mark.RED, Mark.AMBER, Mark.GREEN
MARKS = {
    VerdictKind.VALID: GREEN,
    VerdictKind.WRONG_ZONE: AMBER,
    VerdictKind.NOT_YET_VALID: AMBER,
    VerdictKind.MISTYPED: AMBER,
    VerdictKind.EXPIRED: RED,
    VerdictKind.REVOKED: RED,
    VerdictKind.UNKNOWN: RED,
}


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing an officer looks up: a code, plate, card or document; `sound` False: no code is like this."""

    kind: str
    text: str
    sound: bool = True
    shapes: tuple[CodeShape, ...] = ()
    """Of a code: those it may have, nearly always one."""

    @property
    def names(self) -> tuple[str, ...]:
        """What a pass may be indexed under: two where a code is sound with an end date in front and without."""
        return tuple(dict.fromkeys(unprefixed(self.text, shape) for shape in self.shapes)) or (self.text,)

    @property
    def shown(self) -> str:
        """As understood."""
        return show_code(self.text, self.shapes[0]) if self.shapes else self.text


@dataclass(frozen=True, slots=True)
class Inspected:
    """The verdicts, in the order asked for; `locked` where these looks were one guess too many."""

    verdicts: tuple[Verdict, ...]
    locked: bool


MOST = 10
"""Things looked up at once."""
_PASSES = select(*PASS, *PERSON).join(Person, col(Person.id) == col(Pass.person_id))
_BY_CODE = {
    many: Prepared(_PASSES.where(col(Pass.code_index).in_([bindparam(f"index_{place}") for place in range(many)])))
    for many in (1, MOST, 2 * MOST)
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
)
_GUESSES = {CODE, DOCUMENT}
"""What somebody may try until it is known; a plate and a card are seen."""


def sought_codes(typed: Sequence[str], under: Terms) -> list[Sought]:
    """What officers typed as codes of the order in force or of one before; the same one twice counts once."""
    readings = (read_code(text, *under.shapes) for text in typed)
    sought = {reading.text: Sought(CODE, reading.text, reading.sound, reading.shapes) for reading in readings}
    return list(sought.values())


def inspect(
    work: Work, under: Terms, officer: Officer, sought: Sequence[Sought], language: str, channel: str
) -> Inspected:
    """A verdict for each thing sought, at most `MOST`; three well-formed unknown ones a day lock the officer."""
    indexes = [_indexes(work, one) for one in sought]
    found = _find(work, sought, indexes)
    verdicts = []
    for one, mine in zip(sought, indexes, strict=True):
        rows = [row for index in mine for row in found.get(index, ())] if one.sound else []
        verdict, pass_id = _judge(work, under, officer, one, rows, language)
        verdicts.append(verdict)
        _keep(work, officer, mine[0], verdict, pass_id, channel)
    guesses = sum(
        one.kind in _GUESSES and verdict.kind is VerdictKind.UNKNOWN
        for one, verdict in zip(sought, verdicts, strict=True)
    )
    locked = count_unknown(work, officer, guesses, under) if guesses else False
    return Inspected(tuple(verdicts), locked)


def _indexes(work: Work, one: Sought) -> list[bytes]:
    return [work.keys.blind(one.kind, name) for name in one.names]


def _find(work: Work, sought: Sequence[Sought], indexes: Sequence[list[bytes]]) -> dict[bytes, list[Row[Any]]]:
    pairs = list(zip(sought, indexes, strict=True))
    codes = [index for one, mine in pairs if one.kind == CODE and one.sound for index in mine]
    others = [index for one, mine in pairs if one.kind not in _GUESSES for index in mine]
    documents = [index for one, mine in pairs if one.kind == DOCUMENT for index in mine]
    found: dict[bytes, list[Row[Any]]] = {}
    if codes:
        many = next(size for size in _BY_CODE if size >= len(codes))
        padded = [*codes, *codes[-1:] * (many - len(codes))]
        for row in work.rows(_BY_CODE[many], **{f"index_{place}": index for place, index in enumerate(padded)}):
            found[row.pass_code_index] = [row]
    for row in work.rows(_BY_OTHER, indexes=others) if others else ():
        for index in {row.pass_plate_index, row.pass_card_index} - {None}:
            found.setdefault(index, []).append(row)
    for row in work.rows(_BY_DOCUMENT, indexes=documents) if documents else ():
        found.setdefault(row.document_index, []).append(row)
    return found


def _judge(
    work: Work, under: Terms, officer: Officer, one: Sought, rows: Sequence[Row[Any]], language: str
) -> tuple[Verdict, str | None]:
    shown = one.shown
    if not one.sound:
        return Verdict(VerdictKind.MISTYPED, AMBER, shown), None
    row = _best(work, rows)
    if row is None:
        return Verdict(VerdictKind.UNKNOWN, _graced(work, under, RED), shown, grace=_grace(work, under)), None
    face = open_face(holder(work, row).key, row.pass_id, row.pass_face_sealed)
    if one.kind == CODE and face.code != one.text:
        return Verdict(VerdictKind.MISTYPED, AMBER, shown), None
    return _verdict(work, under, officer, row, face, shown, language), row.pass_id


def _best(work: Work, rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """Of several passes bound to one plate: a live one before the others, then the newest."""
    live = [
        row for row in rows if row.pass_revoked_at is None and row.pass_valid_from <= work.now < row.pass_valid_until
    ]
    return next(iter([*live, *rows]), None)


def _verdict(
    work: Work, under: Terms, officer: Officer, row: Row[Any], face: Face, shown: str, language: str
) -> Verdict:
    regime = terms(work, row.pass_regime_version).regime
    purpose = regime.by_number[row.pass_purpose]
    kind = _kind(work, officer, row, purpose)
    mark = _graced(work, under, MARKS[kind]) if kind is VerdictKind.EXPIRED else MARKS[kind]
    name = purpose.name.get(language) or purpose.name[regime.default_language]
    grace = mark is not MARKS[kind]
    span = row.pass_valid_from, row.pass_valid_until
    return Verdict(kind, mark, shown, name, *span, face.initials, face.tail, grace)


def _kind(work: Work, officer: Officer, row: Row[Any], purpose: Purpose) -> VerdictKind:
    if row.pass_revoked_at is not None:
        return VerdictKind.REVOKED
    if work.now < row.pass_valid_from:
        return VerdictKind.NOT_YET_VALID
    if work.now >= row.pass_valid_until:
        return VerdictKind.EXPIRED
    if purpose.zones and officer.zone and officer.zone not in purpose.zones:
        return VerdictKind.WRONG_ZONE
    return VerdictKind.VALID


def _grace(work: Work, under: Terms) -> bool:
    return work.now < under.starts_at + timedelta(hours=under.regime.grace_hours)


def _graced(work: Work, under: Terms, mark: Mark) -> Mark:
    return AMBER if mark is RED and _grace(work, under) else mark


def _keep(
    work: Work, officer: Officer, asked_index: bytes, verdict: Verdict, pass_id: str | None, channel: str
) -> None:
    inspection_id = work.new_id()
    work.insert(
        Inspection,
        id=inspection_id,
        officer_id=officer.id,
        pass_id=pass_id,
        verdict=str(verdict.kind),
        asked_index=asked_index,
        zone=officer.zone,
        channel=channel,
        seen_at=work.now,
        stored_at=work.now,
    )
    work.audit(f"officer:{officer.id}", "pass.inspected", pass_id or inspection_id, {"verdict": verdict.kind})
